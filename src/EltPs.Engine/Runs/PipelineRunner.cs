using System.Diagnostics.CodeAnalysis;

using EltPs.Engine.Definitions;
using EltPs.Engine.Errors;
using EltPs.Engine.Steps;
using EltPs.Engine.Warehouses;

namespace EltPs.Engine.Runs;

/// <summary>Runs a pipeline: each table is staged, checked and published before the next one begins; the first failure stops the line.</summary>
public sealed class PipelineRunner
{
    private readonly IWarehouseProvider _provider;
    private readonly TimeProvider _time;
    private readonly IRunObserver _observer;

    /// <summary>Makes a runner.</summary>
    /// <param name="provider">The type of warehouse that the pipeline's connection names.</param>
    /// <param name="time">The clock.</param>
    /// <param name="observer">Who sees what happens.</param>
    public PipelineRunner(IWarehouseProvider provider, TimeProvider time, IRunObserver observer)
    {
        _provider = provider;
        _time = time;
        _observer = observer;
    }

    /// <summary>Runs the pipeline. Never throws for what happens in the warehouse, nor for a cancel: the result tells.</summary>
    [SuppressMessage("Design", "CA1031", Justification = "Whatever goes wrong ends the line and must reach the result; nothing may be lost.")]
    public async Task<RunResult> RunAsync(PipelineDefinition pipeline, RunOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(pipeline);
        ArgumentNullException.ThrowIfNull(options);

        var run = new RunRecorder(pipeline, options.Resume?.RunId, _time);
        var session = new WarehouseSession(pipeline.Session, _provider);
        var ctas = new Ctas(session, _time, _observer);
        var check = new TableCheck(_time, _observer);
        var swap = new TableSwap(_time, _observer);
        var retry = new Retry(_time, _observer);
        try
        {
            await _observer.OnEventAsync(run.Start(), cancellationToken).ConfigureAwait(false);
            var scope = Scope(pipeline, run.RunId);
            var (lease, catalog) = await retry.RunAsync(
                _ => OpenAsync(pipeline, session, options, scope, cancellationToken), table: null, pipeline.Retry, scope.Deadline, cancellationToken).ConfigureAwait(false);
            await using (lease.ConfigureAwait(false))
            {
                var first = StartingPoint.Find(pipeline, options, catalog);
                await PassAsync(pipeline, first, run, options, catalog, cancellationToken).ConfigureAwait(false);
                for (var index = first; index < pipeline.Tables.Count; index++)
                {
                    var table = pipeline.Tables[index];
                    await _observer.OnEventAsync(run.Begin(index), cancellationToken).ConfigureAwait(false);
                    await ConfirmAsync(table, catalog, options, cancellationToken).ConfigureAwait(false);
                    var deadline = Deadline.In(table.Timeout, _time);
                    var build = index == first ? StartingPoint.Build(table, options, catalog) : null;
                    var published = await retry.RunAsync(
                        async attempt =>
                        {
                            run.Attempt(attempt);
                            var stage = new StageOptions(run.RunId) { Catalog = catalog, Deadline = deadline, Build = attempt == 1 ? build : null };
                            var staged = await ctas.StageAsync(table, stage, cancellationToken).ConfigureAwait(false);
                            run.Staged(staged);

                            var verified = await check.VerifyAsync(staged, [new RowCountCheck(table.MinimumRows)], deadline, cancellationToken).ConfigureAwait(false);
                            run.Verified(verified);

                            return await swap.PublishAsync(verified, deadline, cancellationToken).ConfigureAwait(false);
                        },
                        table.Name,
                        table.Retry,
                        deadline,
                        cancellationToken).ConfigureAwait(false);
                    run.Published(published);
                }
            }
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
            run.Failed(new EltException(EltErrorKind.Internal, $"A defect of EltPs stopped the run: {defect.GetType().Name}: {defect.Message}", defect));
        }

        var result = run.ToResult();
        await _observer.OnEventAsync(new RunFinished(result), CancellationToken.None).ConfigureAwait(false);
        return result;
    }

