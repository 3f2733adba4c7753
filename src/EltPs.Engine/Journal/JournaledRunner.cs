using EltPs.Engine.Definitions;
using EltPs.Engine.Errors;
using EltPs.Engine.Events;
using EltPs.Engine.Runs;
using EltPs.Engine.Scheduling;
using EltPs.Engine.Warehouses;

namespace EltPs.Engine.Journal;

/// <summary>Runs a pipeline as the only one who does at that time, and writes down what happens.</summary>
/// <param name="provider">The type of warehouse that the pipeline's connection names.</param>
/// <param name="time">The clock.</param>
/// <param name="observer">Who sees what happens.</param>
/// <param name="state">Where the lock and the journal are.</param>
public sealed class JournaledRunner(IWarehouseProvider provider, TimeProvider time, IRunObserver observer, StateFolder state)
{
    private readonly StateFolder _state = state;

    /// <summary>
    /// Hears, before a run begins, that the last one was interrupted, and whether this one resumes it. Only the holder of the lock calls
    /// it: of two processes that start at once, one.
    /// </summary>
    public Func<JournaledRun, bool, CancellationToken, Task>? Interrupted { get; init; }

    /// <summary>
    /// Hears how the run ended, while the lock is still held: whoever waits for it finds what was noted of this run. It must not throw, and
    /// the result is what it was. Without a state folder that can be written there is no lock, and it is called all the same.
    /// </summary>
    public Func<RunResult, CancellationToken, Task>? Ended { get; init; }

    /// <summary>Hears of each run when everything about it is done, while the lock is still held.</summary>
    public Func<RunResult, Task>? Finished { get; init; }

    /// <summary>
    /// Runs the pipeline for each interval that is asked for, one after the other; the first run that does not succeed is the last one.
    /// </summary>
    /// <param name="pipeline">The pipeline.</param>
    /// <param name="request">Which runs, and how.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The last run; with the status NothingToDo if there was none.</returns>
    /// <exception cref="EltException">
    /// <see cref="EltErrorKind.RunHeld"/>: another run goes on. <see cref="EltErrorKind.ResumeRefused"/>: the run that is to be resumed
    /// cannot be read, or ran elsewhere. What <see cref="RunChoice.Choose"/> says of intervals.
    /// </exception>
    /// <exception cref="OperationCanceledException">Cancelled while it waited for another run; from then on the result tells.</exception>
    public async Task<RunResult> RunAsync(PipelineDefinition pipeline, RunRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(pipeline);
        ArgumentNullException.ThrowIfNull(request);
        using var held = await LockAsync(request.LockTimeout, cancellationToken);
        if (held is not null)
        {
            JournaledRun? latest = null;
            await NoteAsync(ledger => ledger.Settle(latest = new RunHistory(_state).Latest()));
            if (Interrupted is { } tell && latest is { Status: RunStatus.Interrupted } dead)
            {
                await tell(dead, request.Resume, cancellationToken);
            }
        }

        return request.Resume
            ? await ResumeAsync(pipeline, request.Options, held, cancellationToken)
            : await BeginAsync(pipeline, request, held, cancellationToken);
    }

