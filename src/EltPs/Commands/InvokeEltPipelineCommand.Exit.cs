using System.Management.Automation;
using EltPs.Errors;

namespace EltPs.Commands;

/// <content>What -Exit does: the host ends with the exit code of the worst error.</content>
public sealed partial class InvokeEltPipelineCommand
{
    private int _exitCode;

    /// <inheritdoc/>
    private protected override bool EndsHost => Exit;

    /// <inheritdoc/>
    protected override void StopProcessing()
    {
        if (Exit)
        {
            // Of a stopped pipeline, exit can end nothing any more.
            Host.SetShouldExit(ExitCodes.Cancelled);
        }

        base.StopProcessing();
    }

    /// <inheritdoc/>
    private protected override void WriteError(ErrorRecord errorRecord)
    {
        _exitCode = ExitCodes.Worst(_exitCode, ErrorTable.Of(errorRecord.FullyQualifiedErrorId).ExitCode);
        if (Exit && StopsOnError)
        {
            // Written as an error it would end the script here, with the exit code 1, and leave the other files out.
            Host.UI.WriteErrorLine($"{MyInvocation.MyCommand.Name}: {errorRecord.Exception.Message}");
        }
        else
        {
            base.WriteError(errorRecord);
        }
    }

    /// <inheritdoc/>
    private protected override void ThrowTerminatingError(ErrorRecord errorRecord)
    {
        if (Exit)
        {
            WriteError(errorRecord);
            EndHost();
        }

        base.ThrowTerminatingError(errorRecord);
    }

    private void EndHost()
    {
        if (Exit)
        {
            // As Pester's Run.Exit does it: PowerShell has no other end of a script that runs its finally blocks.
            _ = InvokeCommand.InvokeScript(useLocalScope: false, ScriptBlock.Create($"exit {_exitCode}"), input: null);
        }
    }
}
