namespace EltPs.Engine.Schedulers;

/// <summary>Days as a calendar's fields can say them: every day whose month, day of month and day of week are all among these.</summary>
/// <param name="Months">Months, 1 to 12.</param>
/// <param name="Days">Days of month, 1 to 31.</param>
/// <param name="Weekdays">Days of week, 0 (Sunday) to 6.</param>
/// <param name="IsExact">Whether it means no day that it was not made of.</param>
internal sealed record DayPattern(IReadOnlySet<int> Months, IReadOnlySet<int> Days, IReadOnlySet<int> Weekdays, bool IsExact)
{
    /// <summary>Whether it restricts the months.</summary>
    public bool HasMonths => Months.Count < 12;

    /// <summary>Whether it restricts the days of month.</summary>
    public bool HasDays => Days.Count < 31;

    /// <summary>Whether it restricts the days of week.</summary>
    public bool HasWeekdays => Weekdays.Count < 7;

    /// <summary>The narrowest pattern that has all of these days.</summary>
    /// <param name="dates">The days: all of them within the range.</param>
    /// <param name="first">The first day of the range.</param>
    /// <param name="end">The day behind the range. In 28 years every day of the year falls on every day of week.</param>
    public static DayPattern Of(IReadOnlySet<DateOnly> dates, DateOnly first, DateOnly end)
    {
        var pattern = new DayPattern(
            dates.Select(date => date.Month).ToHashSet(),
            dates.Select(date => date.Day).ToHashSet(),
            dates.Select(date => (int)date.DayOfWeek).ToHashSet(),
            IsExact: true);
        var count = 0;
        for (var date = first; date < end; date = date.AddDays(1))
        {
            count += pattern.Has(date) ? 1 : 0;
        }

        return pattern with { IsExact = count == dates.Count };
    }

    /// <summary>Whether it has a day.</summary>
    public bool Has(DateOnly date) => Months.Contains(date.Month) && Days.Contains(date.Day) && Weekdays.Contains((int)date.DayOfWeek);

    /// <summary>
    /// For a scheduler that cannot ask for day of month and day of week at once (cron runs on the days of either): the one that leaves
    /// fewer days.
    /// </summary>
    public DayPattern WithOneKindOfDay()
    {
        if (!HasDays || !HasWeekdays)
        {
            return this;
        }

        return Weekdays.Count / 7.0 <= Days.Count / 31.0
            ? this with { Days = Enumerable.Range(1, 31).ToHashSet(), IsExact = false }
            : this with { Weekdays = Enumerable.Range(0, 7).ToHashSet(), IsExact = false };
    }
}
