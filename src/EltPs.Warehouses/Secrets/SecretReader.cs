using EltPs.Engine.Errors;
using EltPs.Engine.Secrets;

namespace EltPs.Warehouses.Secrets;

/// <summary>Reads what secret references refer to, at the moment when it is needed.</summary>
/// <param name="vault">Where <c>secret:</c> is looked up; null where there is none.</param>
internal sealed class SecretReader(ISecretVault? vault)
{
    /// <summary>Reads a secret.</summary>
    /// <param name="reference">Where it is.</param>
    /// <param name="what">What it is, for messages: <c>Connection 'prod', Token</c>.</param>
    /// <param name="baseFolder">The folder that a relative path starts from.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <exception cref="EltException"><see cref="EltErrorKind.SecretMissing"/>: it is not there or empty; the message says where it was looked for.</exception>
    public Task<string> ReadAsync(SecretReference reference, string what, string baseFolder, CancellationToken cancellationToken) =>
        throw new NotSupportedException($"{reference} {what} {baseFolder} {vault} {cancellationToken}");
}
