using System.Diagnostics;
using System.Globalization;

namespace EltPs.Bench;

/// <summary>Starts this program again, or another one.</summary>
internal static class ChildProcess
{
    /// <summary>The time from its start to its end, and what it wrote.</summary>
    public static (TimeSpan Elapsed, string Output) Run(params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!, arguments) { RedirectStandardOutput = true };
        var watch = Stopwatch.StartNew();
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        var elapsed = watch.Elapsed;
        return process.ExitCode == 0 ? (elapsed, output) : throw new InvalidOperationException($"A child process ended with {process.ExitCode}.");
    }

    /// <summary>What a program takes to do its work, which must succeed; its output is read and forgotten.</summary>
    public static Cost Measure(string program, IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        var before = ProcessorOfChildren();
        var watch = Stopwatch.StartNew();
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        var elapsed = watch.Elapsed;
        return process.ExitCode == 0
            ? new Cost(elapsed, ProcessorOfChildren() - before)
            : throw new InvalidOperationException($"{program} ended with {process.ExitCode}: {errors.Result}");
    }

    // In hundredths of a second: what proc(5) calls cutime and cstime. Elsewhere it is not to be had for a process that has ended.
    private static TimeSpan ProcessorOfChildren()
    {
        if (!OperatingSystem.IsLinux())
        {
            return TimeSpan.Zero;
        }

        var status = File.ReadAllText("/proc/self/stat");
        var fields = status[(status.LastIndexOf(')') + 2)..].Split(' ');
        return TimeSpan.FromMilliseconds(10 * (long.Parse(fields[13], CultureInfo.InvariantCulture) + long.Parse(fields[14], CultureInfo.InvariantCulture)));
    }
}
