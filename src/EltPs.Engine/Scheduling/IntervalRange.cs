using EltPs.Engine.Errors;
using EltPs.Engine.Files;

namespace EltPs.Engine.Scheduling;

/// <summary>Finds the intervals of a backfill.</summary>
internal static class IntervalRange
{
    /// <summary>How many intervals one range, or one catch-up, has at most: 27 years of days, or more than a year of hours.</summary>
    public const int Most = 10_000;

    /// <summary>
    /// The intervals whose logical date lies in a range, the oldest first. StartDate and EndDate do not matter: whoever names dates means
    /// them.
    /// </summary>
    /// <param name="schedule">The schedule.</param>
    /// <param name="from">The first logical date, as for <see cref="IntervalFinder.Find"/>; of a day from its beginning on. It need
    /// not be one of the schedule.</param>
    /// <param name="to">The last logical date, included; of a day up to its end. Null for all up to now.</param>
    /// <param name="now">The moment: an interval that is not over is left out.</param>
    /// <returns>At least one interval.</returns>
    /// <exception cref="EltException">
    /// <see cref="EltErrorKind.InvalidInterval"/>: a text is no date, they are in the wrong order, or there is no interval that is over.
    /// <see cref="EltErrorKind.TooManyIntervals"/>: there are more than <see cref="Most"/>.
    /// </exception>
    public static IReadOnlyList<DataInterval> Between(Schedule schedule, string from, string? to, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(schedule);
        var first = GivenDate.Parse(from).First(schedule.Clock);
        var last = to is null ? now : GivenDate.Parse(to).Last(schedule.Clock);
        var range = $"from {ComplaintList.Show(from)} to {(to is null ? "now" : ComplaintList.Show(to))} ({schedule.TimeZone})";
        if (to is not null && first > last)
        {
            throw new EltException(EltErrorKind.InvalidInterval, $"The range {range} ends before it begins; write the earlier date first.");
        }

        var found = schedule.From(first).TakeWhile(interval => interval.Start <= last && interval.End <= now).Take(Most + 1).ToList();
        return found.Count switch
        {
            0 => throw None(schedule, first, range, now),
            > Most => throw new EltException(
                EltErrorKind.TooManyIntervals,
                $"{schedule.Expression} has more than {ScheduleText.Count(Most)} intervals {range}; take a shorter range, such as the one "
                    + $"up to {ScheduleText.Moment(found[Most - 1].Start, schedule.TimeZone)}."),
            _ => found,
        };
    }

    private static EltException None(Schedule schedule, DateTimeOffset first, string range, DateTimeOffset now)
    {
        var next = schedule.From(first).FirstOrDefault();
        var why =
            next is null ? "there is none after it either"
            : next.End > now ? $"the interval {next} is not over"
            : $"the next one is {next}";
        return new EltException(
            EltErrorKind.InvalidInterval,
            $"No interval of {schedule.Expression} that is over begins in the range {range}; {why}.");
    }
}
