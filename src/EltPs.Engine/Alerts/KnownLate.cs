using EltPs.Engine.Journal;
using EltPs.Engine.Scheduling;

namespace EltPs.Engine.Alerts;

/// <summary>An interval whose run was told to be late.</summary>
/// <param name="Start">Where it begins.</param>
/// <param name="End">Where it ends.</param>
/// <param name="Connection">The name and type of the connection on which its run was missed.</param>
/// <param name="RunId">The run that did not succeed; null if none was known.</param>
/// <param name="ToldAt">When it was last told, in UTC.</param>
public sealed record KnownLate(DateTimeOffset Start, DateTimeOffset End, string? Connection, string? RunId, DateTimeOffset ToldAt)
{
    /// <summary>A late run that is told now.</summary>
    public static KnownLate Of(ScheduleTestResult late, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(late);
        return new KnownLate(late.Interval!.Start, late.Interval.End, late.Connection, Failed(late), now);
    }

    /// <summary>Whether that is no news after this. A run that was missed, and then failed, is.</summary>
    public bool Covers(ScheduleTestResult late)
    {
        ArgumentNullException.ThrowIfNull(late);
        if (late.Interval is not { } interval || late.Connection != Connection)
        {
            return false;
        }

        // Who looks with a longer grace time judges an earlier interval; two of them must not shout in turn.
        return interval.End < End
            || (interval.Start == Start && interval.End == End && (late.Status != DueStatus.Failed || Failed(late) == RunId));
    }

    private static string? Failed(ScheduleTestResult late) => late.Status == DueStatus.Failed ? late.RunId : null;
}
