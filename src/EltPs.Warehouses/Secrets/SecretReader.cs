using System.Text;
using EltPs.Engine.Errors;
using EltPs.Engine.Secrets;

namespace EltPs.Warehouses.Secrets;

/// <summary>Reads what secret references refer to, at the moment when it is needed.</summary>
/// <param name="vault">Where <c>secret:</c> is looked up; null where there is none.</param>
internal sealed class SecretReader(ISecretVault? vault) : ISecretReader
{
    // A private key has 3 KB, an OAuth token up to about 10; more than this is some other file.
    private const int LargestFile = 64 * 1024;

    /// <inheritdoc/>
    public async Task<string> ReadAsync(SecretReference reference, string what, string baseFolder, CancellationToken cancellationToken)
    {
        var secret = reference.Kind switch
        {
            SecretKind.Environment => Environment.GetEnvironmentVariable(reference.Place)
                ?? throw Missing(what, reference, "there is no such environment variable; set it for the process that runs EltPs"),
            SecretKind.File => await ReadFileAsync(reference, what, baseFolder, cancellationToken),
            SecretKind.Vault => await ReadVaultAsync(reference, what, cancellationToken),
            _ => throw new ArgumentOutOfRangeException(nameof(reference), reference.Kind, "No kind of secret that is read here."),
        };
        return string.IsNullOrWhiteSpace(secret) ? throw Missing(what, reference, "it is empty") : secret;
    }

    private static async Task<string> ReadFileAsync(
        SecretReference reference,
        string what,
        string baseFolder,
        CancellationToken cancellationToken)
    {
        try
        {
            var path = LocalPath.Expand(reference.Place, baseFolder);
            var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            await using (file)
            {
                using var reader = new StreamReader(file, Encoding.UTF8);
                var buffer = new char[LargestFile + 1];
                var length = await reader.ReadBlockAsync(buffer, cancellationToken);
                return length > LargestFile
                    ? throw Missing(
                        what,
                        reference,
                        $"the file has more than {LargestFile / 1024} KB, so it is no secret; name the file that holds the secret and "
                            + "nothing else")
                    : new string(buffer, 0, length).TrimEnd('\r', '\n');
            }
        }
        catch (Exception failure) when (failure is FileNotFoundException or DirectoryNotFoundException)
        {
            throw Missing(what, reference, $"there is no such file (looked for {LocalPath.Expand(reference.Place, baseFolder)})");
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw Missing(what, reference, $"the file cannot be read: {failure.Message.TrimEnd('.')}");
        }
    }

    private async Task<string> ReadVaultAsync(SecretReference reference, string what, CancellationToken cancellationToken)
    {
        if (vault is null)
        {
            throw Missing(what, reference, "there is no vault here; use env:NAME or file:PATH");
        }

        var slash = reference.Place.IndexOf('/', StringComparison.Ordinal);
        var (name, place) = slash < 0 ? (reference.Place, null) : (reference.Place[(slash + 1)..], reference.Place[..slash]);
        try
        {
            return await vault.ReadAsync(string.IsNullOrWhiteSpace(place) ? null : place, name, cancellationToken);
        }
        catch (EltException failure) when (failure.Kind == EltErrorKind.SecretMissing)
        {
            throw failure.With(what: $"{what}: {reference}: {failure.What}");
        }
    }

    /// <summary>The error of a secret that is not there.</summary>
    internal static EltException Missing(string what, SecretReference reference, string why) =>
        new(EltErrorKind.SecretMissing, $"{what}: {reference}: {why}.");
}
