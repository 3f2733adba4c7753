using EltPs.Engine.Scheduling;

namespace EltPs.Engine.Schedulers;

/// <summary>
/// When a scheduler that counts in one zone has to start a pipeline whose schedule counts in another: never less than it is due.
/// </summary>
/// <remarks>
/// The times of the schedule are turned into moments, with the clock changes of its zone, and read from the other zone's clock. So they
/// hold whatever the schedulers do about clock changes, if only they start whenever the clock shows the time.
/// </remarks>
internal sealed class StartTimes
{
    // In 28 years every day of the year falls on every day of week, and every kind of year comes.
    private const int Years = 28;

    // Clock changes come at the same times of day each year.
    private const int YearsOfChanges = 8;

    private readonly Schedule _schedule;
    private readonly ZoneClock _clock;
    private readonly DateOnly _first;
    private readonly DateOnly _end;
    private readonly DateOnly _endOfChanges;
    private readonly List<StartGroup> _groups = [];

    private StartTimes(Schedule schedule, TimeZoneInfo zone, int firstYear)
    {
        _schedule = schedule;
        _clock = new ZoneClock(zone);
        _first = new DateOnly(firstYear, 1, 1);
        _end = _first.AddYears(Years);
        _endOfChanges = _first.AddYears(YearsOfChanges);
    }

    /// <summary>The starts; a moment in any of them is one.</summary>
    public IReadOnlyList<StartGroup> Groups => _groups;

    /// <summary>Whether each of them is a time of the schedule.</summary>
    public bool IsExact { get; private set; } = true;

    /// <summary>
    /// Whether a run is due in an hour that the scheduler's clock shows for the second time. Some crons do not start again in it.
    /// </summary>
    public bool HasSecondPass { get; private set; }

    /// <summary>Whether the schedule has times that its own zone's clock skips, or shows twice.</summary>
    public bool MeetsClockChanges { get; private set; }

    /// <summary>Finds them.</summary>
    /// <param name="schedule">The schedule.</param>
    /// <param name="zone">The zone in which the scheduler counts.</param>
    /// <param name="firstYear">The year to begin with.</param>
    public static StartTimes Of(Schedule schedule, TimeZoneInfo zone, int firstYear)
    {
        var starts = new StartTimes(schedule, zone, firstYear);
        foreach (var part in schedule.Rule.Parts)
        {
            starts.Add(part);
        }

        return starts;
    }

    private void Add(Cronos.CronExpression part)
    {
        var dates = Dates(part);
        if (dates.Count == 0)
        {
            // Of 30 February or Monday, only the Mondays come.
            return;
        }

        var times = Times(part, dates.Min());
        var days = new List<(DateOnly Date, HashSet<(int Shift, int Time)> Starts)>();
        var known = new HashSet<(TimeSpan, TimeSpan)>();
        foreach (var date in dates)
        {
            if (Offsets(date) is { } offsets ? known.Add(offsets) : date < _endOfChanges)
            {
                days.Add((date, Starts(date, times)));
            }
        }

        var all = days.SelectMany(day => day.Starts).ToHashSet();
        IsExact &= days.TrueForAll(day => all.All(start => day.Starts.Contains(start) || IsSkipped(day.Date, start)));
        foreach (var shift in all.GroupBy(start => start.Shift, start => start.Time).OrderBy(shift => shift.Key))
        {
            var pattern = DayPattern.Of(
                dates.Select(date => date.AddDays(shift.Key)).ToHashSet(),
                _first.AddDays(shift.Key),
                _end.AddDays(shift.Key));
            IsExact &= pattern.IsExact;
            _groups.Add(new StartGroup(pattern, [.. shift.Order()]));
        }
    }

    private HashSet<DateOnly> Dates(Cronos.CronExpression part)
    {
        var dates = new HashSet<DateOnly>();
        var end = _end.ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc);
        for (var time = part.GetNextOccurrence(_first.ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc), inclusive: true); time < end;)
        {
            dates.Add(DateOnly.FromDateTime(time.Value));
            time = part.GetNextOccurrence(time.Value.Date.AddDays(1), inclusive: true);
        }

        return dates;
    }

    private static List<TimeOnly> Times(Cronos.CronExpression part, DateOnly date)
    {
        var begin = date.ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc);
        return [.. part.GetOccurrences(begin, begin.AddDays(1)).Select(TimeOnly.FromDateTime)];
    }

    // The offsets of both zones if nothing changes anywhere near that day.
    private (TimeSpan, TimeSpan)? Offsets(DateOnly date)
    {
        var before = new DateTimeOffset(date.AddDays(-1), TimeOnly.MinValue, TimeSpan.Zero);
        var after = before.AddDays(3);
        var (own, other) = (_schedule.Clock.At(before).Offset, _clock.At(before).Offset);
        return own == _schedule.Clock.At(after).Offset && other == _clock.At(after).Offset ? (own, other) : null;
    }

    private HashSet<(int Shift, int Time)> Starts(DateOnly date, List<TimeOnly> times)
    {
        var starts = new HashSet<(int, int)>();
        foreach (var time in times)
        {
            var reading = _schedule.Clock.Read(date.ToDateTime(time));
            MeetsClockChanges |= reading.IsSkipped || reading.IsRepeated;
            starts.Add(Start(date, reading.First));
            if (reading.IsRepeated && _schedule.Rule.IsInterval)
            {
                starts.Add(Start(date, reading.Last));
            }
        }

        return starts;
    }

    private (int Shift, int Time) Start(DateOnly date, DateTimeOffset moment)
    {
        var shown = _clock.At(moment).DateTime;
        HasSecondPass |= _clock.Read(shown) is { IsRepeated: true } reading && reading.Last == moment;
        return (DateOnly.FromDateTime(shown).DayNumber - date.DayNumber, (int)shown.TimeOfDay.TotalMinutes);
    }

    // A time that the scheduler's clock skips on that day starts nothing, so it is not one too many.
    private bool IsSkipped(DateOnly date, (int Shift, int Time) start) =>
        _clock.Read(date.AddDays(start.Shift).ToDateTime(TimeOnly.MinValue).AddMinutes(start.Time)).IsSkipped;
}
