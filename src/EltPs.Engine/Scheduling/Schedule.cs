using EltPs.Engine.Definitions;
using EltPs.Engine.Errors;
using EltPs.Engine.Events;

namespace EltPs.Engine.Scheduling;

/// <summary>A pipeline's schedule in its zone: the times that it names, and the intervals between them.</summary>
/// <remarks>
/// A time that clocks skip moves to the first moment after the gap. A time that clocks show twice counts once, the first time, unless the
/// minute or the hour has <c>*</c>, a range or a step: then it counts both times (Cronos README, "Daylight Saving Time").
/// </remarks>
public sealed class Schedule
{
    private readonly CronRule _rule;

    private Schedule(ScheduleDefinition definition, string expression, string timeZone)
    {
        _rule = CronRule.Parse(expression);
        Clock = new ZoneClock(TimeZoneInfo.FindSystemTimeZoneById(timeZone));
        Expression = expression;
        TimeZone = timeZone;
        Catchup = definition.Catchup;
        StartsAt = definition.StartDate is { } start ? Clock.Read(start).First : null;
        EndsAt = definition.EndDate is { } end ? Clock.Read(end).Last : null;
    }

    /// <summary>The preset or cron expression.</summary>
    public string Expression { get; }

    /// <summary>The zone as an IANA name.</summary>
    public string TimeZone { get; }

    /// <summary>Whether missed intervals are run later.</summary>
    public bool Catchup { get; }

    /// <summary>
    /// StartDate as a moment: no interval that begins before it is due. Of a local time that is repeated the first; null for no limit.
    /// </summary>
    public DateTimeOffset? StartsAt { get; }

    /// <summary>
    /// EndDate as a moment: no interval that begins after it is due. Of a local time that is repeated the last; null for no limit.
    /// </summary>
    public DateTimeOffset? EndsAt { get; }

    internal ZoneClock Clock { get; }

    internal CronRule Rule => _rule;

    /// <summary>The schedule of a pipeline; null if it is run by hand only.</summary>
    /// <param name="pipeline">The pipeline.</param>
    /// <exception cref="Cronos.CronFormatException">The definition was not made by reading a file, and its expression is none.</exception>
    /// <exception cref="TimeZoneNotFoundException">The definition was not made by reading a file, and its zone is none.</exception>
    public static Schedule? Of(PipelineDefinition pipeline)
    {
        ArgumentNullException.ThrowIfNull(pipeline);
        return Of(pipeline.Schedule, pipeline.Session.TimeZone);
    }

    /// <summary>A schedule in a zone; null if the definition has no expression.</summary>
    /// <inheritdoc cref="Of(PipelineDefinition)"/>
    /// <param name="definition">What the file says.</param>
    /// <param name="timeZone">The zone as an IANA name.</param>
    public static Schedule? Of(ScheduleDefinition definition, string timeZone)
    {
        ArgumentNullException.ThrowIfNull(definition);
        ArgumentNullException.ThrowIfNull(timeZone);
        return definition.Expression is { } expression ? new Schedule(definition, expression, timeZone) : null;
    }

    /// <summary>The schedule of a pipeline that must have one.</summary>
    /// <param name="pipeline">The pipeline.</param>
    /// <exception cref="EltException"><see cref="EltErrorKind.NotScheduled"/>: it has none.</exception>
    public static Schedule Require(PipelineDefinition pipeline) => Of(pipeline) ?? throw new EltException(
        EltErrorKind.NotScheduled,
            $"{pipeline.Name} has no Schedule, so it has no intervals and is never due.")
    {
        Subject = pipeline.Path,
        Advice = [Advice.Say("Add a Schedule such as '@daily' to the file, or run it by hand.")],
    };

    /// <summary>The latest interval that is over; StartDate and EndDate do not matter. What a run by hand is for.</summary>
    /// <param name="now">The moment. An interval is over from its end on.</param>
    /// <returns>The interval; null if the schedule names no two times before.</returns>
    public DataInterval? LatestComplete(DateTimeOffset now) =>
        TimeUpTo(now) is { } end && TimeUpTo(end.AddTicks(-1)) is { } start ? Interval(start, end) : null;

