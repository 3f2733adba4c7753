using System.Management.Automation.Host;
using System.Management.Automation.Runspaces;
using System.Runtime.InteropServices;
using EltPs.Errors;

namespace EltPs.Signals;

/// <summary>The work of one cmdlet, which a signal stops.</summary>
/// <param name="host">The host that the cmdlet runs in.</param>
/// <param name="runspace">What the cmdlet runs in.</param>
/// <param name="cancel">Cancels the work.</param>
/// <param name="endsHost">Whether the host is to end with the exit code of a cancelled run, instead of by the signal.</param>
internal sealed class StoppableWork(PSHost host, Runspace? runspace, Action cancel, bool endsHost)
{
    /// <summary>The host that the cmdlet runs in.</summary>
    public PSHost Host { get; } = host;

    /// <summary>The first signal that came while the work was under way. <see cref="StopSignals"/> sets it.</summary>
    public PosixSignal? Received { get; set; }

    /// <summary>The work begins.</summary>
    public void Begin() => StopSignals.Add(this);

    /// <summary>The work has ended; after a signal the cmdlet still has to clean up.</summary>
    public void End() => StopSignals.Remove(this, hasCleanedUp: false);

    /// <summary>The cmdlet has cleaned up: a signal that came ends the process now, as it would have without EltPs.</summary>
    public void Finish()
    {
        if (StopSignals.Remove(this, hasCleanedUp: true) is { } signal && !endsHost)
        {
            ProcessSignal.Send(signal);
        }
    }

    /// <summary>Stops the cmdlet and the script around it, as the console does it when its window is closed.</summary>
    public void Stop()
    {
        if (endsHost)
        {
            Host.SetShouldExit(ExitCodes.Cancelled);
        }

        try
        {
            cancel();
            runspace?.CloseAsync();
        }
        catch (Exception late) when (late is ObjectDisposedException or InvalidRunspaceStateException)
        {
            // The work has ended by itself, or the runspace is closing already.
        }
    }
}
