using System.Globalization;

namespace EltPs.Progress;

/// <summary>Durations in words, for people.</summary>
internal static class DurationText
{
    /// <summary>With tenths below a minute: <c>0.2 s</c>, <c>1 min 5 s</c>, <c>2 h 3 min</c>.</summary>
    public static string Exact(TimeSpan duration) => duration.TotalSeconds < 0.05 ? "< 0.1 s"
        : duration.TotalSeconds < 59.95 ? string.Create(CultureInfo.InvariantCulture, $"{duration.TotalSeconds:0.0} s")
        : Whole(duration);

    /// <summary>In whole seconds, for what still runs: <c>42 s</c>, <c>1 min 5 s</c>, <c>2 h 3 min</c>.</summary>
    public static string Whole(TimeSpan duration) => duration switch
    {
        { TotalMinutes: < 1 } => string.Create(CultureInfo.InvariantCulture, $"{duration.Seconds} s"),
        { TotalHours: < 1 } => string.Create(CultureInfo.InvariantCulture, $"{duration.Minutes} min {duration.Seconds} s"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{(long)duration.TotalHours} h {duration.Minutes} min"),
    };
}
