using EltPs.Engine.Names;
using EltPs.Engine.Templates;

namespace EltPs.Engine.Runs;

/// <summary>How to run.</summary>
public sealed record RunOptions
{
    /// <summary>Whether unmarked tables at staging names may be replaced.</summary>
    public bool Force { get; init; }

    /// <summary>The run to go on with; null to begin anew.</summary>
    public ResumedRun? Resume { get; init; }

    /// <summary>
    /// The table to begin with, whatever is published before it; null for the first one. Of no meaning to a pipeline that publishes its tables together:
    /// it would publish a part.
    /// </summary>
    public TableName? StartAt { get; init; }

    /// <summary>What the SQL may ask of the run besides its id.</summary>
    public RunValues Values { get; init; } = RunValues.None;

    /// <summary>Asked before each table; a table that is declined cancels the run. Null asks nobody.</summary>
    public Func<TablePlan, CancellationToken, ValueTask<bool>>? Confirm { get; init; }

    /// <summary>Asked once, before anything is built, if the tables are published together; if it declines, the run is cancelled. Null asks nobody.</summary>
    public Func<TogetherPlan, CancellationToken, ValueTask<bool>>? ConfirmTogether { get; init; }
}
