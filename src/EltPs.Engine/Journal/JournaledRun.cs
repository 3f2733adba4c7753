using EltPs.Engine.Errors;
using EltPs.Engine.Events;
using EltPs.Engine.Scheduling;
using EltPs.Engine.Templates;

namespace EltPs.Engine.Journal;

/// <summary>A run as its journal tells it.</summary>
public sealed record JournaledRun
{
    /// <summary>The run's id.</summary>
    public required string RunId { get; init; }

    /// <summary>The pipeline's name.</summary>
    public required string Pipeline { get; init; }

    /// <summary>The pipeline's file, as an absolute path at that time.</summary>
    public required string Path { get; init; }

    /// <summary>The connection's name.</summary>
    public required string ConnectionName { get; init; }

    /// <summary>The connection's type.</summary>
    public required string ConnectionType { get; init; }

    /// <summary>The connection's name and type.</summary>
    public string Connection => $"{ConnectionName} ({ConnectionType})";

    /// <summary>The database file's absolute path, if the run was given a path; null if the connection was found by its name.</summary>
    public string? DatabaseFile { get; init; }

    /// <summary>
    /// Whether the connection was given as keys and values, so that no name leads to it: who resumes the run gives it again.
    /// </summary>
    public bool IsConnectionAdHoc { get; init; }

    /// <summary>What tells one such connection from another; null for any other connection.</summary>
    internal string? ConnectionHash { get; init; }

    /// <summary>How it ended; Running or Interrupted if it did not.</summary>
    public RunStatus Status { get; init; } = RunStatus.Running;

    /// <summary>When it began, in UTC.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>When the last line of its journal was written, in UTC: until then it lived.</summary>
    public DateTimeOffset LastLineAt { get; init; }

    /// <summary>How long it took; null if it did not end, or not yet.</summary>
    public TimeSpan? Duration { get; init; }

    /// <summary>The process that ran it.</summary>
    public int ProcessId { get; init; }

    /// <summary>The machine that ran it.</summary>
    public string Host { get; init; } = string.Empty;

    /// <summary>Its place among the runs of its pipeline, from 1, whatever the clock said.</summary>
    public long Sequence { get; init; }

    /// <summary>The run that it resumed; null if it began anew.</summary>
    public string? ResumedFrom { get; init; }

    /// <summary>Its logical date, with the offset of the pipeline's time zone; null in a journal of an EltPs that had none.</summary>
    public DateTimeOffset? LogicalDate { get; init; }

    /// <summary>Its data interval; null if the pipeline had no schedule.</summary>
    public DataInterval? Interval { get; init; }

    /// <summary>The logical date of the last interval of the range that it was a part of; null if it was a part of none.</summary>
    public DateTimeOffset? RangeEnd { get; init; }

    /// <summary>Whether tables of the file were left out.</summary>
    public bool IsPartial { get; init; }

    /// <summary>Whether the tables are those that -Table and -Tag chose.</summary>
    public bool IsSelection { get; init; }

    /// <summary>The variables that whoever started it gave other values than the file's.</summary>
    public IReadOnlyDictionary<string, SqlValue> Variables { get; init; } = TemplateQuery.NoVariables;

    /// <summary>Whether intervals of its range were left when it ended.</summary>
    internal bool HasMore => RangeEnd > Interval?.Start;

    /// <summary>Every table of the pipeline, in its order.</summary>
    public IReadOnlyList<JournaledTable> Tables { get; init; } = [];

    /// <summary>How many tables hold what this run was to bring about.</summary>
    public int Done => Tables.Count(table => table.Status is TableStatus.Published or TableStatus.UpToDate);

    /// <summary>
    /// The table in whose step the run is, or was when it died; null if it was between two. With several in a step it is the last one:
    /// those before it may be swapped already, and wait for the others that are published together with them.
    /// </summary>
    internal JournaledTable? OpenTable => Tables.LastOrDefault(table => table.Step is not null);

    /// <summary>What stopped it, in words; null if nothing did.</summary>
    public string? Message { get; init; }

    /// <summary>The kind of what stopped it; null if nothing did, or this EltPs does not know it.</summary>
    public EltErrorKind? ErrorKind { get; init; }

    /// <summary>The warehouse's id of the query that failed; null if none.</summary>
    public string? QueryId { get; init; }

    /// <summary>The table that failed or was cancelled; null if none.</summary>
    public string? FailedTable { get; init; }

    /// <summary>The step that failed or was cancelled; null if none.</summary>
    public EltStep? FailedStep { get; init; }

    /// <summary>The journal's file.</summary>
    public string JournalPath { get; init; } = string.Empty;

    /// <summary>The run's id and status.</summary>
    public override string ToString() => $"{RunId} {Status}";
}
