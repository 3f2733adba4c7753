using System.Globalization;
using EltPs.Engine.Scheduling;

namespace EltPs.Tests.Schedulers;

/// <summary>A line of a crontab or of a Jenkins trigger, and whether it starts at a moment.</summary>
internal sealed class CronStarts
{
    private readonly HashSet<int>[] _fields;
    private readonly bool _hasStar;

    private CronStarts(string[] fields)
    {
        _fields =
        [
            Field(fields[0], 0, 59),
            Field(fields[1], 0, 23),
            Field(fields[2], 1, 31),
            Field(fields[3], 1, 12),
            Field(fields[4], 0, 6),
        ];
        _hasStar = fields[0].StartsWith('*') || fields[1].StartsWith('*');
        if (_fields[2].Count < 31 && _fields[4].Count < 7)
        {
            // cron would start on the days of either, Jenkins on those of both: nothing that is written here should depend on it, and
            // Jenkins has tests of its own.
            HasBothDays = true;
        }
    }

    public bool HasBothDays { get; }

    /// <summary>The lines of a text that have times; <c>@reboot</c> has none.</summary>
    public static IReadOnlyList<CronStarts> Of(IEnumerable<string> lines) =>
        [
            .. lines
                .Where(line => line.Length > 0 && line[0] is '*' or (>= '0' and <= '9'))
                .Select(line => new CronStarts(line.Split(' ')[..5])),
        ];

    /// <summary>
    /// Whether every cron starts it: also those that do not start a line without a star again in an hour that the clock repeats (cron(8),
    /// Debian, "NOTES").
    /// </summary>
    public bool IsStartedByAnyCron(DateTimeOffset moment, ZoneClock clock)
    {
        var shown = clock.At(moment);
        var reading = clock.Read(shown.DateTime);
        return Fits(shown.DateTime) && (_hasStar || !reading.IsRepeated || reading.First == moment);
    }

    /// <summary>Whether the fields fit a local time, all of them.</summary>
    public bool Fits(DateTime local) =>
        _fields[0].Contains(local.Minute)
        && _fields[1].Contains(local.Hour)
        && _fields[2].Contains(local.Day)
        && _fields[3].Contains(local.Month)
        && _fields[4].Contains((int)local.DayOfWeek);

    private static HashSet<int> Field(string text, int first, int last) => [.. text.Split(',').SelectMany(part =>
    {
        var (range, step) = part.Split('/') is [var head, var tail] ? (head, Number(tail)) : (part, 1);
                    var (from, to) =
                        range == "*" ? (first, last)
                        : range.Split('-') is [var low, var high] ? (Number(low), Number(high))
                        : (Number(range), Number(range));
        return Enumerable.Range(from, to - from + 1).Where(number => (number - from) % step == 0);
    })];

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
