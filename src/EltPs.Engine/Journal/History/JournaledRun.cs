using EltPs.Engine.Definitions;
using EltPs.Engine.Errors;
using EltPs.Engine.Events;
using EltPs.Engine.Runs;

namespace EltPs.Engine.Journal;

/// <summary>A run as its journal tells it.</summary>
public sealed record JournaledRun : RunRecord
{
    internal JournaledRun(ConnectionIdentity connection)
        : base(connection)
    {
    }

    /// <summary>When the last line of its journal was written, in UTC: until then it lived.</summary>
    public DateTimeOffset LastLineAt { get; init; }

    /// <summary>Its place among the runs of its pipeline, from 1, whatever the clock said.</summary>
    public long Sequence { get; init; }

    /// <summary>Whether the tables are those that -Table and -Tag chose.</summary>
    public bool IsSelection { get; init; }

    /// <summary>Every table of the pipeline, in its order.</summary>
    public IReadOnlyList<JournaledTable> Tables { get; init; } = [];

    /// <summary>How many tables hold what this run was to bring about.</summary>
    public int Done => Tables.Count(table => table.Status is TableStatus.Published or TableStatus.UpToDate);

    /// <summary>What stopped it, in words; null if nothing did.</summary>
    public string? Message { get; init; }

    /// <summary>The kind of what stopped it; null if nothing did, or this EltPs does not know it.</summary>
    public EltErrorKind? ErrorKind { get; init; }

    /// <summary>The warehouse's id of the query that failed; null if none.</summary>
    public string? QueryId { get; init; }

    /// <summary>The table that failed or was cancelled; null if none.</summary>
    public string? FailedTable { get; init; }

    /// <summary>The journal's file, as an absolute path.</summary>
    public string JournalPath { get; init; } = string.Empty;

    /// <summary>Whether intervals of its range were left when it ended.</summary>
    internal bool HasMore => RangeEnd > Interval?.Start;

    /// <summary>
    /// The table in whose step the run is, or was when it died; null if it was between two. With several in a step it is the last one:
    /// those before it may be swapped already, and wait for the others that are published together with them.
    /// </summary>
    internal JournaledTable? OpenTable => Tables.LastOrDefault(table => table.Step is not null);

    internal override IReadOnlyList<TableRecord> TableRecords => Tables;

    /// <summary>The run's id and status.</summary>
    public override string ToString() => $"{RunId} {Status}";
}