    /// <summary>What a run would do now, without doing any of it.</summary>
    /// <exception cref="EltException">The warehouse could not be opened, or something is in the way.</exception>
    public async Task<RunPlan> PlanAsync(PipelineDefinition pipeline, RunOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(pipeline);
        ArgumentNullException.ThrowIfNull(options);

        var session = new WarehouseSession(pipeline.Session, _provider, SessionMode.ReadOnly);
        var scope = Scope(pipeline, runId: null);
        var lease = await session.AcquireAsync(scope, cancellationToken).ConfigureAwait(false);
        await using (lease.ConfigureAwait(false))
        {
            var catalog = await LookUpAsync(pipeline, lease.Warehouse, options, scope, cancellationToken).ConfigureAwait(false);
            var sources = await lease.Warehouse.PlanSourcesAsync(pipeline.Session.Sources, scope, cancellationToken).ConfigureAwait(false);
            return new RunPlan(
                new StepPlan(EltStep.Prepare, sources),
                [.. pipeline.Tables.Skip(StartingPoint.Find(pipeline, options, catalog)).Select(table => TablePlan.Of(table, catalog, session.Dialect))]);
        }
    }

    private WorkScope Scope(PipelineDefinition pipeline, string? runId) => new(_observer)
    {
        Pipeline = pipeline.Name,
        RunId = runId,
        Deadline = Deadline.In(pipeline.Timeout, _time),
    };

    private async Task<(SessionLease Lease, WarehouseCatalog Catalog)> OpenAsync(
        PipelineDefinition pipeline, WarehouseSession session, RunOptions options, WorkScope scope, CancellationToken cancellationToken)
    {
        var lease = await session.AcquireAsync(scope, cancellationToken).ConfigureAwait(false);
        try
        {
            return (lease, await PrepareAsync(pipeline, lease, options, scope, cancellationToken).ConfigureAwait(false));
        }
        catch
        {
            await lease.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    private async Task<WarehouseCatalog> PrepareAsync(
        PipelineDefinition pipeline, SessionLease lease, RunOptions options, WorkScope scope, CancellationToken cancellationToken)
    {
        var started = _time.GetTimestamp();
        await _observer.OnEventAsync(new StepStarted(null, EltStep.Prepare), cancellationToken).ConfigureAwait(false);
        try
        {
            var catalog = await scope.EnforceAsync(
                async token =>
                {
                    var found = await LookUpAsync(pipeline, lease.Warehouse, options, scope, token).ConfigureAwait(false);
                    await lease.PrepareSourcesAsync(scope, token).ConfigureAwait(false);
                    return found;
                },
                cancellationToken).ConfigureAwait(false);
            await _observer.OnEventAsync(new StepFinished(null, EltStep.Prepare, _time.GetElapsedTime(started)), cancellationToken).ConfigureAwait(false);
            return catalog;
        }
        catch (EltException failure) when (failure.IsOfWarehouse())
        {
            throw failure.BeforeTheFirst(pipeline);
        }
    }

    private async Task<WarehouseCatalog> LookUpAsync(
        PipelineDefinition pipeline, IWarehouse warehouse, RunOptions options, WorkScope scope, CancellationToken cancellationToken)
    {
        var catalog = await warehouse.LookUpAsync(Preflight.Names(pipeline.Tables), scope, cancellationToken).ConfigureAwait(false);
        Preflight.EnsureStageable(pipeline.Tables, catalog, options.Force);
        foreach (var warning in pipeline.Tables.SelectMany(table => Preflight.Warnings(table, catalog)))
        {
            await _observer.OnEventAsync(new MessageRaised(MessageLevel.Warning, warning), cancellationToken).ConfigureAwait(false);
        }

        return catalog;
    }

    private async Task PassAsync(
        PipelineDefinition pipeline, int count, RunRecorder run, RunOptions options, WarehouseCatalog catalog, CancellationToken cancellationToken)
    {
        var status = options.StartAt is null ? TableStatus.UpToDate : TableStatus.Skipped;
        for (var index = 0; index < count; index++)
        {
            var passed = run.Pass(index, status, catalog.Find(pipeline.Tables[index].Name)?.Marker?.Generation);
            await _observer.OnEventAsync(passed, cancellationToken).ConfigureAwait(false);
            var text = status == TableStatus.UpToDate
                ? $"{passed.Table}: is up to date with generation {passed.Generation} of run {options.Resume!.RunId}"
                : $"{passed.Table}: is skipped, because the run begins at {options.StartAt}";
            await _observer.OnEventAsync(new MessageRaised(MessageLevel.Detail, text), cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task ConfirmAsync(TableDefinition table, WarehouseCatalog catalog, RunOptions options, CancellationToken cancellationToken)
    {
        if (options.Confirm is { } confirm
            && !await confirm(TablePlan.Of(table, catalog, _provider.Dialect), cancellationToken).ConfigureAwait(false))
        {
            throw new OperationCanceledException($"{table.Name} was declined.");
        }
    }
}
