using EltPs.Engine.Definitions;
using EltPs.Engine.Journal;
using EltPs.Engine.Scheduling;

namespace EltPs.Engine.Alerts;

/// <content>Alerts of what a schedule test found.</content>
internal static partial class AlertOf
{
    /// <summary>Of a schedule test, whether the run is overdue or not.</summary>
    /// <param name="test">What was found.</param>
    /// <param name="context">Where the test ran; that need not be where the pipeline runs.</param>
    public static Alert OverdueRun(ScheduleTestResult test, AlertContext context)
    {
        ArgumentNullException.ThrowIfNull(test);
        ArgumentNullException.ThrowIfNull(context);
        var alert = new Alert
        {
            Occasion = test.IsLate ? AlertOccasion.Late : AlertOccasion.Success,
            Title = test.IsLate ? $"{test.Pipeline} is late: its run {AlertWords.Outcome(test)}" : $"{test.Pipeline} is not late",
            Pipeline = test.Pipeline,
            Text = test.StateProblem is { } problem ? $"{test.Message} {problem}" : test.Message,
            Interval = test.Interval?.ToString(),
            DueAt = test.Interval is { } interval ? ScheduleText.At(interval.End, interval.TimeZone) : null,
            StateFolder = test.StatePath,
            RunId = test.RunId,
            StartedAt = test.LastRun?.StartedAt,
            Connection = test.Connection,
            Host = context.Host,
            Settings = test.Alerts,
        };
        return test.IsLate
            ? alert with
            {
                Table = test.LastRun?.FailedTable ?? test.LastRun?.OpenTable?.Table,
                Step = AlertWords.Name(test.LastRun?.FailedStep ?? test.LastRun?.OpenTable?.Step),
                Error = test.Error,
                QueryId = test.LastRun?.QueryId,
                NextCommand = test.ResumeCommand ?? test.RunCommand,
            }
            : alert;
    }
}
