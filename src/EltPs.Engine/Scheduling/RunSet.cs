namespace EltPs.Engine.Scheduling;

/// <summary>The runs that a command means.</summary>
/// <param name="Dates">What they are dated with, in the order in which they run; none if there is nothing to do.</param>
/// <param name="Message">Why there is nothing to do, or what there is; null if that needs no words.</param>
internal sealed record RunSet(IReadOnlyList<RunDate> Dates, string? Message = null)
{
    /// <summary>Where the last interval begins, if they are several; null for a single run.</summary>
    public DateTimeOffset? RangeEnd => Dates.Count > 1 ? Dates[^1].LogicalDate : null;
}
