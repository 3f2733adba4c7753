using EltPs.Engine.Definitions;
using EltPs.Engine.Errors;
using EltPs.Engine.Events;
using EltPs.Engine.Runs;
using EltPs.Engine.Scheduling;

namespace EltPs.Engine.Reports;

/// <summary>
/// One run of a report. Its words are those of the journal; the names and the order of its properties are those of the JSON.
/// </summary>
/// <remarks>
/// Made of the run's result and not of its journal: that may be incomplete where the disk was full, and of a long backfill only the last
/// ones are kept. A property that is added here needs its line in <see cref="Of"/> and its place in <c>docs/run-result.schema.json</c>.
/// </remarks>
public sealed record ReportedRun
{
    /// <summary>The run's id.</summary>
    public required string RunId { get; init; }

    /// <summary>The pipeline's name.</summary>
    public required string Pipeline { get; init; }

    /// <summary>The pipeline's file, as an absolute path.</summary>
    public required string Path { get; init; }

    /// <summary>The connection's name.</summary>
    public required string Connection { get; init; }

    /// <summary>The connection's type.</summary>
    public required string ConnectionType { get; init; }

    /// <summary>How it ended.</summary>
    public required RunStatus Status { get; init; }

    /// <summary>When it began, in UTC.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>When it ended, in UTC: its duration after its beginning, whatever happened to the clock meanwhile.</summary>
    public required DateTimeOffset EndedAt { get; init; }

    /// <summary>How long it took, in seconds.</summary>
    public required double Seconds { get; init; }

    /// <summary>The machine that ran it.</summary>
    public required string Host { get; init; }

    /// <summary>The process that ran it.</summary>
    public required int ProcessId { get; init; }

    /// <summary>The run that it resumed; null if it began anew.</summary>
    public string? ResumedFrom { get; init; }

    /// <summary>Its logical date; null if no run began.</summary>
    public DateTimeOffset? LogicalDate { get; init; }

    /// <summary>The interval that it ran for; null for a run without one.</summary>
    public DataInterval? Interval { get; init; }

    /// <summary>The variables that were given other values than the file's, as text; null for none.</summary>
    public IReadOnlyDictionary<string, string>? Variables { get; init; }

    /// <summary>Why there was nothing to do, in words; null if there was.</summary>
    public string? Message { get; init; }

    /// <summary>What stopped it; null if nothing did.</summary>
    public ReportedError? Error { get; init; }

    /// <summary>The command that goes on with it, or runs the pipeline anew if there is no journal; null if it succeeded.</summary>
    public string? ResumeCommand { get; init; }

    /// <summary>The journal's file, as an absolute path; null if none could be written.</summary>
    public string? JournalPath { get; init; }

    /// <summary>Every table of the pipeline, in its order.</summary>
    public required IReadOnlyList<ReportedTable> Tables { get; init; }

    /// <summary>Of a run that has ended in this process.</summary>
    /// <param name="result">The run.</param>
    /// <param name="connection">The connection that it used, of which only the name and the type are taken.</param>
    /// <param name="errorId">The id of an error's kind.</param>
    public static ReportedRun Of(RunResult result, ConnectionDefinition connection, Func<EltErrorKind, string> errorId)
    {
        ArgumentNullException.ThrowIfNull(result);
        ArgumentNullException.ThrowIfNull(connection);
        return new ReportedRun
        {
            RunId = result.RunId,
            Pipeline = result.Pipeline,
            Path = result.Path,
            Connection = connection.Name,
            ConnectionType = connection.Type,
            Status = result.Status,
            StartedAt = result.StartedAt,
            EndedAt = result.StartedAt + result.Duration,
            Seconds = ReportedSeconds.Of(result.Duration),
            Host = Environment.MachineName,
            ProcessId = Environment.ProcessId,
            ResumedFrom = result.ResumedFrom,
            LogicalDate = result.LogicalDate,
            Interval = result.Interval,
            Variables = result.Variables.Count == 0 ? null : result.Variables.ToDictionary(pair => pair.Key, pair => pair.Value.ToString()),
            Message = result.Message,
            Error = ReportedError.Of(result, errorId),
            ResumeCommand = result.ResumeCommand,
            JournalPath = result.JournalPath,
            Tables = [.. result.Tables.Select(table => ReportedTable.Of(table, result, errorId))],
        };
    }
}
