using EltPs.Engine.Definitions;
using EltPs.Engine.Errors;
using EltPs.Engine.Events;
using EltPs.Engine.Runs;
using EltPs.Engine.Scheduling;
using EltPs.Engine.Warehouses;

namespace EltPs.Engine.Journal;

/// <summary>Runs a pipeline under its lock, so that its runs never overlap, and writes down what happens.</summary>
/// <param name="provider">The type of warehouse that the pipeline's connection names.</param>
/// <param name="time">The clock.</param>
/// <param name="observer">Who sees what happens.</param>
/// <param name="state">Where the lock and the journal are.</param>
internal sealed class JournaledRunner(IWarehouseProvider provider, TimeProvider time, IRunObserver observer, StateFolder state)
{
    private readonly RunChooser _chooser = new(state, time, observer);
    private readonly IntervalNotes _notes = new(state, time, observer);

    /// <summary>
    /// Called before a run begins, if the last one was interrupted, with whether this one resumes it. Only the holder of the lock calls
    /// it: of two processes that start at once, one.
    /// </summary>
    public Func<JournaledRun, bool, CancellationToken, Task>? Interrupted { get; init; }

    /// <summary>
    /// Called when a run has ended, while the lock is still held: the next holder finds what was noted of this run. It must not throw, and
    /// does not change the result. Without a state folder that can be written there is no lock, and it is called all the same.
    /// </summary>
    public Func<RunResult, CancellationToken, Task>? Ended { get; init; }

    /// <summary>Called for each run when everything about it is done, while the lock is still held.</summary>
    public Func<RunResult, Task>? Finished { get; init; }

    /// <summary>
    /// Runs the pipeline for each interval that is asked for, one after the other; the first run that does not succeed is the last one.
    /// </summary>
    /// <param name="pipeline">The pipeline.</param>
    /// <param name="request">Which runs, and how.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The last run; with the status NothingToDo if there was none.</returns>
    /// <exception cref="EltException">
    /// <see cref="EltErrorKind.RunHeld"/>: another run has the lock. <see cref="EltErrorKind.ResumeRefused"/>: the run that is to be
    /// resumed cannot be read, or ran elsewhere. What <see cref="RunChoice.Choose"/> says of intervals.
    /// </exception>
    /// <exception cref="OperationCanceledException">Cancelled while it waited for another run; from then on the result tells.</exception>
    public async Task<RunResult> RunAsync(PipelineDefinition pipeline, RunRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(pipeline);
        ArgumentNullException.ThrowIfNull(request);
        using var held = await LockAsync(request.LockTimeout, cancellationToken);
        if (held is not null)
        {
            await SettleAsync(request.Resume, cancellationToken);
        }

        var chosen = await _chooser.ChooseAsync(pipeline, request, cancellationToken);
        if (chosen.Dates.Count == 0)
        {
            return await EndAsync(RunResult.Nothing(chosen.Pipeline, chosen.Message!, time), cancellationToken);
        }

        var result = await RunAllAsync(chosen, held, cancellationToken);
        if (held is not null && !request.Resume)
        {
            await _notes.WarnIfOlderAsync(pipeline, result, cancellationToken);
        }

        return result;
    }

    private async Task SettleAsync(bool isResumed, CancellationToken cancellationToken)
    {
        if (await _notes.SettleAsync() is { Status: RunStatus.Interrupted } dead && Interrupted is { } tell)
        {
            await tell(dead, isResumed, cancellationToken);
        }
    }

    private async Task<RunResult> RunAllAsync(ChosenRuns chosen, PipelineLock? held, CancellationToken cancellationToken)
    {
        // Only the first one resumes: the other intervals of the range begin anew.
        var result = await RunOneAsync(chosen.Pipeline, chosen.Options.For(chosen.Dates[0]), held, cancellationToken);
        foreach (var date in chosen.Dates.Skip(1).TakeWhile(_ => result.IsSuccess))
        {
            result = await RunOneAsync(chosen.Pipeline, chosen.Options.For(date) with { Resume = null }, held, cancellationToken);
        }

        return result;
    }

    private async Task<RunResult> RunOneAsync(
        PipelineDefinition pipeline,
        RunOptions options,
        PipelineLock? held,
        CancellationToken cancellationToken)
    {
        using var journal = new RunJournal(observer, state, time, held);
        var result = await new PipelineRunner(provider, time, journal).RunAsync(pipeline, options, cancellationToken);
        if (held is not null)
        {
            await _notes.AppendAsync(result);
        }

        result = result with { JournalPath = journal.FilePath };
        return await EndAsync(result with { ResumeCommand = result.IsSuccess ? null : ResumeCommand.Of(result) }, cancellationToken);
    }

    private async Task<RunResult> EndAsync(RunResult result, CancellationToken cancellationToken)
    {
        await (Ended?.Invoke(result, cancellationToken) ?? Task.CompletedTask);
        await (Finished?.Invoke(result) ?? Task.CompletedTask);
        return result;
    }

    private async Task<PipelineLock?> LockAsync(TimeSpan timeout, CancellationToken cancellationToken)
    {
        try
        {
            if (timeout != TimeSpan.Zero && PipelineLock.IsHeld(state, out var holder))
            {
                await observer.OnEventAsync(new LockAwaited(holder), cancellationToken);
            }

            return await PipelineLock.AcquireAsync(state, timeout, time, cancellationToken);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // The tables matter more than the notes about them, and the compare of generations guards them from a run that overlaps.
            var warning =
                $"The state folder {state} cannot be written: {exception.Message} The run continues without a journal and without a lock: "
                + "it cannot be resumed, and nothing but the compare of generations keeps another run from overlapping it.";
            await observer.OnEventAsync(
                new MessageRaised(MessageLevel.Warning, warning) { Advice = Advice.MoveState },
                cancellationToken);
            return null;
        }
    }
}
