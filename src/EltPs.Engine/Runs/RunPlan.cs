using EltPs.Engine.Definitions;
using EltPs.Engine.Events;
using EltPs.Engine.Names;
using EltPs.Engine.Scheduling;
using EltPs.Engine.Steps;
using EltPs.Engine.Templates;
using EltPs.Engine.Warehouses;

namespace EltPs.Engine.Runs;

/// <summary>What a run would send, in order, without anything being done; ids in it are placeholders.</summary>
/// <param name="Steps">Each step of each table, and those of all tables.</param>
internal sealed record RunPlan(IReadOnlyList<StepPlan> Steps)
{
    /// <summary>Whether its tables are published together or not at all.</summary>
    public bool IsTogether { get; init; }

    /// <summary>The interval that it is for; null for none.</summary>
    public DataInterval? Interval { get; init; }

    /// <summary>The tables that it builds, in order.</summary>
    public IEnumerable<TableName> Tables => Steps.Select(step => step.Table).OfType<TableName>().Distinct();

    /// <summary>The pieces that are confirmed one by one: the sources, then each table, or all tables published together.</summary>
    public IEnumerable<RunPlan> Parts() => IsTogether
        ? Steps.GroupBy(step => step.PreparesSources, (isSources, steps) => this with { Steps = [.. steps], IsTogether = !isSources })
        : Steps.GroupBy(step => step.Table, (_, steps) => this with { Steps = [.. steps] });

    /// <summary>The plan of one table.</summary>
    /// <param name="table">The table.</param>
    /// <param name="catalog">What stands at its names.</param>
    /// <param name="values">What the SQL may ask of the run.</param>
    /// <param name="dialect">The warehouse's SQL.</param>
    public static RunPlan Of(TableDefinition table, WarehouseCatalog catalog, RunValues values, IDialect dialect) =>
        new([.. Build(table, catalog, values, dialect, together: false), TableSwap.Plan(table, catalog, dialect)]);

    /// <summary>The plan of all tables of a pipeline that publishes them together or not at all.</summary>
    /// <param name="pipeline">The tables.</param>
    /// <param name="catalog">What stands at their names.</param>
    /// <param name="values">What the SQL may ask of the run.</param>
    /// <param name="dialect">The warehouse's SQL.</param>
    public static RunPlan Together(PipelineDefinition pipeline, WarehouseCatalog catalog, RunValues values, IDialect dialect)
    {
        ArgumentNullException.ThrowIfNull(pipeline);
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(dialect);

        var builds = pipeline.Tables.Select(table => Build(table, catalog, values, dialect, together: true));
        var swaps = pipeline.Tables.Select(table => TableSwap.Plan(table, catalog, dialect, together: true));

        // Within a transaction a table's SQL reads what the tables before it published; without one nothing is published before all are
        // checked.
        var tables = dialect.HasTransactionalDdl
            ? builds.Zip(swaps, (build, swap) => build.Append(swap)).SelectMany(steps => steps)
            : builds.SelectMany(steps => steps).Concat(swaps);
        var published = pipeline
            .Tables.Select(table => (TableSwap.PlannedRequest(table, catalog, together: true), catalog.Find(table.Name)))
            .ToList();
        StepPlan[] all =
        [
            new StepPlan(EltStep.Prepare, Table: null, dialect.BeginTogether),
            .. tables,
            new StepPlan(EltStep.Publish, Table: null, dialect.EndTogether(published)),
        ];
        return new RunPlan([.. all.Where(step => step.Statements.Count > 0)]) { IsTogether = true };
    }

    /// <summary>The whole plan as SQL text, a comment in front of each step.</summary>
    public override string ToString() => string.Join("\n", Steps.Select(step => IsTogether ? step.WithTable() : step.ToString()));

    private static IEnumerable<StepPlan> Build(
        TableDefinition table, WarehouseCatalog catalog, RunValues values, IDialect dialect, bool together) =>
        [
            StageStep.Plan(table, catalog, values, dialect, together),
            new StepPlan(EltStep.Check, table.Name, [TableChecks.Of(table).Statement(table, dialect)]),
        ];
}
