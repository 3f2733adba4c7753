using EltPs.Engine.Definitions;
using EltPs.Engine.Events;
using EltPs.Engine.Scheduling;
using EltPs.Engine.Steps;
using EltPs.Engine.Templates;
using EltPs.Engine.Warehouses;

namespace EltPs.Engine.Runs;

/// <summary>The statements that a run which publishes all tables or none would send, in order; ids in them are placeholders.</summary>
/// <param name="Steps">Each step of each table with its statements.</param>
public sealed record TogetherPlan(IReadOnlyList<StepPlan> Steps)
{
    /// <summary>The interval that it is for; null for none.</summary>
    public DataInterval? Interval { get; init; }

    /// <summary>The plan of all tables.</summary>
    /// <param name="pipeline">The tables.</param>
    /// <param name="catalog">What stands at their names.</param>
    /// <param name="values">What the SQL may ask of the run.</param>
    /// <param name="dialect">The warehouse's SQL.</param>
    public static TogetherPlan Of(PipelineDefinition pipeline, WarehouseCatalog catalog, RunValues values, IDialect dialect)
    {
        ArgumentNullException.ThrowIfNull(pipeline);
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(dialect);

        var requests = pipeline
            .Tables.Select(table => (Request: TableSwap.PlannedRequest(table, catalog, together: true), Target: catalog.Find(table.Name)))
            .ToList();
        var builds = pipeline.Tables.Select(table =>
            (StepPlan[])
        [
            new StepPlan(EltStep.Stage, StageStep.Plan(table, catalog, values, dialect, together: true)) { Table = table.Name },
            new StepPlan(EltStep.Check, [TableChecks.Of(table).Statement(table, dialect)]) { Table = table.Name },
                ]);
        var swaps = requests.Select(publish => new StepPlan(EltStep.Publish, dialect.Publish(publish.Request, publish.Target))
        {
            Table = publish.Request.Target,
        });

        // Within a transaction a table's SQL reads what the tables before it published; without one nothing is published before all are
        // checked.
        var tables = dialect.HasTransactionalDdl
            ? builds.Zip(swaps).SelectMany(table => table.First.Append(table.Second))
            : builds.SelectMany(table => table).Concat(swaps);
        StepPlan[] all =
        [
            new StepPlan(EltStep.Prepare, dialect.BeginTogether),
            .. tables,
            new StepPlan(EltStep.Publish, dialect.EndTogether(requests)),
        ];
        return new TogetherPlan([.. all.Where(step => step.Statements.Count > 0)]);
    }

    /// <summary>The whole plan as SQL text, a comment in front of each step.</summary>
    public override string ToString() => string.Join("\n", Steps);
}
