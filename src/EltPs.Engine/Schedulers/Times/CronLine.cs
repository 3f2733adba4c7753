using System.Globalization;

namespace EltPs.Engine.Schedulers;

/// <summary>
/// The five fields of a cron line, as every cron and Jenkins read them: numbers, lists, ranges, and steps over all minutes or hours.
/// </summary>
internal static class CronLine
{
    /// <summary>The lines of some starts; together they are exactly these.</summary>
    public static IEnumerable<string> Of(StartGroup starts) => starts.Fields().Select(fields => string.Join(
        ' ',
        Time(fields.Minutes, 60),
        Time(fields.Hours, 24),
        starts.Days.HasDays ? List(starts.Days.Days) : "*",
        starts.Days.HasMonths ? List(starts.Days.Months) : "*",
        starts.Days.HasWeekdays ? List(starts.Days.Weekdays) : "*"));

    private static string Time(IReadOnlySet<int> numbers, int end) => NumberRuns.Step(numbers, end) switch
    {
        null => List(numbers),
        1 => "*",
        var step => string.Create(CultureInfo.InvariantCulture, $"*/{step}"),
    };

    private static string List(IEnumerable<int> numbers) =>
        NumberRuns.Text(numbers, "-", number => number.ToString(CultureInfo.InvariantCulture));
}
