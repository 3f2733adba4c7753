using EltPs.Engine.Events;
using EltPs.Engine.Journal;
using EltPs.Engine.Scheduling;

namespace EltPs.Engine.Alerts;

/// <summary>Decides whether a late run is news, and what is remembered once it was told.</summary>
internal static class LateNews
{
    /// <summary>Whether nobody was told of it within the time.</summary>
    /// <param name="late">The late run.</param>
    /// <param name="before">What was told before.</param>
    /// <param name="repeatAfter">How long it is not told again; zero for every time.</param>
    /// <param name="now">The time, in UTC.</param>
    public static bool IsNews(ScheduleTestResult late, AlertMemory before, TimeSpan repeatAfter, DateTimeOffset now) =>
        KnownFailure.IsDue(before.Late is { } known && known.Covers(late) ? known.ToldAt : null, repeatAfter, now)
        && KnownFailure.IsDue(Own(late, before)?.ToldAt, repeatAfter, now);

    /// <summary>What is remembered once it was told.</summary>
    /// <param name="late">The late run.</param>
    /// <param name="before">What was told before.</param>
    /// <param name="now">The time, in UTC.</param>
    public static AlertMemory Told(ScheduleTestResult late, AlertMemory before, DateTimeOffset now)
    {
        var failure = Own(late, before) ?? KnownFailure.Of(late).Following(before.Failure);
        return before with
        {
            Late = KnownLate.Of(late, now),
            Failure = failure with { ToldAt = now },

            // The next run need not tell of a death that is told already.
            InterruptedRunId = late.LastRun is { Status: RunStatus.Interrupted } dead ? dead.RunId : before.InterruptedRunId,
        };
    }

    // What the run itself has told, or was silent about because it had been told before.
    private static KnownFailure? Own(ScheduleTestResult late, AlertMemory before) =>
        late.Status == DueStatus.Failed && before.Failure is { } failure && failure.RunId == late.RunId ? failure : null;
}
