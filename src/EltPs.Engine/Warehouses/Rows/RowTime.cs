using System.Globalization;

namespace EltPs.Engine.Warehouses;

/// <summary>Dates and times of a warehouse as .NET's. What lies outside of the years 1 to 9999 is text in ISO order.</summary>
internal static class RowTime
{
    /// <summary>The least part of a second that .NET knows, in nanoseconds.</summary>
    public const int NanosOfTick = 100;

    private const int SecondsOfDay = 86_400;
    private const int NanosOfSecond = 1_000_000_000;
    private static readonly long FirstSecond = (DateTime.MinValue - DateTime.UnixEpoch).Ticks / TimeSpan.TicksPerSecond;
    private static readonly long LastSecond = (DateTime.MaxValue - DateTime.UnixEpoch).Ticks / TimeSpan.TicksPerSecond;

    /// <summary>
    /// The zone of a session; UTC if this machine does not know it, which changes how a moment is shown and not which it is.
    /// </summary>
    /// <param name="name">Its IANA name.</param>
    public static TimeZoneInfo Zone(string name) => TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone) ? zone : TimeZoneInfo.Utc;

    /// <summary>A date, at midnight and without a kind.</summary>
    /// <param name="days">The days since 1970-01-01.</param>
    public static object Date(long days) => IsKnown(days * SecondsOfDay)
        ? DateTime.SpecifyKind(DateTime.UnixEpoch.AddDays(days), DateTimeKind.Unspecified)
        : Day(days);

    /// <summary>A date and a time of no zone.</summary>
    /// <param name="seconds">The seconds since 1970-01-01 00:00:00, rounded down.</param>
    /// <param name="nanos">The nanoseconds within that second.</param>
    public static object Local(long seconds, int nanos) => IsKnown(seconds)
        ? DateTime.SpecifyKind(Utc(seconds, nanos), DateTimeKind.Unspecified)
        : Text(seconds, nanos);

    /// <summary>A moment, as the clock of a zone shows it.</summary>
    /// <param name="seconds">The seconds since 1970-01-01 00:00:00 UTC, rounded down.</param>
    /// <param name="nanos">The nanoseconds within that second.</param>
    /// <param name="zone">The zone.</param>
    public static object Instant(long seconds, int nanos, TimeZoneInfo zone)
    {
        ArgumentNullException.ThrowIfNull(zone);
        return IsKnown(seconds) ? At(seconds, nanos, zone.GetUtcOffset(Utc(seconds, nanos))) : Text(seconds, nanos) + "+00";
    }

    /// <summary>A moment, with the offset that it was written with.</summary>
    /// <param name="seconds">The seconds since 1970-01-01 00:00:00 UTC, rounded down.</param>
    /// <param name="nanos">The nanoseconds within that second.</param>
    /// <param name="offset">The offset.</param>
    public static object At(long seconds, int nanos, TimeSpan offset)
    {
        if (!IsKnown(seconds))
        {
            return Text(seconds, nanos) + "+00";
        }

        var moment = new DateTimeOffset(Utc(seconds, nanos));
        return IsKnown(seconds + (long)offset.TotalSeconds) ? moment.ToOffset(offset) : moment;
    }

    /// <summary>Seconds and nanoseconds of a number of smaller units.</summary>
    /// <param name="units">The number, from 1970-01-01 on.</param>
    /// <param name="unitsOfSecond">How many of them a second has.</param>
    public static (long Seconds, int Nanos) Split(long units, long unitsOfSecond)
    {
        var (seconds, rest) = Math.DivRem(units, unitsOfSecond);
        return rest < 0
            ? (seconds - 1, (int)((rest + unitsOfSecond) * (NanosOfSecond / unitsOfSecond)))
            : (seconds, (int)(rest * (NanosOfSecond / unitsOfSecond)));
    }

    private static bool IsKnown(long seconds) => seconds >= FirstSecond && seconds <= LastSecond;

    private static DateTime Utc(long seconds, int nanos) =>
        DateTime.UnixEpoch.AddTicks((seconds * TimeSpan.TicksPerSecond) + (nanos / NanosOfTick));

    private static string Text(long seconds, int nanos)
    {
        var days = Math.DivRem(seconds, SecondsOfDay, out var rest);
        if (rest < 0)
        {
            (days, rest) = (days - 1, rest + SecondsOfDay);
        }

        var fraction = nanos == 0
            ? string.Empty
            : "." + nanos.ToString("000000000", CultureInfo.InvariantCulture).TrimEnd('0');
        return $"{Day(days)} {TimeSpan.FromSeconds(rest).ToString("hh\\:mm\\:ss", CultureInfo.InvariantCulture)}{fraction}";
    }

    // The proleptic Gregorian calendar, in eras of 400 years that begin in March (Howard Hinnant, "chrono-Compatible Low-Level Date
    // Algorithms", civil_from_days).
    private static string Day(long days)
    {
        const int DaysOfEra = 146_097;
        var shifted = days + 719_468;
        var era = (shifted >= 0 ? shifted : shifted - (DaysOfEra - 1)) / DaysOfEra;
        var day = shifted - (era * DaysOfEra);
        var year = (day - (day / 1460) + (day / 36_524) - (day / (DaysOfEra - 1))) / 365;
        var dayOfYear = day - ((365 * year) + (year / 4) - (year / 100));
        var month = ((5 * dayOfYear) + 2) / 153;
        var dayOfMonth = dayOfYear - (((153 * month) + 2) / 5) + 1;
        month += month < 10 ? 3 : -9;
        year += (era * 400) + (month <= 2 ? 1 : 0);
        var shown = year > 0 ? year : 1 - year;
        return string.Create(CultureInfo.InvariantCulture, $"{shown:0000}-{month:00}-{dayOfMonth:00}{(year > 0 ? string.Empty : " (BC)")}");
    }
}
