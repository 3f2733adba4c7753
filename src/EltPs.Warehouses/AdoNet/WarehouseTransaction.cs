using EltPs.Engine.Events;
using EltPs.Engine.Names;
using EltPs.Engine.Warehouses;

namespace EltPs.Warehouses.AdoNet;

/// <summary>A transaction in which several tables are built and swapped.</summary>
/// <param name="runner">Runs its statements.</param>
/// <param name="catalog">Reads what stands at the names.</param>
/// <param name="dialect">The statements' text.</param>
/// <param name="observer">Who sees its beginning, and its end if it is not committed.</param>
internal sealed class WarehouseTransaction(
    StatementRunner runner, CatalogReader catalog, TransactionalDialect dialect, IRunObserver observer) : IWarehouseTransaction
{
    // Each view once, with the table that it was found by: a view over several tables is bound when all are swapped.
    private readonly List<(TableName Target, string View)> _readers = [];
    private readonly ViewTrial _views = new(runner, dialect);
    private readonly TablePublisher _publisher = new(runner, catalog, dialect);

    /// <summary>Whether it was neither committed nor rolled back.</summary>
    public bool IsOpen { get; private set; }

    /// <summary>Tries the views that read the tables, then begins.</summary>
    /// <param name="targets">The tables.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async Task BeginAsync(IReadOnlyCollection<TableName> targets, CancellationToken cancellationToken)
    {
        do
        {
            foreach (var entry in (await catalog.ReadAsync(targets, observer, cancellationToken)).Entries)
            {
                await _views.TryAsync(entry.Name, entry.DependentViews, observer, cancellationToken);
            }
        }
        while (!await TryBeginAsync(targets, cancellationToken));
    }

    /// <summary>Builds a staging table in it.</summary>
    public Task StageAsync(StageRequest request, WorkScope scope, CancellationToken cancellationToken) =>
        runner.ExecuteAsync(dialect.Stage(request), scope.Observer, cancellationToken);

    /// <summary>Swaps a table into place in it. What reads the table is looked at later.</summary>
    public async Task PublishAsync(PublishRequest request, WorkScope scope, CancellationToken cancellationToken)
    {
        var (staging, target) = await catalog.ReadPairAsync(request.Target, scope.Observer, cancellationToken);
        GenerationRule.EnsurePublishable(request, staging, target);
        await _publisher.RunAsync(request.Target, dialect.Publish(request, target), scope.Observer, cancellationToken);
        _readers.AddRange((target?.DependentViews ?? [])
            .Where(view => _views.Works(view) && !_readers.Exists(known => known.View == view))
            .Select(view => (request.Target, view)));
    }

    /// <inheritdoc/>
    public Task EnsureReadableAsync(TableName target, WorkScope scope, CancellationToken cancellationToken) =>
        _publisher.RunAsync(
            target,
            _readers.Where(reader => reader.Target == target).Select(reader => dialect.Bind(reader.View)),
            scope.Observer,
            cancellationToken);

    /// <inheritdoc/>
    public async Task CommitAsync(WorkScope scope, CancellationToken cancellationToken)
    {
        await runner.CommitAsync(scope.Observer, cancellationToken);
        IsOpen = false;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (IsOpen)
        {
            IsOpen = false;
            await runner.RollbackAsync(observer);
        }
    }

    // What the transaction sees is what it sees once it has begun: a view that was made meanwhile is tried first, outside of it.
    private async Task<bool> TryBeginAsync(IReadOnlyCollection<TableName> targets, CancellationToken cancellationToken)
    {
        IsOpen = true;
        try
        {
            await runner.BeginAsync(observer, cancellationToken);
            var found = await catalog.ReadAsync(targets, observer, cancellationToken);
            if (!_views.Untried(found.Entries.SelectMany(entry => entry.DependentViews)).Any())
            {
                return true;
            }
        }
        catch
        {
            await DisposeAsync();
            throw;
        }

        await DisposeAsync();
        return false;
    }
}
