using EltPs.Engine.Events;
using EltPs.Engine.Names;
using EltPs.Engine.Scheduling;
using EltPs.Engine.Templates;

namespace EltPs.Engine.Runs;

/// <summary>How to run.</summary>
internal sealed record RunOptions
{
    /// <summary>Whether unmarked tables at staging names may be replaced.</summary>
    public bool Force { get; init; }

    /// <summary>The run to resume; null to begin anew.</summary>
    public RunRecord? Resume { get; init; }

    /// <summary>
    /// The table to begin with, whatever is published before it; null for the first one. Of no meaning to a pipeline that publishes its
    /// tables together: it would publish a part.
    /// </summary>
    public TableName? StartAt { get; init; }

    /// <summary>What the run is dated with; null for a run without a date.</summary>
    public RunDate? Date { get; init; }

    /// <summary>Where the last interval begins of the range that the run is a part of; null for a run that is a part of none.</summary>
    public DateTimeOffset? RangeEnd { get; init; }

    /// <summary>
    /// Whether it leaves out tables of the file, or goes on with a run that did: then its interval is not done when it succeeds.
    /// </summary>
    public bool IsPartial { get; init; }

    /// <summary>What the SQL may ask of the run besides its id.</summary>
    public RunValues Values { get; init; } = RunValues.None;

    /// <summary>Words the advice of the run's errors; null leaves out what needs the words of an edge.</summary>
    public IAdviceWording? Wording { get; init; }

    /// <summary>The same for a run of that date.</summary>
    /// <param name="date">The date.</param>
    public RunOptions For(RunDate date) => this with { Date = date, Values = date.Values };

    /// <summary>
    /// Asked before each table, or once before anything is built if the tables are published together; what is declined cancels the run.
    /// Null for a run without questions.
    /// </summary>
    public Func<RunPlan, CancellationToken, ValueTask<bool>>? Confirm { get; init; }
}