    /// <summary>The latest interval that is over and that StartDate and EndDate allow.</summary>
    /// <param name="now">The moment.</param>
    /// <returns>The interval; null if none was due yet.</returns>
    public DataInterval? LastDue(DateTimeOffset now)
    {
        var latest = LatestComplete(now);
        if (latest is not null && latest.Start > EndsAt)
        {
            latest = TimeUpTo(EndsAt.Value) is { } start ? StartingAt(start) : null;
        }

        return latest is null || latest.Start < StartsAt ? null : latest;
    }

    /// <summary>The interval that is due next within StartDate and EndDate; its run is due at its end.</summary>
    /// <param name="now">The moment.</param>
    /// <returns>The interval; null if there is none any more.</returns>
    public DataInterval? NextDue(DateTimeOffset now)
    {
        var from = TimeUpTo(now) ?? now;
        return From(StartsAt > from ? StartsAt.Value : from).FirstOrDefault() is { } next && !(next.Start > EndsAt) ? next : null;
    }

    /// <summary>The interval that begins at a moment; null if none does.</summary>
    /// <param name="start">The moment, in any offset.</param>
    public DataInterval? StartingAt(DateTimeOffset start) =>
        TimeUpTo(start) is { } time && time == start && TimeAfter(time) is { } end ? Interval(time, end) : null;

    /// <summary>
    /// All intervals that begin at a moment or later, the oldest first, without an end: they are found one by one while they are asked for.
    /// </summary>
    /// <param name="moment">The moment.</param>
    public IEnumerable<DataInterval> From(DateTimeOffset moment)
    {
        for (var start = TimeAfter(moment.AddTicks(-1)); start is not null;)
        {
            if (TimeAfter(start.Value) is not { } end)
            {
                yield break;
            }

            yield return Interval(start.Value, end);
            start = end;
        }
    }

    /// <summary>The last time of the schedule up to a moment, which may be that moment; null if there is none.</summary>
    internal DateTimeOffset? TimeUpTo(DateTimeOffset moment)
    {
        var now = Clock.At(moment);
        var reading = Clock.Read(now.DateTime);
        if (reading.IsRepeated && now == reading.Last)
        {
            if (_rule.IsInterval && _rule.Previous(now.DateTime) is { } repeated && repeated >= reading.OverlapStart)
            {
                return Clock.Read(repeated).Last;
            }

            return _rule.Previous(reading.OverlapEnd.AddTicks(-1)) is { } before ? Clock.Read(before).First : null;
        }

        if (_rule.Previous(now.DateTime) is not { } local)
        {
            return null;
        }

        var found = Clock.Read(local);
        return _rule.IsInterval && found.Last <= now ? found.Last : found.First;
    }

    /// <summary>The first time of the schedule after a moment; null if there is none.</summary>
    internal DateTimeOffset? TimeAfter(DateTimeOffset moment)
    {
        var now = Clock.At(moment);
        var reading = Clock.Read(now.DateTime);
        if (!reading.IsRepeated)
        {
            return FirstAfter(moment, _rule.Next(now.DateTime, inclusive: false));
        }

        var isFirstPass = now == reading.First;
        if ((isFirstPass || _rule.IsInterval) && _rule.Next(now.DateTime, inclusive: false) is { } same && same < reading.OverlapEnd)
        {
            return isFirstPass ? Clock.Read(same).First : Clock.Read(same).Last;
        }

        if (isFirstPass && _rule.IsInterval && _rule.Next(reading.OverlapStart, inclusive: true) is { } again && again < reading.OverlapEnd)
        {
            return Clock.Read(again).Last;
        }

        return FirstAfter(moment, _rule.Next(reading.OverlapEnd, inclusive: true));
    }

    // At the end of the calendar the clock stands still; whoever enumerates must come to an end there.
    private DateTimeOffset? FirstAfter(DateTimeOffset moment, DateTime? local) =>
        local is { } time && Clock.Read(time).First is var found && found > moment ? found : null;

    private DataInterval Interval(DateTimeOffset start, DateTimeOffset end) => new(start, end, TimeZone);
}
