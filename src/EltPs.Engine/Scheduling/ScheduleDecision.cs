namespace EltPs.Engine.Scheduling;

/// <summary>
/// What a scheduled start is to do: one of <see cref="NotStartedYet"/>, <see cref="Ended"/>, <see cref="UpToDate"/>, <see cref="Due"/> and
/// <see cref="NeedsFrom"/>.
/// </summary>
internal abstract record ScheduleDecision
{
    // Nobody else can add a case, so a switch over the five is complete.
    private protected ScheduleDecision(string message) => Message = message;

    /// <summary>The decision in words, for people, with the zone's times.</summary>
    public string Message { get; }

    /// <summary>The decision in words.</summary>
    public sealed override string ToString() => Message;
}

/// <summary>Nothing is to be done: the first interval since StartDate is not over.</summary>
/// <param name="First">The first interval; its end is when the first run is due.</param>
internal sealed record NotStartedYet(DataInterval First)
    : ScheduleDecision(
        $"Nothing to do: the pipeline has not started yet. Its first interval is {First}, so its first run is due at "
            + $"{ScheduleText.At(First.End, First.TimeZone)}.");

/// <summary>Nothing is to be done any more: every interval that begins up to EndDate is behind.</summary>
/// <param name="Last">The last interval; null if none begins between StartDate and EndDate.</param>
/// <param name="HasSucceeded">Whether that one is known to have succeeded.</param>
internal sealed record Ended(DataInterval? Last, bool HasSucceeded)
    : ScheduleDecision(
        Last is null ? "Nothing to do: no interval begins between StartDate and EndDate. Set them further apart, or take one away."
        : HasSucceeded ? $"Nothing to do: the pipeline has ended. Its last interval, {Last}, succeeded."
        : $"Nothing to do: the pipeline has ended. Its last interval, {Last}, is not known to have succeeded; if its data is missing, run "
            + "it by its logical date.");

/// <summary>Nothing is to be done: the last due interval succeeded.</summary>
/// <param name="Last">That interval.</param>
/// <param name="Next">The interval that is due next; null if there is none.</param>
internal sealed record UpToDate(DataInterval Last, DataInterval? Next) : ScheduleDecision(
    $"Nothing to do: the interval {Last} already succeeded. "
    + (Next is null ? "It was the last one." : $"The next run is due at {ScheduleText.At(Next.End, Next.TimeZone)}."));

/// <summary>Intervals are to be run.</summary>
/// <param name="Intervals">The intervals, the oldest first; at least one. Run them in this order and stop at the first failure.</param>
/// <param name="HasMore">Whether more are due than one start runs; the next start continues behind these.</param>
internal sealed record Due(IReadOnlyList<DataInterval> Intervals, bool HasMore) : ScheduleDecision(Describe(Intervals, HasMore))
{
    private static string Describe(IReadOnlyList<DataInterval> intervals, bool hasMore) => intervals is [var only]
        ? $"Due is the interval {only}."
        : $"Due are {ScheduleText.Count(intervals.Count)} intervals, the first {intervals[0]}, the last {intervals[^1]}."
            + (hasMore ? " There are more, which the next start runs." : string.Empty);
}

/// <summary>
/// Nothing can be decided: missed intervals are to be run, but nothing is remembered of earlier runs, so which ones is not known.
/// </summary>
/// <param name="First">The first interval since StartDate; null without a StartDate.</param>
/// <param name="Last">The last due interval.</param>
internal sealed record NeedsFrom(DataInterval? First, DataInterval Last) : ScheduleDecision(
    "Catchup is on, but no run of an interval is remembered here, so which ones were missed is not known.")
{
    /// <summary>The intervals to begin with, in words.</summary>
    public string Choices =>
        (First is null ? string.Empty : $"'{ScheduleText.Moment(First.Start, First.TimeZone)}' for all since StartDate, or ")
        + $"'{ScheduleText.Moment(Last.Start, Last.TimeZone)}' for the last due one only ({Last.TimeZone}). Later starts need no such "
        + "date.";
}
