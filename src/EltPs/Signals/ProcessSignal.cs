using System.Globalization;
using System.Runtime.InteropServices;

namespace EltPs.Signals;

/// <summary>Signals of this process.</summary>
internal static class ProcessSignal
{
    /// <summary>
    /// Whether a signal has an effect. A process that was started to ignore one, as nohup has it for SIGHUP, must go on ignoring it.
    /// </summary>
    public static bool IsHeeded(PosixSignal signal)
    {
        const string Ignored = "SigIgn:";
        if (!OperatingSystem.IsLinux())
        {
            return true;
        }

        // proc(5), "/proc/pid/status": a mask in hexadecimal digits, the first signal is bit 0.
        var line = File.ReadLines("/proc/self/status").First(line => line.StartsWith(Ignored, StringComparison.Ordinal));
        var mask = ulong.Parse(line.AsSpan(Ignored.Length).Trim(), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        return (mask & (1UL << (Number(signal) - 1))) == 0;
    }

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
