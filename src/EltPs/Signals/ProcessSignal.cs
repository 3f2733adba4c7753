using System.Runtime.InteropServices;

namespace EltPs.Signals;

/// <summary>Sends signals to this process.</summary>
internal static class ProcessSignal
{
    /// <summary>Sends a signal to this process. Not on Windows, where a signal has its effect when its handler returns.</summary>
    public static void Send(PosixSignal signal)
    {
        if (!OperatingSystem.IsWindows())
        {
            _ = Kill(Environment.ProcessId, Number(signal));
        }
    }

    private static int Number(PosixSignal signal) => signal switch
    {
        PosixSignal.SIGHUP => 1,
        PosixSignal.SIGINT => 2,
        _ => 15,
    };

    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Kill(int process, int signal);
}
