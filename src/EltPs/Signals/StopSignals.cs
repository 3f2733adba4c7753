using System.Management.Automation.Host;
using System.Runtime.InteropServices;
using EltPs.Errors;

namespace EltPs.Signals;

/// <summary>
/// What the operating system sends to end this process, while a cmdlet has work under way that must not be left behind: the work is
/// cancelled as Ctrl+C cancels it, and the process ends when it has cleaned up. A second signal says that it is waited for, a third ends
/// the process at once.
/// </summary>
/// <remarks>
/// Nothing is registered while no work is under way, so PowerShell ends then as it always does. Ctrl+C is counted here and handled by the
/// host. .NET leaves a signal alone that the process was started to ignore, so a run under nohup does not end with its terminal.
/// </remarks>
internal static class StopSignals
{
    // On Windows these are Ctrl+C, shutdown or logoff, and the closed window.
    private static readonly PosixSignal[] Signals = [PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP];

    private static readonly Lock Gate = new();
    private static readonly List<StoppableWork> UnderWay = [];
    private static readonly ManualResetEventSlim NothingUnderWay = new(initialState: true);

    private static IDisposable[] _registrations = [];
    private static int _received;

    /// <summary>Begins to listen for some work.</summary>
    public static void Add(StoppableWork work)
    {
        lock (Gate)
        {
            if (UnderWay.Count == 0)
            {
                _received = 0;
                NothingUnderWay.Reset();
                _registrations = [.. Signals.Select(Register)];
                if (ToolLauncher.WhenGone(StopWithLauncher) is { } launcher)
                {
                    _registrations = [.. _registrations, launcher];
                }
            }

            if (!UnderWay.Contains(work))
            {
                UnderWay.Add(work);
            }
        }
    }

    /// <summary>Stops to listen for some work.</summary>
    /// <param name="work">The work.</param>
    /// <param name="hasCleanedUp">Whether nothing of it is left to do; else it stays if a signal has come.</param>
    /// <returns>The signal that nobody holds up any more; null for none.</returns>
    public static PosixSignal? Remove(StoppableWork work, bool hasCleanedUp)
    {
        lock (Gate)
        {
            if ((work.Received is not null && !hasCleanedUp) || !UnderWay.Remove(work) || UnderWay.Count > 0)
            {
                return null;
            }

            foreach (var registration in _registrations)
            {
                registration.Dispose();
            }

            _registrations = [];
            NothingUnderWay.Set();
            return work.Received;
        }
    }

    private static PosixSignalRegistration Register(PosixSignal signal) => PosixSignalRegistration.Create(signal, context =>
    {
        if (signal == PosixSignal.SIGINT)
        {
            // What it does is the host's business: at a prompt it stops the command, and not the process.
            _ = Count(received: null);
            return;
        }

        context.Cancel = Stop(signal);

        // Windows ends the process when the handler of these returns.
        if (OperatingSystem.IsWindows())
        {
            NothingUnderWay.Wait();
        }
    });

    // Who ends both of them at once, as systemd does, has sent one signal and not two.
    private static void StopWithLauncher()
    {
        bool isStopping;
        lock (Gate)
        {
            isStopping = UnderWay.TrueForAll(work => work.Received is not null);
        }

        if (!isStopping)
        {
            _ = Stop(PosixSignal.SIGTERM);
        }
    }

    private static bool Stop(PosixSignal signal)
    {
        var all = Count(signal);
        foreach (var work in all)
        {
            work.Stop();
        }

        return all.Count > 0;
    }

    private static List<StoppableWork> Count(PosixSignal? received)
    {
        List<StoppableWork> all;
        int count;
        lock (Gate)
        {
            all = [.. UnderWay];
            count = all.Count > 0 ? ++_received : 0;
            foreach (var work in all)
            {
                work.Received ??= received;
            }
        }

        switch (count)
        {
            case 2:
                SayWaiting(all[0].Host);
                break;
            case > 2:
                Environment.Exit(ExitCodes.Cancelled);
                break;
            default:
                break;
        }

        return all;
    }

    private static void SayWaiting(PSHost host) => host.UI.WriteErrorLine(
        "EltPs: stopping: waiting for the running statement to be cancelled; once more ends PowerShell at once and leaves the cleaning up "
            + "to the next run.");
}
