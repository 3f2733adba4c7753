namespace EltPs.Engine.Secrets;

/// <summary>Reads what secret references refer to, at the moment when it is needed.</summary>
internal interface ISecretReader
{
    /// <summary>Reads a secret.</summary>
    /// <param name="reference">Where it is.</param>
    /// <param name="what">What it is, for messages: <c>Connection 'prod', Token</c>.</param>
    /// <param name="baseFolder">The folder that a relative path starts from.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <exception cref="Errors.EltException"><see cref="Errors.EltErrorKind.SecretMissing"/>: it is not there or empty; the message says
    /// where it was looked for.</exception>
    Task<string> ReadAsync(SecretReference reference, string what, string baseFolder, CancellationToken cancellationToken);
}
