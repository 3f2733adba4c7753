namespace EltPs.Engine.Secrets;

/// <summary>Where <c>secret:VAULT/NAME</c> is looked up: PowerShell's SecretManagement, where it is installed.</summary>
internal interface ISecretVault
{
    /// <summary>Reads a secret.</summary>
    /// <param name="vault">The vault; null for the default one.</param>
    /// <param name="name">The secret's name.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <exception cref="Errors.EltException"><see cref="Errors.EltErrorKind.SecretMissing"/>: there is no such vault or secret; the message
    /// says how to add it.</exception>
    Task<string> ReadAsync(string? vault, string name, CancellationToken cancellationToken);
}
