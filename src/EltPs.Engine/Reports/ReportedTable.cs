using System.Text.Json.Serialization;
using EltPs.Engine.Errors;
using EltPs.Engine.Events;
using EltPs.Engine.Runs;

namespace EltPs.Engine.Reports;

/// <summary>What became of one table of a run.</summary>
public sealed record ReportedTable
{
    /// <summary>The table's name.</summary>
    public required string Name { get; init; }

    /// <summary>How it ended.</summary>
    public required TableStatus Status { get; init; }

    /// <summary>The rows of the new generation; null if they were not counted.</summary>
    public long? Rows { get; init; }

    /// <summary>The id of the new generation, or of what is published of a table that is up to date; null if there is none.</summary>
    public string? Generation { get; init; }

    /// <summary>How often it was attempted; 0 if the run did not reach it.</summary>
    public required int Attempts { get; init; }

    /// <summary>The attempts that another one followed, in their order; null for none.</summary>
    public IReadOnlyList<ReportedAttempt>? FailedAttempts { get; init; }

    /// <summary>Its checks, run or not.</summary>
    [JsonIgnore]
    public IReadOnlyList<ReportedCheck> Checks { get; init; } = [];

    /// <summary>How long the build took, in seconds; null if it did not end well.</summary>
    public double? StageSeconds { get; init; }

    /// <summary>How long the checks took, in seconds; null if they did not end well.</summary>
    public double? CheckSeconds { get; init; }

    /// <summary>How long the swap took, in seconds; null if it did not end well.</summary>
    public double? PublishSeconds { get; init; }

    /// <summary>The step that failed or was cancelled; null if none was.</summary>
    public EltStep? FailedStep { get; init; }

    /// <summary>The id of what went wrong, as PowerShell shows it; null if nothing did.</summary>
    public string? ErrorId { get; init; }

    /// <summary>What went wrong, or why it was not published, in words; null if there is nothing to say.</summary>
    public string? Message { get; init; }

    internal static ReportedTable Of(TableResult table, RunResult run, Func<EltErrorKind, string> errorId) => new()
    {
        Name = table.Table.ToString(),
        Status = table.Status,
        Rows = table.Rows,
        Generation = table.Generation,
        Attempts = table.Attempts,
        FailedAttempts = table.FailedAttempts.Count == 0 ? null : [.. table.FailedAttempts.Select(ReportedAttempt.Of)],
        StageSeconds = ReportedSeconds.Of(table.StageTime),
        CheckSeconds = ReportedSeconds.Of(table.CheckTime),
        PublishSeconds = ReportedSeconds.Of(table.PublishTime),
        FailedStep = table.FailedStep,
        Checks = [.. ReportedCheck.Of(table)],
        ErrorId = ErrorOf(table, run) is { } kind ? errorId(kind) : null,
        Message = table.Message,
    };

    // Of tables that are published together several may end badly, each in its own way, and the run has the error of one of them.
    private static EltErrorKind? ErrorOf(TableResult table, RunResult run) => table.Status switch
    {
        TableStatus.Failed => run.Error?.Kind ?? EltErrorKind.Cancelled,
        TableStatus.Cancelled => EltErrorKind.Cancelled,
        TableStatus.Unknown => EltErrorKind.Unknown,
        _ => null,
    };
}
