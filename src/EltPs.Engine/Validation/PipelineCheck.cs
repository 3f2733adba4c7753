using EltPs.Engine.Definitions;
using EltPs.Engine.Errors;
using EltPs.Engine.Events;
using EltPs.Engine.Scheduling;
using EltPs.Engine.Steps;
using EltPs.Engine.Templates;
using EltPs.Engine.Warehouses;

namespace EltPs.Engine.Validation;

/// <summary>Finds what would make a pipeline's run fail, or do something else than its author thinks, without changing anything.</summary>
/// <param name="provider">The type of warehouse that the pipeline's connection names.</param>
/// <param name="time">The clock.</param>
/// <param name="observer">Who sees the statements.</param>
/// <param name="wording">Words the advice of what is found; null leaves out what needs the words of an edge.</param>
internal sealed class PipelineCheck(
    IWarehouseProvider provider,
    TimeProvider time,
    IRunObserver observer,
    IAdviceWording? wording = null)
{
    /// <summary>Checks a pipeline.</summary>
    /// <returns>What was found: of the sources, then of each table, in the file's order.</returns>
    /// <exception cref="EltException">The warehouse could not be opened, or did not answer.</exception>
    public async Task<IReadOnlyList<Finding>> RunAsync(PipelineDefinition pipeline, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(pipeline);
        var scope = new WorkScope(observer) { Pipeline = pipeline.Name, Deadline = Deadline.In(pipeline.Timeout, time) };
        await using (var warehouse = await provider.OpenAsync(pipeline.Session, SessionMode.Trial, scope, cancellationToken))
        {
            if (warehouse is not ITrialWarehouse trials)
            {
                throw new EltException(
                    EltErrorKind.InvalidConnection,
                    $"{pipeline.Session.Connection} cannot try SQL without running it.")
                {
                    Subject = pipeline.Name,
                    Advice = [Advice.Say("Check the file on another connection.")],
                };
            }

            var session = await scope.EnforceAsync(token => warehouse.DescribeAsync(scope, token), cancellationToken);
            var catalog = await scope.EnforceAsync(
                token => warehouse.LookUpAsync(Preflight.Names(pipeline.Tables), scope, token),
                cancellationToken);
            var targets = pipeline.Tables.Select(table => catalog.Find(table.Name)).OfType<CatalogEntry>().ToList();
            await using (var trial = await scope.EnforceAsync(token => trials.BeginTrialAsync(targets, scope, token), cancellationToken))
            {
                var line = new PipelineTrial(
                    pipeline,
                    provider.Dialect,
                    catalog,
                    Values(pipeline),
                    new FileReads(pipeline, provider.Dialect, session),
                    trial,
                    scope,
                    wording);
                return await line.RunAsync(
                    table => StepScope.Of(table, EltStep.Prepare, runId: null, deadline: null, observer, time),
                    cancellationToken);
            }
        }
    }

    // Those of a run by hand: the latest interval that is over.
    private RunValues Values(PipelineDefinition pipeline) =>
        RunChoice.Latest.Choose(pipeline, static () => IntervalHistory.Empty, time.GetUtcNow()).Dates[0].Values with
        {
            RunId = GenerationMarker.RunPlaceholder,
        };
}
