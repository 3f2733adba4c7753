using System.Xml;
using System.Xml.Linq;

namespace EltPs.Tests.Schedulers;

/// <summary>A trigger of a task, and whether it starts at a moment, whatever zone its days are those of.</summary>
internal sealed class TaskStarts
{
    private static readonly XNamespace _schema = "http://schemas.microsoft.com/windows/2004/02/mit/task";

    // UTC, and the ends of the earth: a machine's day is the one or the other there.
    private static readonly TimeSpan[] _offsets = [TimeSpan.Zero, TimeSpan.FromHours(14), TimeSpan.FromHours(-11)];

    private readonly XElement _trigger;
    private readonly TimeSpan _begin;
    private readonly TimeSpan _interval;
    private readonly TimeSpan _duration;

    private TaskStarts(XElement trigger)
    {
        _trigger = trigger;
        var boundary = (string)trigger.Element(_schema + "StartBoundary")!;
        _begin = XmlConvert.ToDateTimeOffset(boundary).UtcDateTime.TimeOfDay;
        var repetition = trigger.Element(_schema + "Repetition");
        _interval = repetition is null ? TimeSpan.FromDays(1) : XmlConvert.ToTimeSpan((string)repetition.Element(_schema + "Interval")!);
        _duration = repetition is null ? TimeSpan.FromMinutes(1) : XmlConvert.ToTimeSpan((string)repetition.Element(_schema + "Duration")!);
    }

    /// <summary>The triggers of a task.</summary>
    public static IReadOnlyList<TaskStarts> Of(string xml) =>
        [.. XDocument.Parse(xml).Descendants(_schema + "CalendarTrigger").Select(trigger => new TaskStarts(trigger))];

    public bool IsStarted(DateTimeOffset moment)
    {
        var since = moment.UtcDateTime.TimeOfDay - _begin;
        since = since < TimeSpan.Zero ? since + TimeSpan.FromDays(1) : since;
        var begin = moment - since;
        return since.Ticks % _interval.Ticks == 0 && since < _duration && _offsets.All(offset => HasDay(begin.ToOffset(offset).Date));
    }

    private bool HasDay(DateTime day)
    {
        if (_trigger.Element(_schema + "ScheduleByWeek") is { } week)
        {
            return week.Element(_schema + "DaysOfWeek")!.Element(_schema + day.DayOfWeek.ToString()) is not null;
        }

        if (_trigger.Element(_schema + "ScheduleByMonth") is { } month)
        {
            return month.Element(_schema + "DaysOfMonth")!.Elements().Any(element => (int)element == day.Day)
                && month
                    .Element(_schema + "Months")!
                    .Element(_schema + day.ToString("MMMM", System.Globalization.CultureInfo.InvariantCulture))
                    is not null;
        }

        return (int?)_trigger.Element(_schema + "ScheduleByDay")?.Element(_schema + "DaysInterval") == 1;
    }
}
