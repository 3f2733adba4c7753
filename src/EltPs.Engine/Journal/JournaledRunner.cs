using EltPs.Engine.Definitions;
using EltPs.Engine.Errors;
using EltPs.Engine.Runs;
using EltPs.Engine.Warehouses;

namespace EltPs.Engine.Journal;

/// <summary>Runs a pipeline as the only one who does at that time, and writes down what happens.</summary>
public sealed class JournaledRunner
{
    private readonly IWarehouseProvider _provider;
    private readonly TimeProvider _time;
    private readonly IRunObserver _observer;
    private readonly StateFolder _state;

    /// <summary>Makes a runner.</summary>
    /// <param name="provider">The type of warehouse that the pipeline's connection names.</param>
    /// <param name="time">The clock.</param>
    /// <param name="observer">Who sees what happens.</param>
    /// <param name="state">Where the lock and the journal are.</param>
    public JournaledRunner(IWarehouseProvider provider, TimeProvider time, IRunObserver observer, StateFolder state)
    {
        _provider = provider;
        _time = time;
        _observer = observer;
        _state = state;
    }

    /// <summary>
    /// Hears, before a run begins, that the last one was interrupted, and whether this one resumes it. Only the holder of the lock calls it: of
    /// two processes that start at once, one.
    /// </summary>
    public Func<JournaledRun, bool, CancellationToken, Task>? Interrupted { get; init; }

    /// <summary>
    /// Hears how the run ended, while the lock is still held: whoever waits for it finds what was noted of this run. It must not throw, and the result
    /// is what it was. Without a state folder that can be written there is no lock, and it is called all the same.
    /// </summary>
    public Func<RunResult, CancellationToken, Task>? Ended { get; init; }

    /// <summary>Runs the pipeline.</summary>
    /// <param name="pipeline">The pipeline.</param>
    /// <param name="options">How to run.</param>
    /// <param name="resume">Whether to go on with the last run, if that did not succeed, instead of a new one.</param>
    /// <param name="lockTimeout">How long to wait for another run of the pipeline; zero for not at all.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <exception cref="EltException">
    /// <see cref="EltErrorKind.RunHeld"/>: another run goes on. <see cref="EltErrorKind.ResumeRefused"/>: the run that is to be resumed cannot be read, or
    /// ran elsewhere.
    /// </exception>
    /// <exception cref="OperationCanceledException">Cancelled while it waited for another run; from then on the result tells.</exception>
    public async Task<RunResult> RunAsync(
        PipelineDefinition pipeline, RunOptions options, bool resume, TimeSpan lockTimeout, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(pipeline);
        ArgumentNullException.ThrowIfNull(options);
        using var held = await LockAsync(lockTimeout, cancellationToken).ConfigureAwait(false);
        if (held is not null && Interrupted is { } tell && new RunHistory(_state).Latest() is { Status: RunStatus.Interrupted } dead)
        {
            await tell(dead, resume, cancellationToken).ConfigureAwait(false);
        }

        var result = await RunAsync(pipeline, options, resume, held, cancellationToken).ConfigureAwait(false);
        await (Ended?.Invoke(result, cancellationToken) ?? Task.CompletedTask).ConfigureAwait(false);
        return result;
    }

    private async Task<RunResult> RunAsync(
        PipelineDefinition pipeline, RunOptions options, bool resume, PipelineLock? held, CancellationToken cancellationToken)
    {
        if (resume)
        {
            if (RunResume.Find(_state) is not { } last)
            {
                return await NothingAsync(pipeline, cancellationToken).ConfigureAwait(false);
            }

            RunResume.EnsureSameConnection(pipeline, last);
            options = RunResume.Continue(options, last);
        }

        using var journal = new RunJournal(_observer, _state, _time, held);
        var result = await new PipelineRunner(_provider, _time, journal).RunAsync(pipeline, options, cancellationToken).ConfigureAwait(false);
        return result with { JournalPath = journal.FilePath };
    }

    private async Task<RunResult> NothingAsync(PipelineDefinition pipeline, CancellationToken cancellationToken)
    {
        var message = $"{pipeline.Name}: there is no run to resume: the last one succeeded, or there was none.";
        await _observer.OnEventAsync(new MessageRaised(MessageLevel.Warning, message), cancellationToken).ConfigureAwait(false);
        return new RunResult
        {
            RunId = RunId.New(_time),
            Pipeline = pipeline.Name,
            Path = pipeline.Path,
            Connection = pipeline.Session.Connection.ToString(),
            Status = RunStatus.NothingToDo,
            StartedAt = _time.GetUtcNow(),
            Duration = TimeSpan.Zero,
            Tables = [],
            Message = message,
            Alerts = pipeline.Alerts,
        };
    }

    private async Task<PipelineLock?> LockAsync(TimeSpan timeout, CancellationToken cancellationToken)
    {
        try
        {
            return await PipelineLock.AcquireAsync(_state, timeout, _time, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // The tables matter more than the notes about them, and the compare of generations guards them from a run that overlaps.
            var warning = $"The state folder {_state} cannot be written: {exception.Message} The run goes on without a journal and without a lock: "
                + "nobody can resume it, and nothing but the compare of generations keeps another run from overlapping it. Mend the folder, or name another one with -StatePath.";
            await _observer.OnEventAsync(new MessageRaised(MessageLevel.Warning, warning), cancellationToken).ConfigureAwait(false);
            return null;
        }
    }
}
