using System.Diagnostics.CodeAnalysis;
using EltPs.Engine.Definitions;
using EltPs.Engine.Errors;
using EltPs.Engine.Events;
using EltPs.Engine.Steps;
using EltPs.Engine.Warehouses;

namespace EltPs.Engine.Runs;

/// <summary>
/// Runs a pipeline: each table is staged, checked and published before the next one begins, and the first failure stops the line; or all
/// tables are published together, or none.
/// </summary>
/// <param name="provider">The type of warehouse that the pipeline's connection names.</param>
/// <param name="time">The clock.</param>
/// <param name="observer">Who sees what happens.</param>
internal sealed class PipelineRunner(IWarehouseProvider provider, TimeProvider time, IRunObserver observer)
{
    /// <summary>Runs the pipeline. Never throws for what happens in the warehouse, nor for a cancel: the result tells.</summary>
    [SuppressMessage(
        "Design",
        "CA1031",
        Justification = "Whatever goes wrong ends the line and must reach the result; nothing may be lost.")]
    public async Task<RunResult> RunAsync(PipelineDefinition pipeline, RunOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(pipeline);
        ArgumentNullException.ThrowIfNull(options);

        var run = new RunRecorder(pipeline, options, time);
        try
        {
            await observer.OnEventAsync(run.Start(), cancellationToken);
            await PublishAsync(pipeline, options, run, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            run.Cancelled();
        }
        catch (EltException failure)
        {
            run.Failed(failure);
        }
        catch (Exception defect)
        {
            run.Failed(
                new EltException(
                    EltErrorKind.Internal,
                    $"A defect of EltPs stopped the run: {defect.GetType().Name}: {defect.Message}",
                    defect));
        }

        return await FinishAsync(run);
    }

    /// <summary>What a run would do now, without doing any of it.</summary>
    /// <exception cref="EltException">The warehouse could not be opened, or something is in the way.</exception>
    public async Task<RunPlan> PlanAsync(PipelineDefinition pipeline, RunOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(pipeline);
        ArgumentNullException.ThrowIfNull(options);

        Preflight.EnsureFilled(pipeline.Tables, options.Values);
        var session = new WarehouseSession(pipeline.Session, provider, SessionMode.ReadOnly);
        var scope = Scope(pipeline, runId: null);
        await using (var lease = await session.AcquireAsync(scope, cancellationToken))
        {
            var catalog = await new PrepareStep(pipeline, options, time, observer)
                .LookUpAsync(lease.Warehouse, scope, cancellationToken);
            var sources = await lease.Warehouse.PlanSourcesAsync(pipeline.Session.Sources, scope, cancellationToken);
            StepPlan[] prepare = sources.Count == 0 ? [] : [new StepPlan(EltStep.Prepare, Table: null, sources)];
            var left = pipeline.Tables.Skip(StartingPoint.Find(pipeline, options, catalog)).ToList();
            var tables = pipeline.PublishTogether && left.Count > 0
                ? RunPlan.Together(pipeline, catalog, options.Values, session.Dialect).Steps
                : left.SelectMany(table => RunPlan.Of(table, catalog, options.Values, session.Dialect).Steps);
            return new RunPlan([.. prepare, .. tables]) { IsTogether = pipeline.PublishTogether };
        }
    }

    // The warehouse is open until all is published, and closed again when the run is finished.
    private async Task PublishAsync(
        PipelineDefinition pipeline, RunOptions options, RunRecorder run, CancellationToken cancellationToken)
    {
        Preflight.EnsureFilled(pipeline.Tables, options.Values);
        var session = new WarehouseSession(pipeline.Session, provider);
        var prepare = new PrepareStep(pipeline, options, time, observer);
        var (lease, catalog) = await prepare.RunAsync(session, Scope(pipeline, run.RunId), cancellationToken);
        await using (lease)
        {
            var first = StartingPoint.Find(pipeline, options, catalog);
            await PassAsync(pipeline, first, run, options, catalog, cancellationToken);
            if (first < pipeline.Tables.Count)
            {
                var context = new RunContext(session, time, observer)
                {
                    Pipeline = pipeline,
                    Options = options,
                    Catalog = catalog,
                    First = first,
                    Run = run,
                };
                await Order(context, lease.Warehouse).RunAsync(cancellationToken);
            }
        }
    }

    private static IPublishOrder Order(RunContext context, IWarehouse warehouse) => (context.Pipeline.PublishTogether, warehouse) switch
    {
        (false, _) => new OneByOneOrder(context),
        (true, ITransactionalWarehouse transactional) => new OneTransactionOrder(context, transactional),
        (true, IReversibleWarehouse reversible) => new SwapBackOrder(context, reversible),
        _ => throw new EltException(
            EltErrorKind.InvalidPipelineFile,
            $"{context.Pipeline.Session.Connection} cannot publish tables together.")
        {
            Subject = context.Pipeline.Name,
            Consequences = ["Nothing was changed."],
            Advice = [Advice.Say("Remove PublishTogether from the file.")],
        },
    };

    private async Task PassAsync(
        PipelineDefinition pipeline,
        int count,
        RunRecorder run,
        RunOptions options,
        WarehouseCatalog catalog,
        CancellationToken cancellationToken)
    {
        var status = options.StartAt is null ? TableStatus.UpToDate : TableStatus.Skipped;
        for (var index = 0; index < count; index++)
        {
            var rows = status == TableStatus.UpToDate ? options.Resume?.Find(pipeline.Tables[index].Name)?.Rows : null;
            var passed = run.Pass(index, status, catalog.Find(pipeline.Tables[index].Name)?.Marker?.Generation, rows);
            await observer.OnEventAsync(passed, cancellationToken);
            var text = status == TableStatus.UpToDate
                ? $"{passed.Table}: is up to date with generation {passed.Generation} of run {options.Resume!.RunId}"
                : $"{passed.Table}: is skipped, because the run begins at {options.StartAt}";
            await observer.OnEventAsync(new MessageRaised(MessageLevel.Detail, text), cancellationToken);
        }
    }

    private async Task<RunResult> FinishAsync(RunRecorder run)
    {
        foreach (var table in run.NotPublished())
        {
            await observer.OnEventAsync(table, CancellationToken.None);
        }

        var result = run.ToResult();
        await observer.OnEventAsync(new RunFinished(result), CancellationToken.None);
        return result;
    }

    private WorkScope Scope(PipelineDefinition pipeline, string? runId) => new(observer)
    {
        Pipeline = pipeline.Name,
        RunId = runId,
        Deadline = Deadline.In(pipeline.Timeout, time),
    };
}
