namespace EltPs.Engine.Schedulers;

/// <summary>Starts at the same times on each of some days, by the clock of one zone.</summary>
/// <param name="Days">The days.</param>
/// <param name="Times">The times as minutes of the day, in their order.</param>
internal sealed record StartGroup(DayPattern Days, IReadOnlyList<int> Times)
{
    /// <summary>
    /// The times as minutes that some hours have in common: <c>*/15</c> with <c>6-18</c>. Together they are exactly the times.
    /// </summary>
    public IEnumerable<(IReadOnlySet<int> Minutes, IReadOnlySet<int> Hours)> Fields() => Times
        .GroupBy(time => time / 60, time => time % 60)
        .Select(hour => (Hour: hour.Key, Minutes: hour.ToHashSet()))
        .GroupBy(hour => string.Join(',', hour.Minutes.Order()), StringComparer.Ordinal)
        .Select(same => ((IReadOnlySet<int>)same.First().Minutes, (IReadOnlySet<int>)same.Select(hour => hour.Hour).ToHashSet()));

    /// <summary>The same minutes in every hour of the day.</summary>
    public StartGroup InEveryHour()
    {
        var minutes = Times.Select(time => time % 60).ToHashSet();
        return this with { Times = [.. Enumerable.Range(0, 24 * 60).Where(time => minutes.Contains(time % 60))] };
    }
}
