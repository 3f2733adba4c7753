using EltPs.Engine.Events;
using EltPs.Engine.Runs;

namespace EltPs.Objects;

/// <summary>What is known of a run, be it one that has just ended or one that its journal describes.</summary>
public abstract class EltRun : EltObject
{
    private protected EltRun(RunRecord run, IEnumerable<EltTableResult> tables)
        : base(run)
    {
        Tables = new(tables);
        RunId = run.RunId;
        Pipeline = run.Pipeline;
        Status = run.Status.ToString();
        IsSuccess = run.IsSuccess;
        StartedAt = Plain.Utc(run.StartedAt);
        Duration = Plain.Seconds(run.Duration);
        Connection = run.Connection;
        ConnectionName = run.ConnectionName;
        ConnectionType = run.ConnectionType;
        DatabaseFile = run.DatabaseFile;
        IsConnectionAdHoc = run.IsConnectionAdHoc;
        LogicalDate = Plain.Clock(run.LogicalDate);
        Interval = run.Interval?.ToString();
        IntervalStart = Plain.Utc(run.Interval?.Start);
        IntervalEnd = Plain.Utc(run.Interval?.End);
        RangeEnd = Plain.Clock(run.RangeEnd);
        IsPartial = run.IsPartial;
        Variables = EltValues.Of(run.Variables);
        FailedStep = run.FailedStep?.ToString();
        ResumedFrom = run.ResumedFrom;
        Path = run.Path;
        Host = run.Host;
        ProcessId = run.ProcessId;
        Done = run.TableRecords.Count(table => table.Status is TableStatus.Published or TableStatus.UpToDate);
        Rows = run.TableRecords.Any(table => table.Rows is not null) ? run.TableRecords.Sum(table => table.Rows ?? 0) : null;
    }

    /// <summary>The run's id.</summary>
    public string RunId { get; }

    /// <summary>The pipeline's name.</summary>
    public string Pipeline { get; }

    /// <summary>
    /// How it ended: Succeeded, Failed, Cancelled, Unknown, NothingToDo; or that it did not: Running, or Interrupted because its process
    /// is gone.
    /// </summary>
    public string Status { get; }

    /// <summary>Whether every table was published, or there was nothing to do.</summary>
    public bool IsSuccess { get; }

    /// <summary>When it began, in UTC.</summary>
    public DateTime StartedAt { get; }

    /// <summary>How long it took, in seconds; null if it did not end, or not yet.</summary>
    public double? Duration { get; }

    /// <summary>The rows of the tables together that were counted; null if none was.</summary>
    public long? Rows { get; }

    /// <summary>How many tables hold what this run was to bring about.</summary>
    public int Done { get; }

    /// <summary>Every table of the pipeline, in its order.</summary>
    public EltList<EltTableResult> Tables { get; }

    /// <summary>What stopped it, or why there was nothing to do, in words; null if neither.</summary>
    public string? Message { get; private protected init; }

    /// <summary>The id of the error that stopped it; null if none did, or this EltPs does not know it.</summary>
    public string? ErrorId { get; private protected init; }

    /// <summary>The table that failed or was cancelled; null if none was.</summary>
    public string? FailedTable { get; private protected init; }

    /// <summary>
    /// The command that resumes the run, or runs the pipeline anew if there is no journal; null if the run succeeded, or its journal alone
    /// is known.
    /// </summary>
    public string? ResumeCommand { get; private protected init; }

    /// <summary>The step that failed or was cancelled: Stage, Check, Publish …; null if none was.</summary>
    public string? FailedStep { get; }

    /// <summary>The warehouse's id of the query that failed; null if none.</summary>
    public string? QueryId { get; private protected init; }

    /// <summary>What each check of each table found, in their order; empty if none was judged, or the journal alone is known.</summary>
    public EltList<EltCheck> Checks { get; private protected init; } = new([]);

    /// <summary>The attempts at a table that another one followed, in their order; empty if the journal alone is known.</summary>
    public EltList<EltFailedAttempt> FailedAttempts { get; private protected init; } = new([]);

    /// <summary>The connection's name and type; never a value of it.</summary>
    public string Connection { get; }

    /// <summary>The connection's name.</summary>
    public string ConnectionName { get; }

    /// <summary>The connection's type.</summary>
    public string ConnectionType { get; }

    /// <summary>The database file's absolute path, if the run was given a path; null if the connection was found by its name.</summary>
    public string? DatabaseFile { get; }

    /// <summary>Whether the connection was given as keys and values: who resumes the run gives it again.</summary>
    public bool IsConnectionAdHoc { get; }

    /// <summary>
    /// Its logical date, as a clock in the pipeline's time zone shows it; -LogicalDate takes it. Null if no run began, or in an old
    /// journal.
    /// </summary>
    public DateTime? LogicalDate { get; }

    /// <summary>Both ends of its data interval and their time zone; null for a pipeline without a schedule, and if no run began.</summary>
    public string? Interval { get; }

    /// <summary>Where its data interval begins, in UTC; null if it has none.</summary>
    public DateTime? IntervalStart { get; }

    /// <summary>Where its data interval ends, in UTC; null if it has none.</summary>
    public DateTime? IntervalEnd { get; }

    /// <summary>
    /// The logical date of the last interval of the range that it was a part of, in the pipeline's time zone; null if it was a part of
    /// none.
    /// </summary>
    public DateTime? RangeEnd { get; }

    /// <summary>Whether tables of the file were left out.</summary>
    public bool IsPartial { get; }

    /// <summary>Whether the tables are those that -Table and -Tag chose, as the journal has it; null without it.</summary>
    public bool? IsSelection { get; private protected init; }

    /// <summary>The variables that were given other values than the file's when the run was started, as text.</summary>
    public EltValues Variables { get; }

    /// <summary>The run that it resumed; null if it began anew.</summary>
    public string? ResumedFrom { get; }

    /// <summary>The pipeline's file, as an absolute path at that time.</summary>
    public string Path { get; }

    /// <summary>The journal's file, as an absolute path; null if none could be written, and then the run cannot be resumed.</summary>
    public string? JournalPath { get; private protected init; }

    /// <summary>When the last line of its journal was written, in UTC: until then it lived. Null without the journal.</summary>
    public DateTime? LastLineAt { get; private protected init; }

    /// <summary>Its place among the runs of its pipeline, from 1, whatever the clock said; null without the journal.</summary>
    public long? Sequence { get; private protected init; }

    /// <summary>The machine that ran it.</summary>
    public string Host { get; }

    /// <summary>The process that ran it.</summary>
    public int ProcessId { get; }
}
