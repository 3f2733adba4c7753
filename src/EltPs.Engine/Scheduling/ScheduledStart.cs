namespace EltPs.Engine.Scheduling;

/// <summary>Decides what a start by a scheduler is to do.</summary>
internal static class ScheduledStart
{
    /// <summary>Decides.</summary>
    /// <remarks>
    /// Without catch-up the latest interval that is over is due unless it succeeded. With it so are all before it that end after the latest
    /// success; if nothing has succeeded, all since the oldest one that was tried.
    /// </remarks>
    /// <param name="schedule">The schedule.</param>
    /// <param name="history">What is remembered of earlier runs.</param>
    /// <param name="now">The moment.</param>
    public static ScheduleDecision Decide(Schedule schedule, IntervalHistory history, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(schedule);
        ArgumentNullException.ThrowIfNull(history);
        var first = schedule.StartsAt is { } startsAt ? schedule.From(startsAt).FirstOrDefault() : null;
        if (first?.End > now && !(first.Start > schedule.EndsAt))
        {
            return new NotStartedYet(first);
        }

        if (schedule.LastDue(now) is not { } last)
        {
            return new Ended(null, HasSucceeded: false);
        }

        if (schedule.LatestComplete(now)!.Start > schedule.EndsAt && (history.HasSucceeded(last) || !schedule.Catchup))
        {
            return new Ended(last, history.HasSucceeded(last));
        }

        if (history.HasSucceeded(last))
        {
            return new UpToDate(last, schedule.NextDue(now));
        }

        if (!schedule.Catchup || last == first)
        {
            return new Due([last], HasMore: false);
        }

        return history.IsEmpty ? new NeedsFrom(first, last) : Missed(schedule, history, last);
    }

    private static Due Missed(Schedule schedule, IntervalHistory history, DataInterval last)
    {
        // Where the schedule was changed, the success may end within an interval of today's; what lies behind it is missing all the same.
        var begin = history.LastSuccessBefore(last.End) is { } end ? schedule.TimeUpTo(end) ?? end : history.Oldest!.Value;
        var from = Earlier(Later(begin, schedule.StartsAt), last.Start);
        var missed = schedule.From(from).TakeWhile(interval => interval.Start <= last.Start).Take(IntervalRange.Most + 1).ToList();
        return missed.Count > IntervalRange.Most ? new Due(missed[..IntervalRange.Most], HasMore: true) : new Due(missed, HasMore: false);
    }

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset? other) => other > one ? other.Value : one;

    private static DateTimeOffset Earlier(DateTimeOffset one, DateTimeOffset other) => other < one ? other : one;
}
