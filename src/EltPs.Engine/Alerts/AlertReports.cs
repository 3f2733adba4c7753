using System.Globalization;
using EltPs.Engine.Definitions;
using EltPs.Engine.Errors;
using EltPs.Engine.Events;
using EltPs.Engine.Names;
using EltPs.Engine.Runs;
using EltPs.Engine.Steps;

namespace EltPs.Engine.Alerts;

/// <summary>Makes reports of what happened.</summary>
public static class AlertReports
{
    private const int MostTables = 20;
    private const int MostAttempts = 5;

    /// <summary>Of a run.</summary>
    /// <param name="result">The run.</param>
    /// <param name="context">Where it ran.</param>
    /// <param name="before">The failure that it ends, if it does; null if it does not.</param>
    public static AlertReport Of(RunResult result, AlertContext context, KnownFailure? before = null)
    {
        ArgumentNullException.ThrowIfNull(result);
        ArgumentNullException.ThrowIfNull(context);

        // Of tables that are published together several may have failed, one of them by what stopped the run.
        var failed = result.Tables.FirstOrDefault(table => table.Table == result.FailedTable)
            ?? result.Tables.FirstOrDefault(table => table.FailedStep is not null);
        var report = new AlertReport
        {
            Occasion = !result.IsSuccess ? AlertOccasion.Failure : before is null ? AlertOccasion.Success : AlertOccasion.Recovery,
            Title = $"{result.Pipeline} {Ended(result.Status, before is not null)}",
            Pipeline = result.Pipeline,
            Interval = result.Interval?.ToString(),
            Duration = result.Duration,
            RunId = result.RunId,
            StartedAt = result.StartedAt,
            Connection = result.Connection,
            Host = context.Host,
            Link = result.Alerts?.Slack?.Link?.Fill(result.RunId, result.Pipeline, context.Variable),
        };
        return result.IsSuccess
            ? report with
            {
                Rows = Sum(result.Tables.Select(table => table.Rows)),
                Tables = Published([.. result.Tables.Select(table => (table.Table.ToString(), table.Rows, table.Status))]),
                Text = before?.Describe(),
            }
            : report with
            {
                Table = result.FailedTable?.ToString(),
                Step = Name(result.FailedStep),
                Error = result.Error?.Message ?? failed?.Message,
                QueryId = result.Error?.QueryId,
                Rows = failed?.Rows,
                Tables = result.Tables.Count == 0 ? [] : [Counts(result.Tables.Select(table => table.Status))],
                Attempt = Attempt(failed),
                EarlierErrors = EarlierErrors(failed, result.Error),
                Resume = result.ResumeCommand,
                Mentions = result.Alerts?.Slack?.Mentions ?? [],
            };
    }

    /// <summary>Of a single step of a table that failed.</summary>
    /// <param name="failure">What went wrong.</param>
    /// <param name="definition">The table.</param>
    /// <param name="step">The step; null if nobody knows.</param>
    /// <param name="staged">The table as it was staged; null if it was not.</param>
    /// <param name="rows">Its rows; null if they were not counted.</param>
    /// <param name="context">Where it happened.</param>
    public static AlertReport Of(
        Exception failure,
        TableDefinition definition,
        EltStep? step,
        StagedTable? staged,
        long? rows,
        AlertContext context)
    {
        ArgumentNullException.ThrowIfNull(definition);
        return Of(failure, definition.Name, context) with
        {
            Title =
                $"{definition.Pipeline ?? definition.Name.ToString()} "
                    + $"{(IsUnknown(failure) ? Ended(RunStatus.Unknown, false) : Ended(RunStatus.Failed, false))}",
            Pipeline = definition.Pipeline,
            Step = Name(step),
            Rows = rows,
            Duration = staged?.StageTime,
            RunId = staged?.RunId,
            StartedAt = staged?.StagedAt,
            Connection = definition.Session.Connection.ToString(),
            Link = definition.Alerts?.Slack?.Link?.Fill(staged?.RunId, definition.Pipeline, context.Variable),
            Mentions = definition.Alerts?.Slack?.Mentions ?? [],
        };
    }

