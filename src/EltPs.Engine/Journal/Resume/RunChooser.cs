using EltPs.Engine.Definitions;
using EltPs.Engine.Events;
using EltPs.Engine.Runs;
using EltPs.Engine.Scheduling;

namespace EltPs.Engine.Journal;

/// <summary>Finds the runs that a request means: new ones, or those that resume the last one.</summary>
internal sealed class RunChooser(StateFolder state, TimeProvider time, IRunObserver observer)
{
    public async Task<ChosenRuns> ChooseAsync(PipelineDefinition pipeline, RunRequest request, CancellationToken cancellationToken) =>
        request.Resume ? await ResumedAsync(pipeline, request.Options, cancellationToken) : Anew(pipeline, request);

    private ChosenRuns Anew(PipelineDefinition pipeline, RunRequest request)
    {
        var runs = request.Choice.Choose(pipeline, () => new IntervalLedger(state).History(pipeline), time.GetUtcNow());
        return new ChosenRuns(pipeline, request.Options with { RangeEnd = runs.RangeEnd }, runs.Dates, runs.Message);
    }

    private async Task<ChosenRuns> ResumedAsync(PipelineDefinition pipeline, RunOptions options, CancellationToken cancellationToken)
    {
        if (RunResume.Find(state) is not { } last)
        {
            var message = $"{pipeline.Name}: there is no run to resume: the last one succeeded, or there was none.";
            return new ChosenRuns(pipeline, options, [], message);
        }

        RunResume.EnsureSameConnection(pipeline, last);
        var restored = RunResume.Restore(pipeline, last);
        var runs = RunResume.Rest(restored, last, time.GetUtcNow());
        if (runs.Dates.Count == 0)
        {
            return new ChosenRuns(restored, options, [], $"{restored.Name}: nothing is left of the range of run {last.RunId}.");
        }

        if (Schedule.Of(restored)?.LatestComplete(time.GetUtcNow()) is { } latest
            && runs.Dates[^1].Interval is { } end
            && latest.Start > end.Start)
        {
            await WarnAsync(
                $"{restored.Name}: this resumes the interval {runs.Dates[0].Interval}, but a newer one is over: {latest}.",
                cancellationToken,
                Advice.RunAnew);
        }

        return new ChosenRuns(restored, RunResume.Continue(options, last), runs.Dates);
    }

    private ValueTask WarnAsync(string text, CancellationToken cancellationToken, Advice? advice = null) =>
        observer.OnEventAsync(new MessageRaised(MessageLevel.Warning, text) { Advice = advice }, cancellationToken);
}
