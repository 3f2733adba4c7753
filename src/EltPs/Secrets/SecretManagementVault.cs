using System.Management.Automation;
using System.Management.Automation.Runspaces;

using EltPs.Engine.Errors;
using EltPs.Engine.Secrets;

namespace EltPs.Secrets;

/// <summary>
/// Reads secrets with SecretManagement's Get-Secret, in a runspace of its own: the user's is busy with the cmdlet that asks.
/// </summary>
/// <remarks>Source: PowerShell documentation, "Microsoft.PowerShell.SecretManagement", Get-Secret.</remarks>
internal sealed class SecretManagementVault : ISecretVault
{
    private const string Module = "Microsoft.PowerShell.SecretManagement";

    /// <inheritdoc/>
    public Task<string> ReadAsync(string? vault, string name, CancellationToken cancellationToken) =>
        Task.Run(() => Read(vault, name, cancellationToken), cancellationToken);

    private static string Read(string? vault, string name, CancellationToken cancellationToken)
    {
        using var runspace = RunspaceFactory.CreateRunspace(InitialSessionState.CreateDefault2());
        runspace.Open();
        if (Invoke(
                runspace,
                shell => shell.AddCommand("Get-Module").AddParameter("ListAvailable").AddParameter("Name", Module),
                cancellationToken).Length == 0)
        {
            throw Missing(
                $"PowerShell's SecretManagement is not installed; add it and a vault: Install-PSResource {Module}, "
                    + "Microsoft.PowerShell.SecretStore");
        }

        try
        {
            Invoke(runspace, shell => shell.AddCommand("Import-Module").AddParameter("Name", Module), cancellationToken);
            var found = Invoke(
                runspace,
                shell =>
                {
                    shell.AddCommand("Get-Secret").AddParameter("Name", name).AddParameter("AsPlainText");
                    if (vault is not null)
                    {
                        shell.AddParameter("Vault", vault);
                    }
                },
                cancellationToken);
            return found switch
            {
                [] => throw Missing("the vault has no such secret; Get-SecretInfo lists those that it has"),
                [{ BaseObject: string secret }] => secret,
                _ => throw Missing("this is no text; store it again with Set-Secret as text"),
            };
        }
        catch (RuntimeException failure) when (failure is not PipelineStoppedException)
        {
            // Its words only: the error itself holds the call and its results.
            throw Missing(failure.Message.ReplaceLineEndings(" ").TrimEnd('.'));
        }
    }

    private static PSObject[] Invoke(Runspace runspace, Action<PowerShell> command, CancellationToken cancellationToken)
    {
        using var shell = PowerShell.Create();
        shell.Runspace = runspace;
        command(shell);
        shell.AddParameter("ErrorAction", ActionPreference.Stop);
        using var stop = cancellationToken.Register(() => shell.BeginStop(null, null));
        try
        {
            PSObject[] found = [.. shell.Invoke()];

            // A stopped pipeline gives what it had, without an exception.
            cancellationToken.ThrowIfCancellationRequested();
            return found;
        }
        catch (PipelineStoppedException) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellationToken);
        }
    }

    private static EltException Missing(string why) => new(EltErrorKind.SecretMissing, why + ".");
}
