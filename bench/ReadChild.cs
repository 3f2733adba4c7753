using System.Diagnostics;
using System.Globalization;
using System.Management.Automation;

namespace EltPs.Bench;

/// <summary>The process that <see cref="ReadBench"/> starts afresh: it reads one pipeline file, several times.</summary>
internal static class ReadChild
{
    public const string Switch = "--read-child";

    /// <summary>Writes a line a reading: milliseconds and allocated bytes; then one with the process's peak of memory in bytes.</summary>
    public static int Run(IReadOnlyList<string> arguments)
    {
        using var runspace = Module.OpenRunspace();
        using var shell = PowerShell.Create(runspace);
        shell.AddScript(Module.Import).Invoke();
        for (var reading = 0; reading < int.Parse(arguments[1], CultureInfo.InvariantCulture); reading++)
        {
            shell.Commands.Clear();
            shell.AddCommand("Get-EltTable").AddParameter("Config", arguments[0]);
            GC.Collect();
            var allocated = GC.GetTotalAllocatedBytes(precise: true);
            var started = Stopwatch.GetTimestamp();
            var tables = shell.Invoke();
            var elapsed = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
            var more = GC.GetTotalAllocatedBytes(precise: true) - allocated;
            GC.KeepAlive(tables);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{elapsed} {more}"));
        }

        using var process = Process.GetCurrentProcess();
        Console.WriteLine(process.PeakWorkingSet64.ToString(CultureInfo.InvariantCulture));
        return shell.Streams.Error.Count == 0 ? 0 : 1;
    }
}
