using System.Globalization;
using System.Xml.Linq;

namespace EltPs.Engine.Schedulers;

/// <summary>The triggers of a Task Scheduler task, in UTC.</summary>
/// <remarks>
/// Task Scheduler knows no zone but the machine's and UTC. A start boundary that ends with Z holds whatever the machine's zone and its
/// clock changes are ("ITrigger::put_StartBoundary method"). Whether the trigger's days are then those of UTC or of the machine is not
/// said, so both are among them.
/// </remarks>
internal static class TaskTrigger
{
    /// <summary>The namespace of all elements.</summary>
    public static readonly XNamespace Schema = "http://schemas.microsoft.com/windows/2004/02/mit/task";

    // A task has at most 48 triggers ("triggersType Complex Type").
    private const int MostTimes = 8;
    private const int Day = 24 * 60;

    // Any day in the past; 2 January 2000 was a Sunday.
    private const string Begin = "2000-01-02";

    private static readonly string[] Weekdays = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];

    /// <summary>The triggers of some starts. Together they start at least at these.</summary>
    /// <param name="starts">The starts, in UTC.</param>
    /// <param name="isExact">Whether they start at no other time.</param>
    public static IReadOnlyList<XElement> Of(StartGroup starts, out bool isExact)
    {
        var days = starts.Days.WithOneKindOfDay();
        isExact = days.IsExact && !(days.HasDays || days.HasWeekdays || days.HasMonths);
        if (starts.Times.Count <= MostTimes)
        {
            return [.. starts.Times.Select(time => Trigger(time, repetition: null, days))];
        }

        var first = starts.Times[0];
        var interval = starts.Times.Aggregate(Day, (divisor, time) => Gcd(divisor, time - first));
        var length = starts.Times[^1] - first + interval;
        isExact &= length / interval == starts.Times.Count;
        return [Trigger(first, Repetition(interval, Math.Min(length, Day)), days)];
    }

    // In the order of the schema: StartBoundary, Repetition, then the days.
    private static XElement Trigger(int time, XElement? repetition, DayPattern days) => new(
        Schema + "CalendarTrigger",
        new XElement(Schema + "StartBoundary", string.Create(CultureInfo.InvariantCulture, $"{Begin}T{time / 60:00}:{time % 60:00}:00Z")),
        repetition,
        Days(days));

    // A minute less than the last interval: whether a start at the very end counts is not said, and so none is there.
    private static XElement Repetition(int interval, int length) => new(
        Schema + "Repetition",
        new XElement(Schema + "Interval", Minutes(interval)),
        new XElement(Schema + "Duration", length == Day ? "P1D" : Minutes(length - interval + 1)),
        new XElement(Schema + "StopAtDurationEnd", "false"));

    private static XElement Days(DayPattern days)
    {
        if (days.HasWeekdays && !days.HasMonths)
        {
            var weekdays = days.Weekdays.SelectMany(day => new[] { day, (day + 1) % 7, (day + 6) % 7 }).Distinct().Order().ToList();
            if (weekdays.Count < 7)
            {
                return new XElement(
                    Schema + "ScheduleByWeek",
                    new XElement(Schema + "WeeksInterval", 1),
                    new XElement(Schema + "DaysOfWeek", weekdays.Select(day => new XElement(Schema + Weekdays[day]))));
            }
        }

        if (days.HasDays || days.HasMonths)
        {
            var dates = Around(days).ToList();
            return new XElement(
                Schema + "ScheduleByMonth",
                new XElement(
                    Schema + "DaysOfMonth",
                    dates.Select(date => date.Day).Distinct().Order().Select(day => new XElement(Schema + "Day", day))),
                new XElement(
                    Schema + "Months",
                    dates
                        .Select(date => date.Month)
                        .Distinct()
                        .Order()
                        .Select(month => new XElement(Schema + CultureInfo.InvariantCulture.DateTimeFormat.GetMonthName(month)))));
        }

        return new XElement(Schema + "ScheduleByDay", new XElement(Schema + "DaysInterval", 1));
    }

    // Four years have every date.
    private static IEnumerable<DateOnly> Around(DayPattern days)
    {
        var begin = new DateOnly(2000, 1, 1);
        return Enumerable.Range(0, (4 * 365) + 1)
            .Select(begin.AddDays)
            .Where(date => days.Months.Contains(date.Month) && days.Days.Contains(date.Day))
            .SelectMany(date => new[] { date.AddDays(-1), date, date.AddDays(1) });
    }

    private static string Minutes(int minutes) => string.Create(CultureInfo.InvariantCulture, $"PT{minutes}M");

    private static int Gcd(int first, int second) => second == 0 ? first : Gcd(second, first % second);
}
