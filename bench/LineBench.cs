using System.Diagnostics;
using EltPs.Engine.Definitions;
using EltPs.Engine.Runs;
using EltPs.Engine.Warehouses;
using EltPs.Warehouses;

namespace EltPs.Bench;

/// <summary>Alternates whole runs of a pipeline and their own statements on the driver, each side on its own database in the same state.</summary>
internal static class LineBench
{
    // The first run publishes for the first time, the second one replaces: from then on all runs send the same statements.
    private const int WarmUps = 2;

    public static async Task RunAsync(string folder, Func<ConnectionDefinition, PipelineDefinition> pipeline, int rounds)
    {
        var ours = Path.Combine(folder, "eltps.duckdb");
        var drivers = Path.Combine(folder, "driver.duckdb");
        var definition = pipeline(ConnectionDefinition.Embedded(ours, folder));
        IReadOnlyList<string> trace = [];
        for (var round = 0; round < WarmUps; round++)
        {
            trace = (await RunOursAsync(definition)).Trace;
            DriverReplay.Run(drivers, trace);
        }

        Console.WriteLine($"{trace.Count} statements a run, {rounds} rounds; seconds and ratios as median (lowest to highest)");
        var pairs = new List<(TimeSpan Ours, TimeSpan Statements, TimeSpan Whole)>();
        for (var round = 0; round < rounds; round++)
        {
            // Each side goes first in half of the rounds, so that what one leaves behind (caches, heat) does not favour the other.
            if (round % 2 == 0)
            {
                var (elapsed, newTrace) = await RunOursAsync(definition);
                trace = newTrace;
                var (statements, whole) = RunDriver(drivers, trace);
                pairs.Add((elapsed, statements, whole));
            }
            else
            {
                var (statements, whole) = RunDriver(drivers, trace);
                pairs.Add(((await RunOursAsync(definition)).Elapsed, statements, whole));
            }
        }

        Console.WriteLine($"  EltPs, whole run                  {Spread.Of(pairs.Select(pair => pair.Ours.TotalSeconds)).Show("0.000")}");
        Console.WriteLine($"  driver, statements                {Spread.Of(pairs.Select(pair => pair.Statements.TotalSeconds)).Show("0.000")}");
        Console.WriteLine($"  driver, with open and close       {Spread.Of(pairs.Select(pair => pair.Whole.TotalSeconds)).Show("0.000")}");
        Console.WriteLine($"  ratio to the statements alone     {Spread.Of(pairs.Select(pair => pair.Ours / pair.Statements)).Show("0.000")}");
        Console.WriteLine($"  ratio, with open and close        {Spread.Of(pairs.Select(pair => pair.Ours / pair.Whole)).Show("0.000")}");
    }

    private static async Task<(TimeSpan Elapsed, IReadOnlyList<string> Trace)> RunOursAsync(PipelineDefinition definition)
    {
        GC.Collect();
        var trace = new StatementTrace();
        var provider = new WarehouseRegistry().Find(ConnectionDefinition.EmbeddedType)!;
        var watch = Stopwatch.StartNew();
        var result = await new PipelineRunner(provider, TimeProvider.System, trace).RunAsync(definition, new RunOptions(), CancellationToken.None);
        var elapsed = watch.Elapsed;
        return result.IsSuccess ? (elapsed, trace.Statements) : throw new InvalidOperationException(result.Error?.Message ?? result.ToString());
    }

    private static (TimeSpan Statements, TimeSpan Whole) RunDriver(string database, IReadOnlyList<string> trace)
    {
        GC.Collect();
        return DriverReplay.Run(database, trace);
    }
}
