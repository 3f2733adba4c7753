using System.Globalization;
using System.Management.Automation;

namespace EltPs.Bench;

/// <summary>The process that <see cref="StartBench"/> starts afresh: a PowerShell engine that runs one script.</summary>
internal static class StartChild
{
    public const string Switch = "--start-child";

    /// <summary>Writes the processor time that the process has taken.</summary>
    public static int Run(IReadOnlyList<string> arguments)
    {
        using var runspace = Module.OpenRunspace();
        using var shell = PowerShell.Create(runspace);
        shell.AddScript(arguments[0]).Invoke();
        foreach (var error in shell.Streams.Error)
        {
            Console.Error.WriteLine(error);
        }

        // No system tells another process the processor time of one that has ended, except Windows.
        Console.WriteLine(Environment.CpuUsage.TotalTime.ToString("c", CultureInfo.InvariantCulture));
        return shell.Streams.Error.Count == 0 ? 0 : 1;
    }
}
