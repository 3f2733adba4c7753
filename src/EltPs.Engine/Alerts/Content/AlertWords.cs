using System.Globalization;
using EltPs.Engine.Events;
using EltPs.Engine.Journal;
using EltPs.Engine.Runs;
using EltPs.Engine.Scheduling;

namespace EltPs.Engine.Alerts;

/// <summary>The words that alerts of runs have in common.</summary>
internal static class AlertWords
{
    private const int MostTables = 20;

    /// <summary>How a run ended, in the words of a title.</summary>
    public static string Ended(RunStatus status, bool hasRecovered) => status switch
    {
        RunStatus.Succeeded when hasRecovered => "recovered",
        RunStatus.NothingToDo => "had nothing to do",
        RunStatus.Unknown => "has an unknown outcome",
        RunStatus.Cancelled => "was cancelled",
        RunStatus.Interrupted => "was interrupted",
        RunStatus.Running => "is running",
        _ => status.ToString().ToLowerInvariant(),
    };

    /// <summary>What became of a run, in the words of a sentence about it.</summary>
    public static string Outcome(ScheduleTestResult test) => (test.Status, test.LastRun) switch
    {
        (LateStatus.Failed, { } run) => Ended(run.Status, hasRecovered: false),
        (LateStatus.Failed, null) => "did not succeed",
        (LateStatus.Running, _) => "is still running",
        (LateStatus.Succeeded, _) => "succeeded",
        (LateStatus.Missed, _) => "never happened",
        _ => "was not due yet",
    };

    /// <summary>A step as messages have it.</summary>
    public static string? Name(EltStep? step) => step?.ToString().ToLowerInvariant();

    /// <summary>All rows together; null if none were counted.</summary>
    public static long? Sum(IEnumerable<long?> rows) => rows.Any(count => count is not null) ? rows.Sum(count => count ?? 0) : null;

    /// <summary>A line for each table, with its rows or else its status; of many only the first ones.</summary>
    public static IReadOnlyList<string> Published(IReadOnlyList<TableRecord> tables)
    {
        var lines = tables.Take(MostTables).Select(table => table.Rows is { } rows
            ? string.Create(CultureInfo.InvariantCulture, $"{table.Name}: {rows:N0} {(rows == 1 ? "row" : "rows")}")
            : $"{table.Name}: {table.Status}");
        return tables.Count <= MostTables
            ? [.. lines]
            : [.. lines, string.Create(CultureInfo.InvariantCulture, $"and {tables.Count - MostTables} more")];
    }

    /// <summary>How many tables ended in which way, those that were not reached last.</summary>
    public static string Counts(IEnumerable<TableStatus> tables) => string.Join(
        ", ",
        tables.GroupBy(status => status)
            .OrderBy(group => group.Key == TableStatus.Skipped)
            .ThenBy(group => group.Key)
            .Select(group => string.Create(CultureInfo.InvariantCulture, $"{group.Count()} {group.Key.ToString().ToLowerInvariant()}")));
}
