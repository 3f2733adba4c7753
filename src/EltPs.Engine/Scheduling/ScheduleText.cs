using System.Globalization;
using EltPs.Engine.Definitions;

namespace EltPs.Engine.Scheduling;

/// <summary>
/// Writes moments for people: local time with its offset, because one local time may be two moments; the same on every machine.
/// </summary>
internal static class ScheduleText
{
    /// <summary>A moment and its zone.</summary>
    public static string At(DateTimeOffset moment, string timeZone) => $"{Moment(moment, timeZone)} ({timeZone})";

    /// <summary>Two moments and their zone.</summary>
    public static string Span(DateTimeOffset start, DateTimeOffset end, string timeZone) =>
        $"{Moment(start, timeZone)} to {At(end, timeZone)}";

    /// <summary>A moment alone; the reader knows the zone.</summary>
    public static string Moment(DateTimeOffset moment, string timeZone)
    {
        var form = moment.Second == 0 ? "yyyy-MM-dd HH:mm" : "yyyy-MM-dd HH:mm:ss";
        return moment.ToString(timeZone == SessionSettings.DefaultTimeZone ? form : form + " zzz", CultureInfo.InvariantCulture);
    }

    /// <summary>A day.</summary>
    public static string Day(DateTime day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>A number with the thousands set apart.</summary>
    public static string Count(int number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
