using EltPs.Engine.Errors;
using EltPs.Engine.Secrets;
using EltPs.Warehouses.Secrets;

namespace EltPs.Warehouses.Snowflake;

/// <summary>Reads the secrets of Snowflake connections, those in Snowflake's own <c>connections.toml</c> included.</summary>
/// <param name="secrets">Reads references of any other kind.</param>
internal sealed class ConnectionSecrets(ISecretReader secrets) : ISecretReader
{
    /// <summary>Reads a secret of a connection.</summary>
    /// <param name="reference">Where it is.</param>
    /// <param name="key">The connection's key, for messages.</param>
    /// <param name="connection">The connection.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <exception cref="EltException"><see cref="EltErrorKind.SecretMissing"/>: it is not there or empty; the message says where it was
    /// looked for.</exception>
    public Task<string> ReadAsync(
        SecretReference reference,
        string key,
        SnowflakeOptions connection,
        CancellationToken cancellationToken) =>
        ReadAsync(reference, $"{connection.Title}, {key}", connection.BaseFolder, cancellationToken);

    /// <inheritdoc/>
    public Task<string> ReadAsync(SecretReference reference, string what, string baseFolder, CancellationToken cancellationToken) =>
        reference.Kind == SecretKind.ConnectionsToml
            ? ReadTomlAsync(reference, what, baseFolder)
            : secrets.ReadAsync(reference, what, baseFolder, cancellationToken);

    private static async Task<string> ReadTomlAsync(SecretReference reference, string what, string baseFolder)
    {
        if (!ConnectionsToml.TryParseReference(reference.Place, out var path, out var name, out var key))
        {
            throw SecretReader.Missing(what, reference, "this is no toml:PATH#name.key");
        }

        try
        {
            var secret = ConnectionsToml
                .Read(LocalPath.Expand(path, baseFolder))
                .FirstOrDefault(found => found.Name == name)
                ?.Written.GetValueOrDefault(key)
                ?? throw SecretReader.Missing(what, reference, "the file has no such value any more");
            return string.IsNullOrWhiteSpace(secret) ? throw SecretReader.Missing(what, reference, "it is empty") : secret;
        }
        catch (EltException failure) when (failure.Kind != EltErrorKind.SecretMissing)
        {
            throw failure.With(kind: EltErrorKind.SecretMissing, what: $"{what}: {reference}: {failure.What}");
        }
    }
}