    /// <summary>Of any other error.</summary>
    /// <param name="failure">What went wrong.</param>
    /// <param name="table">The table; null if there is none.</param>
    /// <param name="context">Where it happened.</param>
    public static AlertReport Of(Exception failure, TableName? table, AlertContext context)
    {
        ArgumentNullException.ThrowIfNull(failure);
        ArgumentNullException.ThrowIfNull(context);
        return new AlertReport
        {
            Occasion = AlertOccasion.Failure,
            Title = $"{table?.ToString() ?? "A command"} failed",
            Table = table?.ToString(),
            Error = failure.Message,
            QueryId = (failure as EltException)?.QueryId,
            Host = context.Host,
        };
    }

    /// <summary>Of a text that somebody wrote.</summary>
    public static AlertReport Of(string text, AlertContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return new AlertReport { Title = text, Text = text, Host = context.Host };
    }

    // One that was the only one needs no number.
    private static string? Attempt(TableResult? table) => table?.Attempts > 1
        ? string.Create(CultureInfo.InvariantCulture, $"{table.Attempts} of {Math.Max(table.Attempts, table.Definition.Retry.Retries + 1)}")
        : null;

    // What they all say is said once.
    private static IReadOnlyList<string> EarlierErrors(TableResult? table, EltException? last) =>
    [
        .. (table?.FailedAttempts ?? [])
            .Where(attempt => attempt.Error.Message != last?.Message)
            .TakeLast(MostAttempts)
            .Select(attempt => attempt.ToString()),
    ];

    private static bool IsUnknown(Exception failure) => failure is EltException { Kind: EltErrorKind.Unknown };

    /// <summary>How a run ended, in the words of a title.</summary>
    internal static string Ended(RunStatus status, bool hasRecovered) => status switch
    {
        RunStatus.Succeeded when hasRecovered => "recovered",
        RunStatus.NothingToDo => "had nothing to do",
        RunStatus.Unknown => "has an unknown outcome",
        RunStatus.Cancelled => "was cancelled",
        RunStatus.Interrupted => "was interrupted",
        RunStatus.Running => "is running",
        _ => status.ToString().ToLowerInvariant(),
    };

    /// <summary>A step as messages have it.</summary>
    internal static string? Name(EltStep? step) => step?.ToString().ToLowerInvariant();

    /// <summary>All rows together; null if nobody counted any.</summary>
    internal static long? Sum(IEnumerable<long?> rows) => rows.Any(count => count is not null) ? rows.Sum(count => count ?? 0) : null;

    /// <summary>A line for each table, with its rows or else its status; of many only the first ones.</summary>
    internal static IReadOnlyList<string> Published(IReadOnlyList<(string Table, long? Rows, TableStatus Status)> tables)
    {
        var lines = tables.Take(MostTables).Select(table => table.Rows is { } rows
            ? string.Create(CultureInfo.InvariantCulture, $"{table.Table}: {rows:N0} {(rows == 1 ? "row" : "rows")}")
            : $"{table.Table}: {table.Status}");
        return tables.Count <= MostTables
            ? [.. lines]
            : [.. lines, string.Create(CultureInfo.InvariantCulture, $"and {tables.Count - MostTables} more")];
    }

    /// <summary>How many tables ended in which way, those that were not reached last.</summary>
    internal static string Counts(IEnumerable<TableStatus> tables) => string.Join(
        ", ",
        tables.GroupBy(status => status)
            .OrderBy(group => group.Key == TableStatus.Skipped)
            .ThenBy(group => group.Key)
            .Select(group => string.Create(CultureInfo.InvariantCulture, $"{group.Count()} {group.Key.ToString().ToLowerInvariant()}")));
}
