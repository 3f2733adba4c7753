using System.Text.Json.Serialization;
using EltPs.Engine.Definitions;
using EltPs.Engine.Runs;
using EltPs.Engine.Scheduling;

namespace EltPs.Engine.Journal;

/// <summary>One line of a run's journal, as <c>docs/run-journal.md</c> describes it. What an event does not have is left out.</summary>
internal sealed record JournalLine
{
    /// <summary>What happened: one of <see cref="JournalEvent"/>.</summary>
    public required string Event { get; init; }

    /// <summary>When, in UTC, by this machine's clock.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The version of the schema; on the first line.</summary>
    public int? Version { get; init; }

    /// <summary>
    /// How many runs of this pipeline there were before, and one; the order of runs on a machine whose clock was set back.
    /// </summary>
    public long? Sequence { get; init; }

    public string? RunId { get; init; }

    public string? Pipeline { get; init; }

    /// <summary>The pipeline file's absolute path.</summary>
    public string? Path { get; init; }

    /// <summary>The connection's name.</summary>
    public string? Connection { get; init; }

    /// <summary>The connection's type.</summary>
    public string? ConnectionType { get; init; }

    /// <summary>
    /// The database file's absolute path, if a path was given instead of a connection's name; it may be relative to a folder that nobody
    /// knows any more.
    /// </summary>
    public string? Database { get; init; }

    /// <summary>Whether the connection was given as keys and values, so that its name leads nowhere.</summary>
    public bool? AdHoc { get; init; }

    /// <summary>A hash of those keys and values, so that what ran over one such connection is not taken for a run over another.</summary>
    public string? ValuesHash { get; init; }

    public int? ProcessId { get; init; }

    public string? Host { get; init; }

    /// <summary>The run that this one resumes.</summary>
    public string? ResumedFrom { get; init; }

    /// <summary>The run's logical date, with the offset of the pipeline's time zone.</summary>
    public DateTimeOffset? LogicalDate { get; init; }

    public DataInterval? Interval { get; init; }

    /// <summary>The logical date of the last interval of the range that the run is a part of.</summary>
    public DateTimeOffset? RangeEnd { get; init; }

    /// <summary>Whether tables of the file are left out, so that the run's success is not the interval's.</summary>
    public bool? Partial { get; init; }

    /// <summary>Whether the second line names only some of the file's tables.</summary>
    public bool? Selected { get; init; }

    /// <summary>The variables that whoever started the run gave other values than the file's.</summary>
    public IReadOnlyDictionary<string, JournalVariable>? Variables { get; init; }

    /// <summary>
    /// On the second line each table with its definition's hash; on the last one what became of each, if lines before it were lost.
    /// </summary>
    public IReadOnlyList<JournalTable>? Tables { get; init; }

    public string? Table { get; init; }

    public string? Step { get; init; }

    /// <summary>Which attempt at the table, from 1.</summary>
    public int? Attempt { get; init; }

    /// <summary>How long it took, by a clock that nobody sets.</summary>
    public double? Seconds { get; init; }

    public string? Generation { get; init; }

    public string? Replaces { get; init; }

    public long? Rows { get; init; }

    public string? RequestId { get; init; }

    public string? Handle { get; init; }

    public string? Status { get; init; }

    public JournalError? Error { get; init; }

    /// <summary>The connection that its fields describe; null if it names none.</summary>
    [JsonIgnore]
    public ConnectionIdentity? Identity
    {
        get => Connection is not null && ConnectionType is not null
            ? new ConnectionIdentity(Connection, ConnectionType)
            {
                DatabaseFile = Database,
                HasNoName = AdHoc ?? false,
                ValuesHash = ValuesHash,
            }
            : null;
        init => (Connection, ConnectionType, Database, ValuesHash) =
            (value?.Name, value?.Type, value?.DatabaseFile, value?.ValuesHash);
    }
}

/// <summary>A table in a line of a journal. Its status is text: a later version may write one that this version does not know.</summary>
/// <param name="Name">The table's name.</param>
/// <param name="Definition">The hash of what it is built from.</param>
internal sealed record JournalTable(string Name, string Definition)
{
    public string? Status { get; init; }

    public string? Generation { get; init; }

    public long? Rows { get; init; }

    public static JournalTable Of(TableRecord table) => new(table.Name, table.DefinitionHash)
    {
        Status = table.Status.ToString(),
        Generation = table.Generation,
        Rows = table.Rows,
    };
}
