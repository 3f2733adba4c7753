using System.Globalization;
using EltPs.Engine.Definitions;
using EltPs.Engine.Events;
using EltPs.Engine.Journal;

namespace EltPs.Engine.Alerts;

/// <summary>Makes reports of runs that only their journals tell of: those that died, and those that are long over.</summary>
public static class JournaledRunReport
{
    /// <summary>Of a run, with the line that goes on with it if it did not succeed.</summary>
    /// <param name="run">The run.</param>
    /// <param name="slack">The settings of its pipeline, as its file has them now; null if it has none.</param>
    /// <param name="context">Where the message comes from; its host is not the run's.</param>
    public static AlertReport Of(JournaledRun run, SlackSettings? slack, AlertContext context)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(context);
        var report = new AlertReport
        {
            Occasion = run.Status is RunStatus.Succeeded or RunStatus.NothingToDo or RunStatus.Running
                ? AlertOccasion.Success
                : AlertOccasion.Failure,
            Title = $"{run.Pipeline} {AlertReports.Ended(run.Status, hasRecovered: false)}",
            Pipeline = run.Pipeline,
            Interval = run.Interval?.ToString(),
            Duration = run.Duration,
            RunId = run.RunId,
            StartedAt = run.StartedAt,
            Connection = run.Connection,
            Host = run.Host,
            Link = slack?.Link?.Fill(run.RunId, run.Pipeline, context.Variable),
        };
        return report.Occasion == AlertOccasion.Success
            ? report with
            {
                Rows = AlertReports.Sum(run.Tables.Select(table => table.Rows)),
                Tables = AlertReports.Published([.. run.Tables.Select(table => (table.Table, table.Rows, table.Status))]),
            }
            : Failed(report, run) with { Mentions = slack?.Mentions ?? [] };
    }

    /// <summary>Of a run that was found interrupted when the next one began.</summary>
    /// <param name="run">The run.</param>
    /// <param name="slack">The settings of its pipeline.</param>
    /// <param name="isResumed">Whether the next run goes on with it.</param>
    /// <param name="context">Where the message comes from.</param>
    public static AlertReport Of(JournaledRun run, SlackSettings slack, bool isResumed, AlertContext context) =>
        Of(run, slack, context) with
        {
            // The line would go on with the next run by now, and meet it at its work. If that ends badly, its own message has the line.
            Resume = null,
            Text = isResumed
            ? "The next run has begun, with -Resume: it goes on from there."
            : "The next run has begun and builds the tables anew. If it does not end well, its own message says how to go on.",
        };

    private static AlertReport Failed(AlertReport report, JournaledRun run)
    {
        // A run that died has no failed table; it has one that it was working on.
        var failed = run.FailedTable is null ? run.OpenTable : run.Tables.FirstOrDefault(table => table.Table == run.FailedTable);
        return report with
        {
            Table = run.FailedTable ?? failed?.Table,
            Step = AlertReports.Name(run.FailedStep ?? failed?.Step),
            Error = run.Message,
            QueryId = run.QueryId,
            Rows = failed?.Rows,
            Attempt = failed?.Attempts > 1 ? failed.Attempts.ToString(CultureInfo.InvariantCulture) : null,
            Tables = run.Tables.Count == 0 ? [] : [Counts(run)],
            Resume = ResumeCommand.Of(run),
        };
    }

    // The death met every table in a step of which the journal does not tell more; with PublishTogether those may be several.
    private static string Counts(JournaledRun run)
    {
        var ended = run.Tables.Where(table => !IsInterrupted(run, table)).Select(table => table.Status).ToList();
        var interrupted = run.Tables.Count - ended.Count;
        var counts = AlertReports.Counts(ended);
        return interrupted == 0
            ? counts
            : string.Create(CultureInfo.InvariantCulture, $"{interrupted} interrupted{(counts.Length > 0 ? ", " : string.Empty)}{counts}");
    }

    private static bool IsInterrupted(JournaledRun run, JournaledTable table) =>
        run.Status == RunStatus.Interrupted && table is { Step: not null, Status: TableStatus.Skipped };
}
