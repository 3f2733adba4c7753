using EltPs.Engine.Definitions;
using EltPs.Engine.Journal;
using EltPs.Engine.Scheduling;

namespace EltPs.Engine.Alerts;

/// <summary>Makes reports of what somebody found who looked whether a run is late.</summary>
public static class LateReport
{
    /// <summary>Of a look.</summary>
    /// <param name="look">What was found.</param>
    /// <param name="context">Where somebody looked; that need not be where the pipeline runs.</param>
    public static AlertReport Of(ScheduleTestResult look, AlertContext context)
    {
        ArgumentNullException.ThrowIfNull(look);
        ArgumentNullException.ThrowIfNull(context);
        var slack = look.Alerts?.Slack;
        var report = new AlertReport
        {
            Occasion = look.IsLate ? AlertOccasion.Late : AlertOccasion.Success,
            Title = look.IsLate ? $"{look.Pipeline} is late: its run {Outcome(look)}" : $"{look.Pipeline} is not late",
            Pipeline = look.Pipeline,
            Text = look.StateProblem is { } problem ? $"{look.Message} {problem}" : look.Message,
            Interval = look.Interval?.ToString(),
            DueAt = look.Interval is { } interval ? ScheduleText.At(interval.End, interval.TimeZone) : null,
            StateFolder = look.StatePath,
            RunId = look.RunId,
            StartedAt = look.LastRun?.StartedAt,
            Connection = look.Connection,
            Host = context.Host,
            Link = slack?.Link?.Fill(look.RunId, look.Pipeline, context.Variable),
        };
        return look.IsLate
            ? report with
            {
                Table = look.LastRun?.FailedTable ?? look.LastRun?.OpenTable?.Table,
                Step = AlertReports.Name(look.LastRun?.FailedStep ?? look.LastRun?.OpenTable?.Step),
                Error = look.Error,
                QueryId = look.LastRun?.QueryId,
                Resume = look.ResumeCommand ?? look.RunCommand,
                Mentions = slack?.Mentions ?? [],
            }
            : report;
    }

    /// <summary>The status in the words of a sentence about the run.</summary>
    internal static string Outcome(ScheduleTestResult look) => (look.Status, look.LastRun) switch
    {
        (DueStatus.Failed, { } run) => AlertReports.Ended(run.Status, hasRecovered: false),
        (DueStatus.Failed, null) => "did not succeed",
        (DueStatus.Running, _) => "still goes on",
        (DueStatus.Succeeded, _) => "succeeded",
        (DueStatus.Missed, _) => "never happened",
        _ => "was not due yet",
    };
}
