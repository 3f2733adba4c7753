using EltPs.Engine.Definitions;
using EltPs.Engine.Events;
using EltPs.Engine.Names;
using EltPs.Engine.Scheduling;
using EltPs.Engine.Templates;

namespace EltPs.Engine.Runs;

/// <summary>What is known of a run, be it one that has just ended or one that its journal describes.</summary>
public abstract record RunRecord
{
    private protected RunRecord(ConnectionIdentity connection) => Identity = connection;

    /// <summary>The run's id.</summary>
    public required string RunId { get; init; }

    /// <summary>The pipeline's name.</summary>
    public required string Pipeline { get; init; }

    /// <summary>The pipeline's file, as an absolute path at that time.</summary>
    public required string Path { get; init; }

    /// <summary>The connection's name and type; never a value of it.</summary>
    public string Connection => Identity.ToString();

    /// <summary>The connection's name.</summary>
    public string ConnectionName => Identity.Name;

    /// <summary>The connection's type.</summary>
    public string ConnectionType => Identity.Type;

    /// <summary>The database file's absolute path, if the run was given a path; null if the connection was found by its name.</summary>
    public string? DatabaseFile => Identity.DatabaseFile;

    /// <summary>
    /// Whether the connection was given as keys and values, so that no name leads to it: who resumes the run gives it again.
    /// </summary>
    public bool IsConnectionAdHoc => Identity.HasNoName;

    /// <summary>The machine that ran it.</summary>
    public string Host { get; init; } = string.Empty;

    /// <summary>The process that ran it.</summary>
    public int ProcessId { get; init; }

    /// <summary>The run that it resumed; null if it began anew.</summary>
    public string? ResumedFrom { get; init; }

    /// <summary>Its logical date, with the offset of the pipeline's time zone; null if no run began, or in an old journal.</summary>
    public DateTimeOffset? LogicalDate { get; init; }

    /// <summary>Its data interval; null for a pipeline without a schedule, and if no run began.</summary>
    public DataInterval? Interval { get; init; }

    /// <summary>The logical date of the last interval of the range that it was a part of; null if it was a part of none.</summary>
    public DateTimeOffset? RangeEnd { get; init; }

    /// <summary>Whether tables of the file were left out.</summary>
    public bool IsPartial { get; init; }

    /// <summary>The variables that were given other values than the file's when the run was started.</summary>
    public IReadOnlyDictionary<string, SqlValue> Variables { get; init; } = TemplateQuery.NoVariables;

    /// <summary>How it ended; Running or Interrupted if it did not.</summary>
    public RunStatus Status { get; init; } = RunStatus.Running;

    /// <summary>Whether every table was published, or there was nothing to do.</summary>
    public bool IsSuccess => Status is RunStatus.Succeeded or RunStatus.NothingToDo;

    /// <summary>When it began, in UTC.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>How long it took; null if it did not end, or not yet.</summary>
    public TimeSpan? Duration { get; init; }

    /// <summary>The step that failed or was cancelled; null if none was.</summary>
    public EltStep? FailedStep { get; init; }

    /// <summary>Which connection it used.</summary>
    internal ConnectionIdentity Identity { get; }

    /// <summary>What is known of each table of the pipeline, in its order.</summary>
    internal abstract IReadOnlyList<TableRecord> TableRecords { get; }

    /// <summary>
    /// Whether it used this connection: the same name, or where a path was given, the same file, however it was written.
    /// </summary>
    public bool Used(ConnectionDefinition connection)
    {
        ArgumentNullException.ThrowIfNull(connection);
        return Identity.IsSameAs(ConnectionIdentity.Of(connection));
    }

    /// <summary>What is known of one table; null if the run was not of it.</summary>
    internal TableRecord? Find(TableName table)
    {
        var name = table.ToString();
        return TableRecords.FirstOrDefault(record => record.Name == name);
    }
}
