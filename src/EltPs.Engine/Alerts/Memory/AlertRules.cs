using EltPs.Engine.Definitions;
using EltPs.Engine.Events;
using EltPs.Engine.Journal;
using EltPs.Engine.Runs;
using EltPs.Engine.Scheduling;

namespace EltPs.Engine.Alerts;

/// <summary>Decides which alerts a channel is sent, from its settings and from what it was sent before.</summary>
internal sealed class AlertRules(AlertContext context, TimeProvider time)
{
    /// <summary>After a run.</summary>
    public AlertDecision AfterRun(RunResult result, ChannelSettings channel, AlertMemory before)
    {
        var failure = result.IsSuccess ? null : KnownFailure.Of(result).Following(before.Failure);

        // A run that built nothing has repaired nothing.
        var unsent = result.Status == RunStatus.NothingToDo ? before : before with { Failure = failure };
        if (Alert(result, channel, failure, before.Failure) is not { } alert)
        {
            return AlertDecision.Silent(unsent);
        }

        var sent = before with { Failure = failure is null ? null : failure with { NotifiedAt = time.GetUtcNow() } };
        return new AlertDecision(alert, sent, failure is null ? before : unsent);
    }

    /// <summary>When a run is found interrupted by the next one: once for each run, however long ago the last alert was.</summary>
    public AlertDecision AfterInterruption(
        JournaledRun run, AlertSettings settings, bool isResumed, ChannelSettings channel, AlertMemory before)
    {
        if (before.InterruptedRunId == run.RunId)
        {
            return AlertDecision.Silent(before);
        }

        var failure = KnownFailure.Of(run).Following(before.Failure);
        var unsent = before with { Failure = failure, InterruptedRunId = run.RunId };
        return Wants(channel, AlertOccasion.Failure)
            ? new AlertDecision(
                AlertOf.Interruption(run, settings, isResumed),
                unsent with { Failure = failure with { NotifiedAt = time.GetUtcNow() } },
                before)
            : AlertDecision.Silent(unsent);
    }

    /// <summary>After a schedule test: once for each interval whose run is overdue, and again after the time of RepeatAfter.</summary>
    public AlertDecision AfterTest(ScheduleTestResult test, ChannelSettings channel, AlertMemory before)
    {
        if (!test.IsLate || !Wants(channel, AlertOccasion.Late) || !IsDue(test, channel, before))
        {
            return AlertDecision.Silent(before);
        }

        var failure = OwnFailure(test, before) ?? KnownFailure.Of(test).Following(before.Failure);
        var sent = before with
        {
            Overdue = KnownOverdueRun.Of(test, time.GetUtcNow()),
            Failure = failure with { NotifiedAt = time.GetUtcNow() },

            // The next run need not report an interruption that is reported already.
            InterruptedRunId = test.LastRun is { Status: RunStatus.Interrupted } dead ? dead.RunId : before.InterruptedRunId,
        };
        return new AlertDecision(AlertOf.OverdueRun(test, context), sent, before);
    }

    private Alert? Alert(RunResult result, ChannelSettings channel, KnownFailure? failure, KnownFailure? known)
    {
        if (result.Status == RunStatus.NothingToDo)
        {
            return null;
        }

        if (failure is not null)
        {
            return Wants(channel, AlertOccasion.Failure) && failure.IsDue(channel.RepeatAfter, time.GetUtcNow())
                ? AlertOf.Run(result, context)
                : null;
        }

        return known is not null && Wants(channel, AlertOccasion.Recovery) ? AlertOf.Run(result, context, known)
            : Wants(channel, AlertOccasion.Success) ? AlertOf.Run(result, context)
            : null;
    }

    private bool IsDue(ScheduleTestResult test, ChannelSettings channel, AlertMemory before) =>
        KnownFailure.IsDue(
            before.Overdue is { } known && known.Covers(test) ? known.NotifiedAt : null,
            channel.RepeatAfter,
            time.GetUtcNow())
        && KnownFailure.IsDue(OwnFailure(test, before)?.NotifiedAt, channel.RepeatAfter, time.GetUtcNow());

    // The failure that the run itself has reported, or has not because it was reported before.
    private static KnownFailure? OwnFailure(ScheduleTestResult test, AlertMemory before) =>
        test.Status == LateStatus.Failed && before.Failure is { } failure && failure.RunId == test.RunId ? failure : null;

    private bool Wants(ChannelSettings channel, AlertOccasion occasion) =>
        channel.On.Contains(occasion) && AlertTarget.Of(channel, context).Length > 0;
}
