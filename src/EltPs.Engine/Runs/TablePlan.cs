using EltPs.Engine.Definitions;
using EltPs.Engine.Events;
using EltPs.Engine.Scheduling;
using EltPs.Engine.Steps;
using EltPs.Engine.Templates;
using EltPs.Engine.Warehouses;

namespace EltPs.Engine.Runs;

/// <summary>The statements that a run would send for one table, in order; ids in them are placeholders.</summary>
/// <param name="Definition">The table.</param>
/// <param name="Steps">Each step with its statements.</param>
public sealed record TablePlan(TableDefinition Definition, IReadOnlyList<StepPlan> Steps)
{
    /// <summary>The interval that it is for; null for none.</summary>
    public DataInterval? Interval { get; init; }

    /// <summary>The plan of one table.</summary>
    /// <param name="definition">The table.</param>
    /// <param name="catalog">What stands at its names.</param>
    /// <param name="values">What the SQL may ask of the run.</param>
    /// <param name="dialect">The warehouse's SQL.</param>
    public static TablePlan Of(TableDefinition definition, WarehouseCatalog catalog, RunValues values, IDialect dialect)
    {
        ArgumentNullException.ThrowIfNull(definition);
        ArgumentNullException.ThrowIfNull(dialect);
        return new TablePlan(definition,
        [
            new StepPlan(EltStep.Stage, StageStep.Plan(definition, catalog, values, dialect)),
            new StepPlan(EltStep.Check, [TableChecks.Of(definition).Statement(definition, dialect)]),
            new StepPlan(EltStep.Publish, TableSwap.Plan(definition, catalog, dialect)),
        ]);
    }

    /// <summary>The whole plan as SQL text, a comment in front of each step.</summary>
    public override string ToString() => string.Join("\n", Steps);
}
