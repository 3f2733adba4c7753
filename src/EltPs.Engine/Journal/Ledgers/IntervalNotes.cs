using EltPs.Engine.Definitions;
using EltPs.Engine.Errors;
using EltPs.Engine.Events;
using EltPs.Engine.Runs;
using EltPs.Engine.Scheduling;

namespace EltPs.Engine.Journal;

/// <summary>
/// What the holder of a pipeline's lock notes in the ledger of intervals, and reads there. A ledger that cannot be used is a warning: the
/// tables matter more than the notes about them.
/// </summary>
internal sealed class IntervalNotes(StateFolder state, TimeProvider time, IRunObserver observer)
{
    private readonly IntervalLedger _ledger = new(state);

    /// <summary>Notes what the last run could not; returns that run, null if there is none.</summary>
    public async Task<JournaledRun?> SettleAsync()
    {
        JournaledRun? latest = null;
        await NoteAsync(() => _ledger.Settle(latest = new RunHistory(state).Latest()));
        return latest;
    }

    /// <summary>Notes how a run ended.</summary>
    public Task AppendAsync(RunResult result) => NoteAsync(() => _ledger.Append(result, time.GetUtcNow()));

    /// <summary>Warns if a run has published an interval that is older than what was published before.</summary>
    public async Task WarnIfOlderAsync(PipelineDefinition pipeline, RunResult result, CancellationToken cancellationToken)
    {
        if (result is not { IsSuccess: true, Interval: { } interval } || LaterSuccess(pipeline, interval) is not { } later)
        {
            return;
        }

        var wayOut = later.End > time.GetUtcNow()
            ? "That one is not over yet: the clock of this machine was set back, or was ahead then. Set it right, and run without a "
                + "date to publish the latest one."
            : "Run without a date to publish the latest one again.";
        await WarnAsync(
            $"{pipeline.Name}: what is published is now of the interval {interval}, older than one that succeeded before, {later}. "
                + $"{wayOut}",
            cancellationToken);
    }

    private DataInterval? LaterSuccess(PipelineDefinition pipeline, DataInterval interval)
    {
        var now = time.GetUtcNow();
        if (LastSuccess(pipeline) is not { } last || last.End <= interval.End || Schedule.Of(pipeline) is not { } schedule)
        {
            return null;
        }

        // After a change of the schedule the latest interval may end before the last success; by a clock that was set back too, but then
        // that success is not over.
        return last.End > now || schedule.LatestComplete(now)?.Start > interval.Start
            ? new DataInterval(schedule.Clock.At(last.Start), schedule.Clock.At(last.End), interval.TimeZone)
            : null;
    }

    // Read when the run has succeeded. There was a warning already if the ledger cannot be used, and that is no failure of the run.
    private IntervalRun? LastSuccess(PipelineDefinition pipeline)
    {
        try
        {
            return _ledger.History(pipeline).LastSuccess;
        }
        catch (EltException)
        {
            return null;
        }
    }

    private async Task NoteAsync(Action note)
    {
        try
        {
            note();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            await WarnAsync(
                $"The ledger of intervals in {state} cannot be written: {exception.Message} The run continues; what became of its "
                    + "interval may be unknown to the next scheduled start, which then runs it again.",
                CancellationToken.None);
        }
    }

    private ValueTask WarnAsync(string text, CancellationToken cancellationToken) =>
        observer.OnEventAsync(new MessageRaised(MessageLevel.Warning, text), cancellationToken);
}
