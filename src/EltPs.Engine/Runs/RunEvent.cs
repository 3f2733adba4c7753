using EltPs.Engine.Definitions;
using EltPs.Engine.Errors;
using EltPs.Engine.Names;
using EltPs.Engine.Scheduling;
using EltPs.Engine.Steps;

namespace EltPs.Engine.Runs;

/// <summary>Something that happened in a run and that somebody may want to see.</summary>
public abstract record RunEvent;

/// <summary>A run of a pipeline begins. Single steps that are done by hand are no run.</summary>
/// <param name="RunId">The run's id.</param>
/// <param name="Pipeline">What it runs.</param>
/// <param name="StartedAt">When it began, in UTC.</param>
public sealed record RunStarted(string RunId, PipelineDefinition Pipeline, DateTimeOffset StartedAt) : RunEvent
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
public sealed record RunFinished(RunResult Result) : RunEvent;

/// <summary>The line has come to a table.</summary>
/// <param name="Table">The table.</param>
/// <param name="Position">Which table of how many, counted from 1.</param>
/// <param name="Count">How many tables.</param>
public sealed record TableStarted(TableName Table, int Position, int Count) : RunEvent;

/// <summary>The line passes a table without building it.</summary>
/// <param name="Table">The table.</param>
/// <param name="Status">UpToDate if it is what the run would bring about; Skipped if the caller said to begin behind it.</param>
/// <param name="Generation">What is published; null if nothing with a marker is.</param>
public sealed record TableUpToDate(TableName Table, TableStatus Status, string? Generation) : RunEvent
{
    /// <summary>The rows that the run counted which published it; null if it is not known.</summary>
    public long? Rows { get; init; }
}

/// <summary>
/// A table that was built and checked was not published after all, because another one that is published together with it failed.
/// </summary>
/// <param name="Table">The table.</param>
/// <param name="Status">Skipped if what is published is what was; Unknown if the table could not be put back.</param>
/// <param name="Reason">Why, in words.</param>
public sealed record TableNotPublished(TableName Table, TableStatus Status, string Reason) : RunEvent;

/// <summary>A step begins.</summary>
/// <param name="Table">The table; null for what concerns all of them.</param>
/// <param name="Step">The step.</param>
public sealed record StepStarted(TableName? Table, EltStep Step) : RunEvent;

/// <summary>A step has ended well.</summary>
/// <param name="Table">The table; null for what concerns all of them.</param>
/// <param name="Step">The step.</param>
/// <param name="Elapsed">How long it took.</param>
public sealed record StepFinished(TableName? Table, EltStep Step, TimeSpan Elapsed) : RunEvent
{
    /// <summary>The rows that a check counted; null for any other step.</summary>
    public long? Rows { get; init; }
}

/// <summary>A staging table is about to be built as this generation.</summary>
/// <param name="Table">The table that it is meant to become.</param>
/// <param name="Generation">The id of the build.</param>
/// <param name="Replaces">What is published now: a generation id, <c>none</c> or <c>first</c>.</param>
public sealed record GenerationAssigned(TableName Table, string Generation, string Replaces) : RunEvent;

/// <summary>A request that changes something is on its way to a warehouse that can be asked about it later.</summary>
/// <param name="Table">The table; null for what concerns several.</param>
/// <param name="Step">The step.</param>
/// <param name="RequestId">The id under which it is submitted.</param>
public sealed record StatementSubmitted(TableName? Table, EltStep Step, Guid RequestId) : RunEvent
{
    /// <summary>The warehouse's handle of the running statement; null until it has told it.</summary>
    public string? Handle { get; init; }
}

/// <summary>An attempt failed and will be followed by another one.</summary>
/// <param name="Table">The table; null for what comes before the first one.</param>
/// <param name="Attempt">Which attempt it was, from 1.</param>
/// <param name="Error">What went wrong.</param>
/// <param name="Wait">How long until the next one.</param>
public sealed record AttemptFailed(TableName? Table, int Attempt, EltException Error, TimeSpan Wait) : RunEvent;

/// <summary>How far the warehouse says that the running statement is.</summary>
/// <param name="Fraction">From 0 to 1.</param>
public sealed record StatementProgress(double Fraction) : RunEvent;

/// <summary>A statement has ended.</summary>
/// <param name="Sql">The statement as it was sent.</param>
/// <param name="Elapsed">How long it took.</param>
/// <param name="Succeeded">Whether the warehouse accepted it.</param>
public sealed record StatementFinished(string Sql, TimeSpan Elapsed, bool Succeeded) : RunEvent
{
    /// <summary>The warehouse's own id of the query; null where it has none, or did not tell it.</summary>
    public string? QueryId { get; init; }
}

/// <summary>A message for the person who started the run.</summary>
/// <param name="Level">How much it matters.</param>
/// <param name="Text">The message. No secret may be in it.</param>
public sealed record MessageRaised(MessageLevel Level, string Text) : RunEvent;

/// <summary>How much a message matters.</summary>
public enum MessageLevel
{
    /// <summary>For who wants to know in detail.</summary>
    Detail,

    /// <summary>Something that somebody should look at, though the run goes on.</summary>
    Warning,
}
