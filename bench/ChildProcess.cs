using System.Diagnostics;

namespace EltPs.Bench;

/// <summary>Starts this program again.</summary>
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
}
