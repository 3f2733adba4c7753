using System.Text.Json.Serialization;
using EltPs.Engine.Journal;
using EltPs.Engine.Scheduling;

namespace EltPs.Engine.Alerts;

/// <summary>An interval whose run was reported as overdue.</summary>
/// <param name="Start">Where it begins.</param>
/// <param name="End">Where it ends.</param>
/// <param name="Connection">The name and type of the connection on which its run was missed.</param>
/// <param name="RunId">The run that did not succeed; null if none was known.</param>
/// <param name="NotifiedAt">When an alert of it was last sent, in UTC.</param>
internal sealed record KnownOverdueRun(
    DateTimeOffset Start,
    DateTimeOffset End,
    string? Connection,
    string? RunId,
    [property: JsonPropertyName("ToldAt")] DateTimeOffset NotifiedAt)
{
    /// <summary>An overdue run that is reported now.</summary>
    public static KnownOverdueRun Of(ScheduleTestResult overdue, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(overdue);
        return new KnownOverdueRun(overdue.Interval!.Start, overdue.Interval.End, overdue.Connection, Failed(overdue), now);
    }

    /// <summary>Whether an overdue run is reported already with this one. A run that was missed, and then failed, is not.</summary>
    public bool Covers(ScheduleTestResult overdue)
    {
        ArgumentNullException.ThrowIfNull(overdue);
        if (overdue.Interval is not { } interval || overdue.Connection != Connection)
        {
            return false;
        }

        // A test with a longer grace time judges an earlier interval; two tests with different times must not report in turn.
        return interval.End < End
            || (interval.Start == Start && interval.End == End && (overdue.Status != LateStatus.Failed || Failed(overdue) == RunId));
    }

    private static string? Failed(ScheduleTestResult overdue) => overdue.Status == LateStatus.Failed ? overdue.RunId : null;
}
