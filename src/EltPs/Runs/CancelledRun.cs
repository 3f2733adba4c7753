using System.Globalization;
using EltPs.Engine.Errors;
using EltPs.Engine.Events;
using EltPs.Engine.Names;
using EltPs.Engine.Runs;
using EltPs.Progress;

namespace EltPs.Runs;

/// <summary>The last words of a run that was cancelled: what was published, what was not, and how to resume.</summary>
internal static class CancelledRun
{
    private const int MostNames = 5;

    /// <summary>The error of a run that a signal, Ctrl+C or a stopped pipeline ended.</summary>
    public static EltException Error(RunResult run)
    {
        var published = Names(run, TableStatus.Published);
        var upToDate = Names(run, TableStatus.UpToDate);
        var unknown = Names(run, TableStatus.Unknown);
        var left = Names(run, TableStatus.Cancelled, TableStatus.Skipped, TableStatus.Failed);
        string[] lines =
        [
            Line($"Published: {published.Count} of {run.Tables.Count}", published),
            .. upToDate.Count == 0 ? [] : new[] { Line($"Up to date before: {upToDate.Count}", upToDate) },
            .. unknown.Count == 0 ? [] : new[] { Line($"Not known: {unknown.Count}", unknown) },
            Line($"Not published: {left.Count}", left),
        ];
        return new EltException(EltErrorKind.Cancelled, $"cancelled{Where(run)}.")
        {
            Subject = run.Pipeline,
            Consequences = [string.Join('\n', lines)],
            Advice = run.ResumeCommand is { } command ? [Advice.Say($"To resume: {command}")] : [],
        };
    }

    private static string Where(RunResult run) => run switch
    {
        { FailedTable: { } table, FailedStep: { } step } => $" while {StepWords.Doing(step)} {table}",
        { FailedTable: { } table } => $" at {table}",
        _ => "",
    };

    private static List<TableName> Names(RunResult run, params TableStatus[] statuses) =>
        [.. run.Tables.Where(table => statuses.Contains(table.Status)).Select(table => table.Table)];

    private static string Line(string what, List<TableName> tables) =>
        string.Create(CultureInfo.InvariantCulture, $"{what}{(tables.Count == 0 ? "" : $" ({NameList.Of(tables, MostNames)})")}.");
}
