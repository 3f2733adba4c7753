using EltPs.Engine.Definitions;
using EltPs.Engine.Errors;
using EltPs.Engine.Events;
using EltPs.Engine.Names;
using EltPs.Engine.Scheduling;
using EltPs.Engine.Templates;

namespace EltPs.Engine.Runs;

/// <summary>What became of a run: its status, its tables, and what stopped it.</summary>
public sealed record RunResult
{
    /// <summary>The run's id.</summary>
    public required string RunId { get; init; }

    /// <summary>The pipeline's name.</summary>
    public required string Pipeline { get; init; }

    /// <summary>The pipeline's file, as an absolute path.</summary>
    public required string Path { get; init; }

    /// <summary>The connection's name and type; never a value of it.</summary>
    public required string Connection { get; init; }

    /// <summary>The run that it went on with; null if it began anew.</summary>
    public string? ResumedFrom { get; init; }

    /// <summary>Its logical date, with the offset of the pipeline's time zone; null if no run began.</summary>
    public DateTimeOffset? LogicalDate { get; init; }

    /// <summary>Its data interval; null for a pipeline without a schedule, and if no run began.</summary>
    public DataInterval? Interval { get; init; }

    /// <summary>The variables that whoever started it gave other values than the file's.</summary>
    public IReadOnlyDictionary<string, SqlValue> Variables { get; init; } = TemplateQuery.NoVariables;

    /// <summary>How it ended.</summary>
    public required RunStatus Status { get; init; }

    /// <summary>When it began, in UTC.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>How long it took.</summary>
    public required TimeSpan Duration { get; init; }

    /// <summary>Why there was nothing to do; null for any other status.</summary>
    public string? Message { get; init; }

    /// <summary>Every table of the pipeline, in its order.</summary>
    public required IReadOnlyList<TableResult> Tables { get; init; }

    /// <summary>What stopped it; null if nothing did or the caller cancelled.</summary>
    public EltException? Error { get; init; }

    /// <summary>The table that failed or was cancelled; null if none was.</summary>
    public TableName? FailedTable { get; init; }

    /// <summary>The step that failed or was cancelled; null if none was.</summary>
    public EltStep? FailedStep { get; init; }

    /// <summary>
    /// Which channels are sent alerts of the pipeline's runs; null for none. Holds references to secrets, never a secret.
    /// </summary>
    public AlertSettings? Alerts { get; init; }

    /// <summary>The journal's file, as an absolute path; null if none could be written, and then nobody can resume the run.</summary>
    public string? JournalPath { get; init; }

    /// <summary>
    /// The command that goes on with the run, or runs the pipeline anew if there is no journal; null if the run succeeded.
    /// </summary>
    public string? ResumeCommand { get; init; }

    /// <summary>Whether every table was published, or there was nothing to do.</summary>
    public bool IsSuccess => Status is RunStatus.Succeeded or RunStatus.NothingToDo;

    /// <summary>The result of a command that runs nothing.</summary>
    /// <param name="pipeline">The pipeline.</param>
    /// <param name="message">Why.</param>
    /// <param name="time">The clock.</param>
    public static RunResult Nothing(PipelineDefinition pipeline, string message, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(pipeline);
        ArgumentNullException.ThrowIfNull(time);
        return new RunResult
        {
            RunId = Events.RunId.New(time),
            Pipeline = pipeline.Name,
            Path = pipeline.Path,
            Connection = pipeline.Session.Connection.ToString(),
            Status = RunStatus.NothingToDo,
            Message = message,
            StartedAt = time.GetUtcNow(),
            Duration = TimeSpan.Zero,
            Tables = [],
            Alerts = pipeline.Alerts,
        };
    }

    /// <summary>The pipeline's name and the status.</summary>
    public override string ToString() => $"{Pipeline} {Status}";
}
