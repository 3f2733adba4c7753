using System.Globalization;
using EltPs.Engine.Definitions;
using EltPs.Engine.Errors;
using EltPs.Engine.Names;
using EltPs.Engine.Runs;
using EltPs.Engine.Steps;

namespace EltPs.Engine.Alerts;

/// <summary>Makes reports of what happened.</summary>
public static class AlertReports
{
    private const int MostTables = 20;

    /// <summary>Of a run.</summary>
    /// <param name="result">The run.</param>
    /// <param name="context">Where it ran.</param>
    /// <param name="before">The failure that it ends, if it does; null if it does not.</param>
    public static AlertReport Of(RunResult result, AlertContext context, KnownFailure? before = null)
    {
        ArgumentNullException.ThrowIfNull(result);
        ArgumentNullException.ThrowIfNull(context);
        var failed = result.Tables.FirstOrDefault(table => table.FailedStep is not null);
        var report = new AlertReport
        {
            Occasion = !result.IsSuccess ? AlertOccasion.Failure : before is null ? AlertOccasion.Success : AlertOccasion.Recovery,
            Title = $"{result.Pipeline} {Ended(result.Status, before is not null)}",
            Pipeline = result.Pipeline,
            Duration = result.Duration,
            RunId = result.RunId,
            StartedAt = result.StartedAt,
            Connection = result.Connection,
            Host = context.Host,
            Link = result.Alerts?.Slack?.Link?.Fill(result.RunId, result.Pipeline, context.Variable),
        };
        return result.IsSuccess
            ? report with { Rows = Sum(result.Tables), Tables = Published(result.Tables), Text = before?.Describe() }
            : report with
            {
                Table = result.FailedTable?.ToString(),
                Step = Name(result.FailedStep),
                Error = result.Error?.Message ?? failed?.Message,
                QueryId = result.Error?.QueryId,
                Rows = failed?.Rows,
                Tables = result.Tables.Count == 0 ? [] : [Counts(result.Tables)],
                Resume = Resume(result.Path, context.StatePath),
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
    public static AlertReport Of(Exception failure, TableDefinition definition, EltStep? step, StagedTable? staged, long? rows, AlertContext context)
    {
        ArgumentNullException.ThrowIfNull(definition);
        return Of(failure, definition.Name, context) with
        {
            Title = $"{definition.Pipeline ?? definition.Name.ToString()} {(IsUnknown(failure) ? Ended(RunStatus.Unknown, false) : Ended(RunStatus.Failed, false))}",
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

    private static bool IsUnknown(Exception failure) => failure is EltException { Kind: EltErrorKind.Unknown };

    private static string Ended(RunStatus status, bool hasRecovered) => status switch
    {
        RunStatus.Succeeded when hasRecovered => "recovered",
        RunStatus.NothingToDo => "had nothing to do",
        RunStatus.Unknown => "has an unknown outcome",
        RunStatus.Cancelled => "was cancelled",
        _ => status.ToString().ToLowerInvariant(),
    };

    private static string? Name(EltStep? step) => step?.ToString().ToLowerInvariant();

    private static long? Sum(IReadOnlyList<TableResult> tables) => tables.Any(table => table.Rows is not null) ? tables.Sum(table => table.Rows ?? 0) : null;

    private static IReadOnlyList<string> Published(IReadOnlyList<TableResult> tables)
    {
        var lines = tables.Take(MostTables).Select(table => table.Rows is { } rows
            ? string.Create(CultureInfo.InvariantCulture, $"{table.Table}: {rows:N0} {(rows == 1 ? "row" : "rows")}")
            : $"{table.Table}: {table.Status}");
        return tables.Count <= MostTables
            ? [.. lines]
            : [.. lines, string.Create(CultureInfo.InvariantCulture, $"and {tables.Count - MostTables} more")];
    }

    private static string Counts(IReadOnlyList<TableResult> tables) => string.Join(
        ", ",
        tables.GroupBy(table => table.Status)
            .OrderBy(group => group.Key == TableStatus.Skipped)
            .ThenBy(group => group.Key)
            .Select(group => string.Create(CultureInfo.InvariantCulture, $"{group.Count()} {group.Key.ToString().ToLowerInvariant()}")));

    private static string Resume(string path, string? statePath) =>
        $"Invoke-EltPipeline -Config {Quote(path)} -Resume{(string.IsNullOrEmpty(statePath) ? string.Empty : $" -StatePath {Quote(statePath)}")}";

    // All of PowerShell's single quotes end a text in single quotes.
    private static string Quote(string text) =>
        $"'{string.Concat(text.Select(letter => letter is '\'' or '\u2018' or '\u2019' or '\u201a' or '\u201b' ? $"{letter}{letter}" : letter.ToString()))}'";
}
