using EltPs.Engine.Definitions;
using EltPs.Engine.Errors;
using EltPs.Engine.Events;
using EltPs.Engine.Names;
using EltPs.Engine.Scheduling;

namespace EltPs.Engine.Runs;

/// <summary>A run of a pipeline begins. Single steps that are done by hand are no run.</summary>
/// <param name="RunId">The run's id.</param>
/// <param name="Pipeline">What it runs.</param>
/// <param name="StartedAt">When it began, in UTC.</param>
internal sealed record RunStarted(string RunId, PipelineDefinition Pipeline, DateTimeOffset StartedAt) : RunEvent
{
    /// <summary>The run that this one resumes; null if it begins anew.</summary>
    public string? ResumedFrom { get; init; }

    /// <summary>What it is dated with; null for nothing.</summary>
    public RunDate? Date { get; init; }

    /// <summary>Where the last interval begins of the range that it is a part of; null for none.</summary>
    public DateTimeOffset? RangeEnd { get; init; }

    /// <summary>Whether tables of the file are left out.</summary>
    public bool IsPartial { get; init; }
}

/// <summary>A run has ended, in whatever way, and has let go of the warehouse.</summary>
/// <param name="Result">What became of it.</param>
internal sealed record RunFinished(RunResult Result) : RunEvent;

/// <summary>An attempt failed and will be followed by another one.</summary>
/// <param name="Table">The table; null for what comes before the first one.</param>
/// <param name="Attempt">Which attempt it was, from 1.</param>
/// <param name="Error">What went wrong.</param>
/// <param name="Wait">How long until the next one.</param>
internal sealed record AttemptFailed(TableName? Table, int Attempt, EltException Error, TimeSpan Wait) : RunEvent;
