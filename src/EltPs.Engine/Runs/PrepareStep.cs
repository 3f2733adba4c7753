using EltPs.Engine.Definitions;
using EltPs.Engine.Errors;
using EltPs.Engine.Events;
using EltPs.Engine.Steps;
using EltPs.Engine.Warehouses;

namespace EltPs.Engine.Runs;

/// <summary>The step before the first table: opens the warehouse, looks up what is there, and makes the sources readable.</summary>
internal sealed class PrepareStep(PipelineDefinition pipeline, RunOptions options, TimeProvider time, IRunObserver observer)
{
    /// <summary>Does all of it, and again if it fails for a reason that may pass by itself.</summary>
    /// <param name="session">The connection.</param>
    /// <param name="scope">The run.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The open warehouse, for the caller to close, and what it holds.</returns>
    public Task<(SessionLease Lease, WarehouseCatalog Catalog)> RunAsync(
        WarehouseSession session, WorkScope scope, CancellationToken cancellationToken) =>
        new Retry(time, observer).RunAsync(
            _ => OpenAsync(session, scope, cancellationToken),
            table: null,
            pipeline.Retry,
            scope.Deadline,
            cancellationToken);

    /// <summary>Looks up what stands at the names of all tables, and refuses what is in the way.</summary>
    public async Task<WarehouseCatalog> LookUpAsync(IWarehouse warehouse, WorkScope scope, CancellationToken cancellationToken)
    {
        var catalog = await warehouse.LookUpAsync(Preflight.Names(pipeline.Tables), scope, cancellationToken);
        Preflight.EnsureStageable(pipeline.Tables, catalog, options.Force);
        foreach (var warning in pipeline.Tables.SelectMany(table => Preflight.Warnings(table, catalog)))
        {
            await observer.OnEventAsync(new MessageRaised(MessageLevel.Warning, warning), cancellationToken);
        }

        return catalog;
    }

    private async Task<(SessionLease Lease, WarehouseCatalog Catalog)> OpenAsync(
        WarehouseSession session, WorkScope scope, CancellationToken cancellationToken)
    {
        var lease = await session.AcquireAsync(scope, cancellationToken);
        try
        {
            return (lease, await PrepareAsync(lease, scope, cancellationToken));
        }
        catch
        {
            await lease.DisposeAsync();
            throw;
        }
    }

    private async Task<WarehouseCatalog> PrepareAsync(SessionLease lease, WorkScope scope, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        await observer.OnEventAsync(new StepStarted(null, EltStep.Prepare), cancellationToken);
        try
        {
            var catalog = await scope.EnforceAsync(
                async token =>
                {
                    var found = await LookUpAsync(lease.Warehouse, scope, token);
                    await lease.PrepareSourcesAsync(scope, token);
                    return found;
                },
                cancellationToken);
            await observer.OnEventAsync(new StepFinished(null, EltStep.Prepare, time.GetElapsedTime(started)), cancellationToken);
            return catalog;
        }
        catch (EltException failure) when (failure.IsOfWarehouse())
        {
            throw failure.BeforeTheFirst(pipeline);
        }
    }
}
