using EltPs.Engine.Errors;
using EltPs.Engine.Events;
using EltPs.Engine.Runs;

namespace EltPs.Engine.Reports;

/// <summary>What stopped a run, without the statement, whose text may be long.</summary>
public sealed record ReportedError
{
    /// <summary>The error's id, as PowerShell shows it.</summary>
    public required string Id { get; init; }

    /// <summary>The kind of the error, as the journal has it.</summary>
    public required EltErrorKind Kind { get; init; }

    /// <summary>The message, in which no secret is.</summary>
    public required string Message { get; init; }

    /// <summary>The table that failed or was cancelled; null if none was.</summary>
    public string? Table { get; init; }

    /// <summary>The step that failed or was cancelled; null if none was.</summary>
    public EltStep? Step { get; init; }

    /// <summary>The warehouse's own id of the query; null where it has none.</summary>
    public string? QueryId { get; init; }

    /// <summary>The vendor's error code; null where it has none.</summary>
    public string? Code { get; init; }

    /// <summary>The SQLSTATE; null where the warehouse has none.</summary>
    public string? SqlState { get; init; }

    /// <summary>True if the same attempt may succeed later without anybody changing anything; else null.</summary>
    public bool? Transient { get; init; }

    internal static ReportedError? Of(RunResult result, Func<EltErrorKind, string> id)
    {
        if (result.IsSuccess)
        {
            return null;
        }

        var failure = result.Error ?? new EltException(
            EltErrorKind.Cancelled,
            $"the run was cancelled or declined{(result.FailedTable is { } table ? $" at {table}" : string.Empty)}.")
        {
            Subject = result.Pipeline,
            Consequences = ["What it had not published by then is as it was."],
        };
        return new ReportedError
        {
            Id = id(failure.Kind),
            Kind = failure.Kind,
            Message = failure.Message,
            Table = result.FailedTable?.ToString(),
            Step = result.FailedStep,
            QueryId = failure.QueryId,
            Code = failure.VendorCode,
            SqlState = failure.SqlState,
            Transient = failure.IsTransient ? true : null,
        };
    }
}
