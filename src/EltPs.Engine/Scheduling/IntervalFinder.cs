using EltPs.Engine.Errors;
using EltPs.Engine.Files;

namespace EltPs.Engine.Scheduling;

/// <summary>Finds the interval that somebody names by its logical date.</summary>
internal static class IntervalFinder
{
    /// <summary>Finds the interval. StartDate and EndDate do not matter: whoever names a date means it.</summary>
    /// <param name="schedule">The schedule.</param>
    /// <param name="text">
    /// A day (<c>2025-01-10</c>): the one interval that begins on it. A time in the schedule's zone (<c>2025-01-10 06:00</c>) or with its
    /// offset (<c>2025-01-10 06:00 +01:00</c>, <c>2025-01-10T05:00Z</c>): the interval that begins exactly then.
    /// </param>
    /// <param name="now">The moment; an interval that is not over has not all its data.</param>
    /// <exception cref="EltException"><see cref="EltErrorKind.InvalidInterval"/>: it names none, more than one, or one that is not
    /// over.</exception>
    public static DataInterval Find(Schedule schedule, string text, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(schedule);
        var given = GivenDate.Parse(text);
        var found = given.IsDay ? OfDay(schedule, given, text) : OfTime(schedule, given, text);
        return found.End <= now
            ? found
            : throw Refused(
                $"The interval {found} is not over, so not all of its data is there; it can run from "
                    + $"{ScheduleText.At(found.End, schedule.TimeZone)} on.");
    }

    private static DataInterval OfDay(Schedule schedule, GivenDate day, string text)
    {
        var last = day.Last(schedule.Clock);
        var first = schedule.From(day.First(schedule.Clock)).FirstOrDefault();
        if (first is null || first.Start > last)
        {
            throw None(schedule, day, $"No interval of {schedule.Expression} begins on {ComplaintList.Show(text)} ({schedule.TimeZone})");
        }

        if (schedule.TimeUpTo(last) is { } latest && latest > first.Start)
        {
            throw Refused(
                $"More than one interval of {schedule.Expression} begins on {ComplaintList.Show(text)}, the first at "
                    + $"{ScheduleText.Moment(first.Start, schedule.TimeZone)} "
                    + $"and the last at {ScheduleText.At(latest, schedule.TimeZone)}; write the time too, or ask for all of the day as a "
                    + "range.");
        }

        return first;
    }

    private static DataInterval OfTime(Schedule schedule, GivenDate time, string text)
    {
        var first = schedule.StartingAt(time.First(schedule.Clock));
        var last = schedule.StartingAt(time.Last(schedule.Clock));
        if (first is not null && last is not null && first != last)
        {
            throw Refused(
                $"{ComplaintList.Show(text)} comes twice in {schedule.TimeZone}, because clocks are set back; write "
                    + $"{ComplaintList.Show(ScheduleText.Moment(first.Start, schedule.TimeZone))} or "
                    + $"{ComplaintList.Show(ScheduleText.Moment(last.Start, schedule.TimeZone))}.");
        }

        // A time that clocks skip names nothing, even if the schedule runs at the end of the gap: the run's logical date is what the clock
        // shows then.
        var isSkipped = time.Offset is null && schedule.Clock.Read(time.Local).IsSkipped;
        var why = isSkipped
            ? $"Clocks in {schedule.TimeZone} skip {ComplaintList.Show(text)}"
            : $"No interval of {schedule.Expression} begins at {ComplaintList.Show(text)} ({schedule.TimeZone})";
        return (isSkipped ? null : first ?? last) ?? throw None(schedule, time, why);
    }

    private static EltException None(Schedule schedule, GivenDate given, string why)
    {
        var moment = given.First(schedule.Clock);
        string[] nearest =
        [
            .. new[] { schedule.TimeUpTo(moment.AddTicks(-1)), schedule.TimeAfter(moment.AddTicks(-1)) }
                .OfType<DateTimeOffset>()
                .Select(start => ComplaintList.Show(ScheduleText.Moment(start, schedule.TimeZone))),
        ];
        return Refused(
            nearest.Length == 0 ? $"{why}, or at any other time." : $"{why}; the nearest begin at {string.Join(" and ", nearest)}.");
    }

    private static EltException Refused(string message) => new(EltErrorKind.InvalidInterval, message);
}
