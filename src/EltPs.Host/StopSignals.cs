using System.Runtime.InteropServices;

namespace EltPs.Host;

/// <summary>
/// Turns Ctrl+C, SIGTERM and a closed terminal into a cancellation, so that a run can interrupt its statement in the warehouse
/// and clean up. A second signal says that it is waited for, a third ends the process at once.
/// </summary>
internal sealed class StopSignals : IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly ManualResetEventSlim _finished = new();
    private readonly TextWriter _messages;
    private readonly PosixSignalRegistration[] _registrations;
    private int _received;

    public StopSignals(TextWriter messages)
    {
        _messages = messages;
        // On Windows these are Ctrl+C, shutdown or logoff, and the closed window.
        PosixSignal[] signals = [PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP];
        _registrations = [.. signals.Select(signal => PosixSignalRegistration.Create(signal, OnSignal))];
    }

    /// <summary>Cancelled by the first signal.</summary>
    public CancellationToken Token => _stop.Token;

    public void Dispose()
    {
        _finished.Set();
        foreach (var registration in _registrations)
        {
            registration.Dispose();
        }

        _stop.Dispose();
        _finished.Dispose();
    }

    private void OnSignal(PosixSignalContext context)
    {
        context.Cancel = true;
        switch (Interlocked.Increment(ref _received))
        {
            case 1:
                _stop.Cancel();
                break;
            case 2:
                _messages.WriteLine(
                    "elt: stopping: waiting for the running statement to be cancelled; once more ends elt at once and leaves the cleaning "
                        + "up to the next run.");
                break;
            default:
                Environment.Exit(ExitCode.Cancelled);
                break;
        }

        // Windows ends the process when the handler of these returns.
        if (OperatingSystem.IsWindows() && context.Signal is (PosixSignal.SIGTERM or PosixSignal.SIGHUP))
        {
            _finished.Wait();
        }
    }
}
