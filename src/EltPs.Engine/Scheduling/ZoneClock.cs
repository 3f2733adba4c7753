namespace EltPs.Engine.Scheduling;

/// <summary>Reads a zone's wall clock in both directions: what it shows at a moment, and at which moments it shows a time.</summary>
/// <remarks>
/// Only <see cref="TimeZoneInfo.GetUtcOffset(DateTimeOffset)"/> is asked. What .NET tells of ambiguous and invalid times rests on
/// adjustment rules, and those are turned around where summer time is the standard one (Europe/Dublin) or a month takes an hour away
/// (Africa/Casablanca).
/// </remarks>
/// <param name="zone">The zone.</param>
internal sealed class ZoneClock(TimeZoneInfo zone)
{
    // Far enough from the ends of the calendar for a day and an offset to be added.
    private static readonly long Lowest = DateTime.MinValue.AddDays(3).Ticks;
    private static readonly long Highest = DateTime.MaxValue.AddDays(-3).Ticks;

    /// <summary>What the clock shows at a moment, with its offset from UTC.</summary>
    public DateTimeOffset At(DateTimeOffset moment)
    {
        var inside = FromTicks(moment.UtcTicks);
        return inside.ToOffset(zone.GetUtcOffset(inside));
    }

    /// <summary>At which moments the clock shows a time.</summary>
    /// <param name="local">The time; its kind does not matter.</param>
    public LocalReading Read(DateTime local)
    {
        var ticks = Math.Clamp(local.Ticks, Lowest, Highest);
        var earlier = FromTicks(ticks - TimeSpan.TicksPerDay);
        var later = FromTicks(ticks + TimeSpan.TicksPerDay);
        var before = zone.GetUtcOffset(earlier);
        var after = zone.GetUtcOffset(later);
        var first = FromTicks(ticks - before.Ticks);
        var second = FromTicks(ticks - after.Ticks);
        var isFirst = zone.GetUtcOffset(first) == before;
        var isSecond = zone.GetUtcOffset(second) == after;
        if (!isFirst && !isSecond)
        {
            var change = At(Change(earlier, later));
            return new LocalReading(change, change, IsSkipped: true, default, default);
        }

        if (before == after || !isFirst || !isSecond)
        {
            var only = At(isFirst ? first : second);
            return new LocalReading(only, only, IsSkipped: false, default, default);
        }

        var turn = Change(earlier, later).UtcTicks;
        return new LocalReading(
            At(first),
            At(second),
            IsSkipped: false,
            new DateTime(turn + after.Ticks),
            new DateTime(turn + before.Ticks));
    }

    // The first moment with the later offset. Clocks change twice a year or a month apart, so there is one change between two days.
    private DateTimeOffset Change(DateTimeOffset earlier, DateTimeOffset later)
    {
        var before = zone.GetUtcOffset(earlier);
        var (low, high) = (earlier.UtcTicks, later.UtcTicks);
        while (high - low > 1)
        {
            var middle = low + ((high - low) / 2);
            if (zone.GetUtcOffset(FromTicks(middle)) == before)
            {
                low = middle;
            }
            else
            {
                high = middle;
            }
        }

        return FromTicks(high);
    }

    private static DateTimeOffset FromTicks(long utcTicks) => new(Math.Clamp(utcTicks, Lowest, Highest), TimeSpan.Zero);
}
