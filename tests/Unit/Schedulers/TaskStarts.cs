using System.Xml;
using System.Xml.Linq;

namespace EltPs.Tests.Schedulers;

/// <summary>A trigger of a task, and whether it starts at a moment, whatever zone its days are those of.</summary>
internal sealed class TaskStarts
{
    private static readonly XNamespace Schema = "http://schemas.microsoft.com/windows/2004/02/mit/task";

    // UTC, and the ends of the earth: a machine's day is the one or the other there.
    private static readonly TimeSpan[] Offsets = [TimeSpan.Zero, TimeSpan.FromHours(14), TimeSpan.FromHours(-11)];

    private readonly XElement _trigger;
    private readonly TimeSpan _begin;
    private readonly TimeSpan _interval;
    private readonly TimeSpan _duration;

    private TaskStarts(XElement trigger)
    {
        _trigger = trigger;
        var boundary = (string)trigger.Element(Schema + "StartBoundary")!;
        _begin = XmlConvert.ToDateTimeOffset(boundary).UtcDateTime.TimeOfDay;
        var repetition = trigger.Element(Schema + "Repetition");
        _interval = repetition is null ? TimeSpan.FromDays(1) : XmlConvert.ToTimeSpan((string)repetition.Element(Schema + "Interval")!);
        _duration = repetition is null ? TimeSpan.FromMinutes(1) : XmlConvert.ToTimeSpan((string)repetition.Element(Schema + "Duration")!);
    }

    /// <summary>The triggers of a task.</summary>
    public static IReadOnlyList<TaskStarts> Of(string xml) =>
        [.. XDocument.Parse(xml).Descendants(Schema + "CalendarTrigger").Select(trigger => new TaskStarts(trigger))];

    public bool IsStarted(DateTimeOffset moment)
    {
        var since = moment.UtcDateTime.TimeOfDay - _begin;
        since = since < TimeSpan.Zero ? since + TimeSpan.FromDays(1) : since;
        var begin = moment - since;
        return since.Ticks % _interval.Ticks == 0 && since < _duration && Offsets.All(offset => HasDay(begin.ToOffset(offset).Date));
    }

    private bool HasDay(DateTime day)
    {
        if (_trigger.Element(Schema + "ScheduleByWeek") is { } week)
        {
            return week.Element(Schema + "DaysOfWeek")!.Element(Schema + day.DayOfWeek.ToString()) is not null;
        }

        if (_trigger.Element(Schema + "ScheduleByMonth") is { } month)
        {
            return month.Element(Schema + "DaysOfMonth")!.Elements().Any(element => (int)element == day.Day)
                && month
                    .Element(Schema + "Months")!
                    .Element(Schema + day.ToString("MMMM", System.Globalization.CultureInfo.InvariantCulture))
                    is not null;
        }

        return (int?)_trigger.Element(Schema + "ScheduleByDay")?.Element(Schema + "DaysInterval") == 1;
    }
}
