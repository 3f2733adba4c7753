using System.Diagnostics;
using System.Globalization;
using EltPs.Engine.PipelineFiles;
using EltPs.PipelineFiles;
using EltPs.Warehouses;

namespace EltPs.Bench;

/// <summary>The process that <see cref="ReadBench"/> starts afresh: it reads one pipeline file, several times.</summary>
internal static class ReadChild
{
    public const string Switch = "--read-child";

    /// <summary>Writes a line a reading: milliseconds and allocated bytes; then one with the process's peak of memory in bytes.</summary>
    public static int Run(IReadOnlyList<string> arguments)
    {
        var context = new PipelineFileContext(arguments[0], arguments[0], new WarehouseRegistry());
        for (var reading = 0; reading < int.Parse(arguments[1], CultureInfo.InvariantCulture); reading++)
        {
            GC.Collect();
            var allocated = GC.GetTotalAllocatedBytes(precise: true);
            var watch = Stopwatch.StartNew();
            var pipeline = PipelineFileLoader.Load(context);
            var elapsed = watch.Elapsed.TotalMilliseconds;
            var more = GC.GetTotalAllocatedBytes(precise: true) - allocated;
            GC.KeepAlive(pipeline);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{elapsed} {more}"));
        }

        using var process = Process.GetCurrentProcess();
        Console.WriteLine(process.PeakWorkingSet64.ToString(CultureInfo.InvariantCulture));
        return 0;
    }
}