    private async Task<RunResult> BeginAsync(
        PipelineDefinition pipeline,
        RunRequest request,
        PipelineLock? held,
        CancellationToken cancellationToken)
    {
        var runs = request.Choice.Choose(pipeline, () => new IntervalLedger(_state).History(pipeline), time.GetUtcNow());
        if (runs.Dates.Count == 0)
        {
            return await NothingAsync(pipeline, runs.Message!, cancellationToken);
        }

        var result = await RunAllAsync(pipeline, runs.Dates, request.Options with { RangeEnd = runs.RangeEnd }, held, cancellationToken);
        if (result is { IsSuccess: true, Interval: { } interval } && held is not null && LaterSuccess(pipeline, interval) is { } later)
        {
            var wayOut = later.End > time.GetUtcNow()
                ? "That one is not over yet: the clock of this machine was set back, or was ahead then. Set it right, and run without a "
                    + "date to publish the latest one."
                : "Run without a date to publish the latest one again.";
            await WarnAsync(
                $"{pipeline.Name}: what is published is now of the interval {interval}, older than one that succeeded before, {later}. "
                    + $"{wayOut}",
                cancellationToken);
        }

        return result;
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

    // Asked when the run has succeeded. That its ledger cannot be used has been told, and is no failure of the run.
    private IntervalRun? LastSuccess(PipelineDefinition pipeline)
    {
        try
        {
            return new IntervalLedger(_state).History(pipeline).LastSuccess;
        }
        catch (EltException)
        {
            return null;
        }
    }

    private async Task<RunResult> ResumeAsync(
        PipelineDefinition pipeline,
        RunOptions options,
        PipelineLock? held,
        CancellationToken cancellationToken)
    {
        if (RunResume.Find(_state) is not { } last)
        {
            var message = $"{pipeline.Name}: there is no run to resume: the last one succeeded, or there was none.";
            await WarnAsync(message, cancellationToken);
            return await NothingAsync(pipeline, message, cancellationToken);
        }

        RunResume.EnsureSameConnection(pipeline, last);
        pipeline = RunResume.Restore(pipeline, last);
        var runs = RunResume.Rest(pipeline, last, time.GetUtcNow());
        if (runs.Dates.Count == 0)
        {
            return await NothingAsync(pipeline, $"{pipeline.Name}: nothing is left of the range of run {last.RunId}.", cancellationToken);
        }

        if (Schedule.Of(pipeline)?.LatestComplete(time.GetUtcNow()) is { } latest
            && runs.Dates[^1].Interval is { } end
            && latest.Start > end.Start)
        {
            await WarnAsync(
                $"{pipeline.Name}: this resumes the interval {runs.Dates[0].Interval}, but a newer one is over: {latest}.",
                cancellationToken,
                Advice.RunAnew);
        }

        return await RunAllAsync(pipeline, runs.Dates, RunResume.Continue(options, last), held, cancellationToken);
    }

    private async Task<RunResult> RunAllAsync(
        PipelineDefinition pipeline,
        IReadOnlyList<RunDate> dates,
        RunOptions options,
        PipelineLock? held,
        CancellationToken cancellationToken)
    {
        var result = await RunOneAsync(pipeline, options.For(dates[0]), held, cancellationToken);
        foreach (var date in dates.Skip(1))
        {
            if (!result.IsSuccess)
            {
                break;
            }

            result = await RunOneAsync(pipeline, options.For(date) with { Resume = null }, held, cancellationToken);
        }

        return result;
    }

    private async Task<RunResult> RunOneAsync(
        PipelineDefinition pipeline,
        RunOptions options,
        PipelineLock? held,
        CancellationToken cancellationToken)
    {
        using var journal = new RunJournal(observer, _state, time, held);
        var result = await new PipelineRunner(provider, time, journal).RunAsync(pipeline, options, cancellationToken);
        if (held is not null)
        {
            await NoteAsync(ledger => ledger.Append(result, pipeline, options.IsPartial, time.GetUtcNow()));
        }

        result = result with { JournalPath = journal.FilePath };
        return await EndAsync(
            result with { ResumeCommand = result.IsSuccess ? null : ResumeCommand.Of(result) },
            cancellationToken);
    }

    private Task<RunResult> NothingAsync(PipelineDefinition pipeline, string message, CancellationToken cancellationToken) =>
        EndAsync(RunResult.Nothing(pipeline, message, time), cancellationToken);

    private async Task<RunResult> EndAsync(RunResult result, CancellationToken cancellationToken)
    {
        await (Ended?.Invoke(result, cancellationToken) ?? Task.CompletedTask);
        await (Finished?.Invoke(result) ?? Task.CompletedTask);
        return result;
    }

    // The tables matter more than the notes about them.
    private async Task NoteAsync(Action<IntervalLedger> note)
    {
        try
        {
            note(new IntervalLedger(_state));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            await WarnAsync(
                $"The ledger of intervals in {_state} cannot be written: {exception.Message} The run continues; what became of its "
                    + "interval may be unknown to the next scheduled start, which then runs it again.",
                CancellationToken.None);
        }
    }

    private ValueTask WarnAsync(string text, CancellationToken cancellationToken, Advice? advice = null) =>
        observer.OnEventAsync(new MessageRaised(MessageLevel.Warning, text) { Advice = advice }, cancellationToken);

    private async Task<PipelineLock?> LockAsync(TimeSpan timeout, CancellationToken cancellationToken)
    {
        try
        {
            return await PipelineLock.AcquireAsync(_state, timeout, time, cancellationToken);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // The tables matter more than the notes about them, and the compare of generations guards them from a run that overlaps.
            var warning =
                $"The state folder {_state} cannot be written: {exception.Message} The run continues without a journal and without a lock: "
                + "it cannot be resumed, and nothing but the compare of generations keeps another run from overlapping it.";
            await WarnAsync(warning, cancellationToken, Advice.MoveState);
            return null;
        }
    }
}
