using EltPs.Engine.Events;
using EltPs.Engine.Names;
using EltPs.Engine.Warehouses;

namespace EltPs.Warehouses.DuckDb;

/// <summary>A transaction in which several tables are built and swapped.</summary>
/// <remarks>
/// Seen with DuckDB 1.5: CREATE TABLE AS, COMMENT, DROP INDEX, the three renames and CREATE INDEX work on tables of the same transaction,
/// later statements read the new tables, other connections read the old ones, and a rollback leaves nothing. Only what a unique index means
/// is not looked at before the commit; <see cref="UniqueIndex"/> does.
/// </remarks>
internal sealed class DuckDbTransaction : IWarehouseTransaction
{
    private readonly StatementRunner _runner;
    private readonly CatalogReader _catalog;
    private readonly TablePublisher _publisher;
    private readonly DuckDbDialect _dialect;
    private readonly ViewTrial _views;
    private readonly IRunObserver _observer;

    // Each view once, with the table that it was found by: a view over several tables is bound when all are swapped.
    private readonly List<(TableName Target, string View)> _readers = [];
    private bool _isOpen = true;

    private DuckDbTransaction(StatementRunner runner, CatalogReader catalog, DuckDbDialect dialect, ViewTrial views, IRunObserver observer)
    {
        _observer = observer;
        _runner = runner;
        _catalog = catalog;
        _publisher = new TablePublisher(runner, catalog);
        _dialect = dialect;
        _views = views;
    }

    /// <summary>Whether it was neither committed nor rolled back.</summary>
    public bool IsOpen => _isOpen;

    /// <summary>Tries the views that read the tables, then begins.</summary>
    public static async Task<DuckDbTransaction> BeginAsync(
        StatementRunner runner,
        CatalogReader catalog,
        DuckDbDialect dialect,
        IReadOnlyCollection<TableName> targets,
        IRunObserver observer,
        CancellationToken cancellationToken)
    {
        var views = new ViewTrial(runner);
        while (true)
        {
            foreach (var entry in (await catalog.ReadAsync(targets, observer, cancellationToken)).Entries)
            {
                await views.TryAsync(entry.Name, entry.DependentViews, observer, cancellationToken);
            }

            var transaction = new DuckDbTransaction(runner, catalog, dialect, views, observer);
            try
            {
                await runner.ExecuteAsync(DuckDbDialect.Begin, observer, cancellationToken);

                // What the transaction sees is what it sees now: a view that somebody has made meanwhile is tried first.
                var found = (await catalog.ReadAsync(targets, observer, cancellationToken)).Entries.SelectMany(entry =>
                    entry.DependentViews);
                if (!views.Untried(found).Any())
                {
                    return transaction;
                }

                await transaction.DisposeAsync();
            }
            catch
            {
                await transaction.DisposeAsync();
                throw;
            }
        }
    }

    /// <summary>Runs statements in it.</summary>
    public async Task ExecuteAsync(IEnumerable<string> statements, IRunObserver observer, CancellationToken cancellationToken)
    {
        foreach (var statement in statements)
        {
            await _runner.ExecuteAsync(statement, observer, cancellationToken);
        }
    }

    /// <summary>Swaps a table into place in it. What reads the table is looked at later.</summary>
    public async Task PublishAsync(PublishRequest request, IRunObserver observer, CancellationToken cancellationToken)
    {
        var (staging, target) = await _catalog.ReadPairAsync(request.Target, observer, cancellationToken);
        GenerationRule.EnsurePublishable(request, staging, target);
        await _publisher.RunAsync(request.Target, _dialect.Publish(request, target), observer, cancellationToken);
        _readers.AddRange((target?.DependentViews ?? [])
            .Where(view => _views.Works(view) && !_readers.Exists(known => known.View == view))
            .Select(view => (request.Target, view)));
    }

    /// <inheritdoc/>
    public Task EnsureReadableAsync(TableName target, WorkScope scope, CancellationToken cancellationToken) =>
        _publisher.RunAsync(
            target,
            _readers.Where(reader => reader.Target == target).Select(reader => DuckDbDialect.Bind(reader.View)),
            scope.Observer,
            cancellationToken);

    /// <inheritdoc/>
    public async Task CommitAsync(WorkScope scope, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();

        // From here on there is no way back: an interrupted commit would leave nobody knowing.
        await _runner.ExecuteAsync(DuckDbDialect.Commit, scope.Observer, CancellationToken.None);
        _isOpen = false;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_isOpen)
        {
            _isOpen = false;
            await _runner.RollbackAsync(_observer);
        }
    }
}
