using EltPs.Engine.Definitions;
using EltPs.Engine.Journal;
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

        Console.WriteLine($"{trace.Count} statements a run, {rounds} rounds; median (lowest to highest)");
        var pairs = new List<(Cost Ours, Cost Statements, Cost Whole)>();
        for (var round = 0; round < rounds; round++)
        {
            // Each side goes first in half of the rounds, so that what one leaves behind (caches, heat) does not favour the other.
            if (round % 2 == 0)
            {
                var (cost, newTrace) = await RunOursAsync(definition);
                trace = newTrace;
                var (statements, whole) = RunDriver(drivers, trace);
                pairs.Add((cost, statements, whole));
            }
            else
            {
                var (statements, whole) = RunDriver(drivers, trace);
                pairs.Add(((await RunOursAsync(definition)).Cost, statements, whole));
            }
        }

        Console.WriteLine("                                   on the clock            of the processor");
        Show("EltPs, a whole run, s", "0.000", pairs, pair => pair.Ours.Elapsed.TotalSeconds, pair => pair.Ours.Processor.TotalSeconds);
        Show("driver, the statements, s", "0.000", pairs, pair => pair.Statements.Elapsed.TotalSeconds, pair => pair.Statements.Processor.TotalSeconds);
        Show("driver, its own session, s", "0.000", pairs, pair => pair.Whole.Elapsed.TotalSeconds, pair => pair.Whole.Processor.TotalSeconds);
        Show("ratio to the statements", "0.00", pairs, pair => pair.Ours.Elapsed / pair.Statements.Elapsed, pair => pair.Ours.Processor / pair.Statements.Processor);
        Show("ratio with its own session", "0.00", pairs, pair => pair.Ours.Elapsed / pair.Whole.Elapsed, pair => pair.Ours.Processor / pair.Whole.Processor);
    }

    /// <summary>The statements of one run.</summary>
    public static async Task<IReadOnlyList<string>> TraceAsync(PipelineDefinition definition) => (await RunOursAsync(definition)).Trace;

    private static void Show<T>(string name, string format, IReadOnlyCollection<T> pairs, Func<T, double> clock, Func<T, double> processor) =>
        Console.WriteLine($"  {name,-30} {Spread.Of(pairs.Select(clock)).Show(format),-23} "
            + $"{Spread.Of(pairs.Select(processor)).Show(format)}");

    private static async Task<(Cost Cost, IReadOnlyList<string> Trace)> RunOursAsync(PipelineDefinition definition)
    {
        GC.Collect();
        var trace = new StatementTrace();
        var provider = new WarehouseRegistry().Find(ConnectionDefinition.EmbeddedType)!;
        var beginning = Cost.Begin();
        var result = await new JournaledRunner(provider, TimeProvider.System, trace, StateFolder.For(definition.Path, statePath: null))
            .RunAsync(definition, new RunRequest(), CancellationToken.None);
        var cost = Cost.Since(beginning);
        return result.IsSuccess ? (cost, trace.Statements) : throw new InvalidOperationException(result.Error?.Message ?? result.ToString());
    }

    private static (Cost Statements, Cost Whole) RunDriver(string database, IReadOnlyList<string> trace)
    {
        GC.Collect();
        return DriverReplay.Run(database, trace);
    }
}
