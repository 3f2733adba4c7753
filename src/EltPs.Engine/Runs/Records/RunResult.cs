using EltPs.Engine.Definitions;
using EltPs.Engine.Errors;
using EltPs.Engine.Events;
using EltPs.Engine.Names;

namespace EltPs.Engine.Runs;

/// <summary>What became of a run that has just ended: its status, its tables, and what stopped it.</summary>
public sealed record RunResult : RunRecord
{
    internal RunResult(ConnectionIdentity connection)
        : base(connection)
    {
        Host = Environment.MachineName;
        ProcessId = Environment.ProcessId;
    }

    /// <summary>Why there was nothing to do; null for any other status.</summary>
    public string? Message { get; init; }

    /// <summary>Every table of the pipeline, in its order.</summary>
    public IReadOnlyList<TableResult> Tables { get; init; } = [];

    /// <summary>What stopped it; null if nothing did or the caller cancelled.</summary>
    public EltException? Error { get; init; }

    /// <summary>The table that failed or was cancelled; null if none was.</summary>
    public TableName? FailedTable { get; init; }

    /// <summary>
    /// Which channels are sent alerts of the pipeline's runs; null for none. Holds references to secrets, never a secret.
    /// </summary>
    public AlertSettings? Alerts { get; init; }

    /// <summary>The journal's file, as an absolute path; null if none could be written, and then the run cannot be resumed.</summary>
    public string? JournalPath { get; init; }

    /// <summary>
    /// The command that resumes the run, or runs the pipeline anew if there is no journal; null if the run succeeded.
    /// </summary>
    public string? ResumeCommand { get; init; }

    internal override IReadOnlyList<TableRecord> TableRecords => Tables;

    /// <summary>The result of a command that runs nothing.</summary>
    /// <param name="pipeline">The pipeline.</param>
    /// <param name="message">Why.</param>
    /// <param name="time">The clock.</param>
    public static RunResult Nothing(PipelineDefinition pipeline, string message, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(pipeline);
        ArgumentNullException.ThrowIfNull(time);
        return new RunResult(ConnectionIdentity.Of(pipeline.Session.Connection))
        {
            RunId = Events.RunId.New(time),
            Pipeline = pipeline.Name,
            Path = pipeline.Path,
            Status = RunStatus.NothingToDo,
            Message = message,
            StartedAt = time.GetUtcNow(),
            Duration = TimeSpan.Zero,
            Alerts = pipeline.Alerts,
        };
    }

    /// <summary>The pipeline's name and the status.</summary>
    public override string ToString() => $"{Pipeline} {Status}";
}
