using EltPs.Engine.Events;

namespace EltPs.Engine.Scheduling;

/// <summary>The judgement whether the run that was due last happened and succeeded.</summary>
/// <param name="Status">What became of it.</param>
/// <param name="IsOverdue">Whether somebody should look: it failed or never began, or it still runs although its time is up.</param>
/// <param name="Interval">The interval that was judged; null if none was.</param>
/// <param name="OverdueFrom">From when on that interval's run is overdue: its end and the grace time; null if none was judged.</param>
/// <param name="Message">The judgement in words, with the zone's times.</param>
internal sealed record OverdueCheck(DueStatus Status, bool IsOverdue, DataInterval? Interval, DateTimeOffset? OverdueFrom, string Message)
{
    /// <summary>The longest grace time.</summary>
    public static TimeSpan LongestGrace { get; } = TimeSpan.FromDays(366);

    /// <summary>Judges the last due run.</summary>
    /// <remarks>
    /// An interval that ended within the grace time is judged if a run of it is remembered; else the judgement is about the last one that
    /// has no time left, so that a grace time longer than the interval does not hide everything.
    /// </remarks>
    /// <param name="schedule">The schedule.</param>
    /// <param name="history">What is remembered of runs.</param>
    /// <param name="now">The moment.</param>
    /// <param name="grace">How long after the interval's end its run may take to begin and to end; 0 for none.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="grace"/> is negative or above <see cref="LongestGrace"/>.</exception>
    public static OverdueCheck Judge(Schedule schedule, IntervalHistory history, DateTimeOffset now, TimeSpan grace)
    {
        ArgumentNullException.ThrowIfNull(schedule);
        ArgumentNullException.ThrowIfNull(history);
        ArgumentOutOfRangeException.ThrowIfLessThan(grace, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(grace, LongestGrace);
        var timeIsUp = now - grace;
        var tried = history.EndingWithin(timeIsUp, now).Select(run => Tried(schedule, run, now)).FirstOrDefault(found => found is not null);
        if ((tried ?? schedule.LastDue(timeIsUp)) is not { } interval)
        {
            var next = schedule.LastDue(now) ?? schedule.NextDue(now);
            return new OverdueCheck(
                DueStatus.NotDue,
                IsOverdue: false,
                null,
                null,
                next is null ? "No run is due." : $"No run is late: the first one is due at {ScheduleText.At(next.End, next.TimeZone)}.");
        }

        var overdueFrom = interval.End + grace;
        var status = StatusOf(history.StatusOf(interval));
        var isOverdue = status is DueStatus.Failed or DueStatus.Missed || (status == DueStatus.Running && now >= overdueFrom);
        return new OverdueCheck(
            status,
            isOverdue,
            interval,
            overdueFrom,
            $"The run for {interval}, due at {ScheduleText.At(interval.End, interval.TimeZone)}, "
                + $"{Describe(status, isOverdue, overdueFrom, interval.TimeZone)}");
    }

    // Of an interval that today's schedule has, and has made due.
    private static DataInterval? Tried(Schedule schedule, IntervalRun run, DateTimeOffset now) =>
        schedule.StartingAt(run.Start) is { } interval
        && interval.End == run.End
        && interval.End <= now
        && !(interval.Start < schedule.StartsAt)
        && !(interval.Start > schedule.EndsAt)
            ? interval
            : null;

    private static DueStatus StatusOf(RunStatus? status) => status switch
    {
        null => DueStatus.Missed,
        RunStatus.Succeeded => DueStatus.Succeeded,
        RunStatus.Running => DueStatus.Running,
        _ => DueStatus.Failed,
    };

    private static string Describe(DueStatus status, bool isOverdue, DateTimeOffset overdueFrom, string timeZone) => status switch
    {
        DueStatus.Succeeded => "succeeded.",
        DueStatus.Failed => "did not succeed. See what stopped it, and run it again.",
        DueStatus.Running when isOverdue => $"still runs, and should have ended by {ScheduleText.Moment(overdueFrom, timeZone)}.",
        DueStatus.Running => $"still runs; it has time until {ScheduleText.Moment(overdueFrom, timeZone)}.",
        _ => "never happened. See whether the scheduler starts this pipeline.",
    };
}
