using System.Globalization;

namespace EltPs.Engine.Schedulers;

/// <summary>Writes values as systemd reads them from a unit.</summary>
internal static class SystemdText
{
    private static readonly string[] Weekdays = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

    /// <summary>A percent sign begins a specifier (systemd.unit, "Specifiers").</summary>
    public static string Plain(string text) => text.Replace("%", "%%", StringComparison.Ordinal);

    /// <summary>A word of a list of words (systemd.syntax, "Quoting").</summary>
    public static string Word(string text) =>
        $"\"{Plain(text).Replace(@"\", @"\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";

    /// <summary>An argument of a command line, in which a dollar sign begins a variable (systemd.service, "Command Lines").</summary>
    public static string Argument(string text) => Word(text).Replace("$", "$$", StringComparison.Ordinal);

    /// <summary>
    /// A path that is a whole value, which nothing quotes: blanks at its end are cut, and a backslash there would join the next line.
    /// </summary>
    public static string Path(string path) => Plain(path) + (char.IsWhiteSpace(path[^1]) || path[^1] == '\\' ? "/" : string.Empty);

    /// <summary>The calendar events of some starts (systemd.time, "Calendar Events").</summary>
    /// <param name="starts">The starts.</param>
    /// <param name="zone">The zone as an IANA name.</param>
    public static IEnumerable<string> Calendar(StartGroup starts, string zone)
    {
        // A week begins on Monday here.
        var weekdays = starts.Days.HasWeekdays
            ? List(starts.Days.Weekdays.Select(day => (day + 6) % 7), day => Weekdays[day]) + " "
            : string.Empty;
        var months = starts.Days.HasMonths ? List(starts.Days.Months, TwoDigits) : "*";
        var days = starts.Days.HasDays ? List(starts.Days.Days, TwoDigits) : "*";
        return starts
            .Fields()
            .Select(fields => $"{weekdays}*-{months}-{days} {Time(fields.Hours, 24)}:{Time(fields.Minutes, 60)}:00 {zone}");
    }

    private static string Time(IReadOnlySet<int> numbers, int end) => NumberRuns.Step(numbers, end) switch
    {
        null => List(numbers, TwoDigits),
        1 => "*",
        var step => string.Create(CultureInfo.InvariantCulture, $"00/{step}"),
    };

    private static string List(IEnumerable<int> numbers, Func<int, string> text) => NumberRuns.Text(numbers, "..", text);

    private static string TwoDigits(int number) => number.ToString("00", CultureInfo.InvariantCulture);
}
