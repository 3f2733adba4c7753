using EltPs.Engine.Templates;

namespace EltPs.Engine.Scheduling;

/// <summary>What a run is dated with.</summary>
/// <param name="LogicalDate">The logical date, with the zone's offset.</param>
/// <param name="Interval">Its data interval; null for a run of a pipeline without a schedule.</param>
internal sealed record RunDate(DateTimeOffset LogicalDate, DataInterval? Interval)
{
    /// <summary>What SQL may ask of a run of that date, besides the run's id.</summary>
    public RunValues Values => new()
    {
        LogicalDate = LogicalDate,
        DataIntervalStart = Interval?.Start,
        DataIntervalEnd = Interval?.End,
    };

    /// <summary>The date of a run for an interval: where that begins.</summary>
    /// <param name="interval">The interval.</param>
    public static RunDate Of(DataInterval interval)
    {
        ArgumentNullException.ThrowIfNull(interval);
        return new RunDate(interval.LogicalDate, interval);
    }

    /// <summary>
    /// The date of a run that belongs to no interval: the moment when it was started, in the zone, without the fraction of the second.
    /// </summary>
    /// <param name="timeZone">The pipeline's zone as an IANA name.</param>
    /// <param name="startedAt">When it was started.</param>
    /// <exception cref="TimeZoneNotFoundException">This machine does not know the zone.</exception>
    public static RunDate ByHand(string timeZone, DateTimeOffset startedAt)
    {
        // Whole seconds can be written in SQL and on a command line as they are.
        var local = new ZoneClock(TimeZoneInfo.FindSystemTimeZoneById(timeZone)).At(startedAt);
        return new RunDate(local.AddTicks(-(local.Ticks % TimeSpan.TicksPerSecond)), Interval: null);
    }
}
