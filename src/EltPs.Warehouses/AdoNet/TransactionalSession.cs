using System.Data.Common;
using System.Globalization;
using EltPs.Engine.Definitions;
using EltPs.Engine.Errors;
using EltPs.Engine.Names;
using EltPs.Engine.Warehouses;

namespace EltPs.Warehouses.AdoNet;

/// <summary>
/// A session with a warehouse that builds and swaps tables in transactions, over an ADO.NET driver. What each warehouse does in its own way
/// is abstract here, or in its <see cref="TransactionalDialect"/>, <see cref="IDriver"/> and <see cref="TransactionalTrial"/>.
/// </summary>
internal abstract class TransactionalSession : ITransactionalWarehouse, ITrialWarehouse
{
    private readonly DbConnection _connection;
    private readonly TransactionalDialect _dialect;
    private readonly TablePublisher _publisher;
    private WarehouseTransaction? _transaction;

    // What was staged right before. A look-up of what stands at a name may walk through all tables of the database (DuckDB's does), which
    // makes a run of many tables quadratic; the publish takes that walk in any case, in the transaction that swaps, and its compare is the
    // one that counts.
    private StageRequest? _staged;

    protected TransactionalSession(DbConnection connection, IDriver driver, TransactionalDialect dialect)
    {
        _connection = connection;
        _dialect = dialect;
        Runner = new StatementRunner(connection, driver, dialect);
        Catalog = new CatalogReader(Runner, dialect);
        _publisher = new TablePublisher(Runner, Catalog, dialect);
    }

    public IDialect Dialect => _dialect;

    public abstract bool IsEphemeral { get; }

    /// <summary>Runs statements.</summary>
    protected StatementRunner Runner { get; }

    /// <summary>Reads what stands at names.</summary>
    protected CatalogReader Catalog { get; }

    private WarehouseTransaction Transaction =>
        _transaction is { IsOpen: true } open ? open : throw new InvalidOperationException("No transaction is open.");

    public abstract Task<ConnectionReport> DescribeAsync(WorkScope scope, CancellationToken cancellationToken);

    public abstract Task<IReadOnlyList<Statement>> PlanSourcesAsync(
        IReadOnlyList<SourceDefinition> sources, WorkScope scope, CancellationToken cancellationToken);

    public abstract Task PrepareSourcesAsync(
        IReadOnlyList<SourceDefinition> sources, WorkScope scope, CancellationToken cancellationToken);

    public async Task<IWarehouseTrial> BeginTrialAsync(
        IReadOnlyCollection<CatalogEntry> targets, WorkScope scope, CancellationToken cancellationToken)
    {
        var trial = CreateTrial(scope);
        await trial.BeginAsync(targets, cancellationToken);
        return trial;
    }

    public Task<WarehouseCatalog> LookUpAsync(IReadOnlyCollection<TableName> names, WorkScope scope, CancellationToken cancellationToken) =>
        Catalog.ReadAsync(names, scope.Observer, cancellationToken);

    public async Task<IWarehouseTransaction> BeginAsync(
        IReadOnlyCollection<TableName> targets, WorkScope scope, CancellationToken cancellationToken)
    {
        var transaction = new WarehouseTransaction(Runner, Catalog, _dialect, scope.Observer);
        await transaction.BeginAsync(targets, cancellationToken);
        return _transaction = transaction;
    }

    public async Task StageAsync(StageRequest request, WorkScope scope, CancellationToken cancellationToken)
    {
        _staged = null;
        await (request.Together
            ? Transaction.StageAsync(request, scope, cancellationToken)
            : Runner.InTransactionAsync(_dialect.Stage(request), scope.Observer, cancellationToken));
        _staged = request;
    }

    public async Task<StagingReading> MeasureAsync(
        TableName target, IReadOnlyList<string> aggregates, WorkScope scope, CancellationToken cancellationToken)
    {
        var staged = _staged;
        _staged = null;
        if (staged?.Target == target)
        {
            try
            {
                var entry = new CatalogEntry(target.Staging, ObjectKind.Table, staged.Comment);
                return new StagingReading(await ReadAsync(target, aggregates, scope, cancellationToken), entry, staged.TargetEntry);
            }
            catch (EltException failure) when (failure.Kind == EltErrorKind.StatementFailed && _transaction is not { IsOpen: true })
            {
                // Another session has taken it away: what stands there tells.
            }
        }

        var (staging, published) = await Catalog.ReadPairAsync(target, scope.Observer, cancellationToken);
        return staging is { Kind: ObjectKind.Table }
            ? new StagingReading(await ReadAsync(target, aggregates, scope, cancellationToken), staging, published)
            : new StagingReading(null, staging, published);
    }

    public Task PublishAsync(PublishRequest request, WorkScope scope, CancellationToken cancellationToken) => request.Together
        ? Transaction.PublishAsync(request, scope, cancellationToken)
        : _publisher.SwapAsync(
            request.Target,
            (staging, target) =>
            {
                GenerationRule.EnsurePublishable(request, staging, target);
                return _dialect.Publish(request, target);
            },
            scope.Observer,
            cancellationToken);

    public async Task<UndoPlan> UndoAsync(UndoRequest request, WorkScope scope, CancellationToken cancellationToken)
    {
        UndoPlan? plan = null;
        await _publisher.SwapAsync(
            request.Target,
            (staging, target) =>
            {
                plan = GenerationRule.PlanUndo(request, staging, target);
                return _dialect.Undo(request, plan, target!);
            },
            scope.Observer,
            cancellationToken);
        return plan!;
    }

    public Task MarkStagingAsync(TableName target, string comment, WorkScope scope, CancellationToken cancellationToken) =>
        Runner.ExecuteAsync(_dialect.MarkStaging(target, comment), scope.Observer, cancellationToken);

    public async Task DropStagingAsync(TableName target, string generation, WorkScope scope, CancellationToken cancellationToken)
    {
        if (_transaction is { IsOpen: true })
        {
            // It may be one that can run nothing any more, and its rollback takes away whatever was built in it.
            return;
        }

        var (staging, _) = await Catalog.ReadPairAsync(target, scope.Observer, cancellationToken);
        if (staging?.Marker?.Generation == generation)
        {
            await Runner.ExecuteAsync(_dialect.DropStaging(target), scope.Observer, cancellationToken);
        }
    }

    public abstract Task<IRowReader> OpenRowsAsync(RowQuery query, WorkScope scope, CancellationToken cancellationToken);

    public ValueTask DisposeAsync() => _connection.DisposeAsync();

    /// <summary>A trial in this session that has not begun yet.</summary>
    protected abstract TransactionalTrial CreateTrial(WorkScope scope);

    private async Task<CheckValues> ReadAsync(
        TableName target, IReadOnlyList<string> aggregates, WorkScope scope, CancellationToken cancellationToken)
    {
        var rows = await Runner.QueryAsync(
            _dialect.Measure(target, aggregates),
            reader => Enumerable.Range(0, aggregates.Count).Select(column => Text(reader.GetValue(column))).ToArray(),
            scope.Observer,
            cancellationToken);
        return new CheckValues(rows.Single());

        static string? Text(object value) => value is DBNull ? null : Convert.ToString(value, CultureInfo.InvariantCulture);
    }
}
