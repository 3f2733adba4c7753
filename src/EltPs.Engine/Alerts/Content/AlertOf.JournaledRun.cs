using System.Globalization;
using EltPs.Engine.Definitions;
using EltPs.Engine.Events;
using EltPs.Engine.Journal;

namespace EltPs.Engine.Alerts;

/// <content>Alerts of runs that are known from their journals only: those that died, and those that ended long ago.</content>
internal static partial class AlertOf
{
    /// <summary>Of a run in a journal, with the command that resumes it if it did not succeed.</summary>
    /// <param name="run">The run.</param>
    /// <param name="settings">The settings of its pipeline, as its file has them now; null if it has none.</param>
    public static Alert JournaledRun(JournaledRun run, AlertSettings? settings)
    {
        ArgumentNullException.ThrowIfNull(run);
        return run.IsSuccess || run.Status == RunStatus.Running
            ? Succeeded(Any(run, AlertOccasion.Success, settings), run)
            : Failed(Any(run, AlertOccasion.Failure, settings), run);
    }

    /// <summary>Of a run that was found interrupted when the next one began.</summary>
    /// <param name="run">The run.</param>
    /// <param name="settings">The settings of its pipeline.</param>
    /// <param name="isResumed">Whether the next run resumes it.</param>
    public static Alert Interruption(JournaledRun run, AlertSettings? settings, bool isResumed) => JournaledRun(run, settings) with
    {
        // The command would resume the next run by now, while that is at work. If that fails, its own alert has the command.
        NextCommand = null,
        Text = isResumed
            ? "The next run has started and resumes this one."
            : "The next run has started and builds the tables anew. If it fails, its own alert has the command that resumes it.",
    };

    private static Alert Failed(Alert alert, JournaledRun run)
    {
        // A run that died has no failed table; it has one that it was working on.
        var failed = run.FailedTable is null ? run.OpenTable : run.Tables.FirstOrDefault(table => table.Table == run.FailedTable);
        return alert with
        {
            Table = run.FailedTable ?? failed?.Table,
            Step = AlertWords.Name(run.FailedStep ?? failed?.Step),
            Error = run.Message,
            QueryId = run.QueryId,
            Rows = failed?.Rows,
            Attempt = failed?.Attempts > 1 ? failed.Attempts.ToString(CultureInfo.InvariantCulture) : null,
            Tables = run.Tables.Count == 0 ? [] : [Counts(run)],
            NextCommand = ResumeCommand.Of(run),
        };
    }

    // A table counts as interrupted if the journal does not say how its step ended; with PublishTogether there may be several.
    private static string Counts(JournaledRun run)
    {
        var ended = run.Tables.Where(table => !IsInterrupted(run, table)).Select(table => table.Status).ToList();
        var interrupted = run.Tables.Count - ended.Count;
        var counts = AlertWords.Counts(ended);
        return interrupted == 0
            ? counts
            : string.Create(CultureInfo.InvariantCulture, $"{interrupted} interrupted{(counts.Length > 0 ? ", " : string.Empty)}{counts}");
    }

    private static bool IsInterrupted(JournaledRun run, JournaledTable table) =>
        run.Status == RunStatus.Interrupted && table is { Step: not null, Status: TableStatus.Skipped };
}
