using System.Globalization;
using DuckDB.NET.Data;
using EltPs.Engine.Definitions;
using EltPs.Engine.Errors;
using EltPs.Engine.Events;
using EltPs.Engine.Names;
using EltPs.Engine.Warehouses;

namespace EltPs.Warehouses.DuckDb;

/// <summary>A session with a DuckDB file.</summary>
internal sealed class DuckDbSession : ITransactionalWarehouse, ITrialWarehouse
{
    // One percentage for the observer, none for the console; from the first moment. Nothing is ever fetched from elsewhere.
    private const string Settings =
        """
        SET enable_progress_bar = true; SET enable_progress_bar_print = false; SET progress_bar_time = 0;
        SET autoinstall_known_extensions = false; SET autoload_known_extensions = false;
        """;

    private readonly DuckDBConnection _connection;
    private readonly DuckDbDialect _dialect;
    private readonly StatementRunner _runner;
    private readonly CatalogReader _catalog;
    private readonly SourceViews _sources;
    private readonly TablePublisher _publisher;
    private readonly string _path;
    private DuckDbTransaction? _transaction;

    // What was staged right before. DuckDB tells what stands at a name only by a walk through all tables of the database, which makes a run
    // of many tables quadratic; the publish takes that walk in any case, in the transaction that swaps, and its compare is the one that
    // counts.
    private StageRequest? _staged;

    private DuckDbSession(DuckDBConnection connection, DuckDbDialect dialect, string path)
    {
        _connection = connection;
        _path = path;
        _dialect = dialect;
        _runner = new StatementRunner(connection);
        _catalog = new CatalogReader(_runner, dialect.Identifiers);
        _sources = new SourceViews(_runner, _catalog);
        _publisher = new TablePublisher(_runner, _catalog);
        IsEphemeral = path == ConnectionDefinition.InMemory;
    }

    public IDialect Dialect => _dialect;

    public bool IsEphemeral { get; }

    /// <summary>
    /// Opens the file; a plan opens it to read only, a trial to write what is rolled back, and both an empty database where there is no
    /// file.
    /// </summary>
    public static async Task<DuckDbSession> OpenAsync(
        SessionSettings settings, SessionMode mode, WorkScope scope, DuckDbDialect dialect, CancellationToken cancellationToken)
    {
        var path = FullPath(settings.Connection);
        var isInMemory = path == ConnectionDefinition.InMemory || (mode != SessionMode.ReadWrite && !File.Exists(path));
        var source = new DuckDBConnectionStringBuilder { DataSource = isInMemory ? ConnectionDefinition.InMemory : path };
        if (mode == SessionMode.ReadOnly && !isInMemory)
        {
            source["ACCESS_MODE"] = "READ_ONLY";
        }

        cancellationToken.ThrowIfCancellationRequested();
        var connection = new DuckDBConnection(source.ConnectionString);
        try
        {
            await Task.Run(connection.Open, CancellationToken.None);
            var session = new DuckDbSession(connection, dialect, path);
            await session._runner
                .ExecuteAsync(Preparation(settings.TimeZone), SilentObserver.Instance, cancellationToken);
            if (mode == SessionMode.Trial)
            {
                await session.PrepareTrialAsync(isInMemory, cancellationToken);
            }

            return session;
        }
        catch (Exception exception)
        {
            await connection.DisposeAsync();
            if (exception is DuckDBException)
            {
                throw DuckDbErrors.TranslateOpen(exception, path);
            }

            throw;
        }
    }

    /// <summary>What every session begins with: its settings and its functions.</summary>
    public static string Preparation(string timeZone) =>
        $"{Settings}\nSET TimeZone = {DuckDbDialect.Literal(timeZone)};\n{DuckDbDialect.FoldMacro}\n{SnowflakeFunctions.Sql}";

    public async Task<ConnectionReport> DescribeAsync(WorkScope scope, CancellationToken cancellationToken)
    {
        var rows = await _runner
            .QueryAsync(
                "SELECT version(), current_database(), current_schema()",
                static reader => (Version: reader.GetString(0), Database: reader.GetString(1), Schema: reader.GetString(2)),
                scope.Observer,
                cancellationToken);
        return new ConnectionReport
        {
            SignIn = "embedded",
            Account = _path,

            // A plan for a file that does not exist has an empty database in its place, with another name.
            Database = _connection.DataSource == _path ? rows[0].Database : Path.GetFileNameWithoutExtension(_path),
            Schema = rows[0].Schema,
            Version = rows[0].Version,
        };
    }

    public async Task<IWarehouseTrial> BeginTrialAsync(
        IReadOnlyCollection<CatalogEntry> targets,
        WorkScope scope,
        CancellationToken cancellationToken) => await DuckDbTrial.BeginAsync(_runner, _catalog, targets, scope.Observer, cancellationToken);

    public Task<WarehouseCatalog> LookUpAsync(IReadOnlyCollection<TableName> names, WorkScope scope, CancellationToken cancellationToken) =>
        _catalog.ReadAsync(names, scope.Observer, cancellationToken);

    public Task<IReadOnlyList<string>> PlanSourcesAsync(
        IReadOnlyList<SourceDefinition> sources,
        WorkScope scope,
        CancellationToken cancellationToken) => _sources.PlanAsync(sources, scope, cancellationToken);

    public Task PrepareSourcesAsync(IReadOnlyList<SourceDefinition> sources, WorkScope scope, CancellationToken cancellationToken) =>
        _sources.PrepareAsync(sources, scope, cancellationToken);

    public async Task<IWarehouseTransaction> BeginAsync(
        IReadOnlyCollection<TableName> targets,
        WorkScope scope,
        CancellationToken cancellationToken
    ) => _transaction = await DuckDbTransaction.BeginAsync(_runner, _catalog, _dialect, targets, scope.Observer, cancellationToken);

    public async Task StageAsync(StageRequest request, WorkScope scope, CancellationToken cancellationToken)
    {
        _staged = null;
        var statements = _dialect.Stage(request);
        await (request.Together
            ? Transaction.ExecuteAsync(statements, scope.Observer, cancellationToken)
            : _runner.InTransactionAsync(statements, scope.Observer, cancellationToken));
        _staged = request;
    }

    public async Task<StagingReading> MeasureAsync(
        TableName target,
        IReadOnlyList<string> aggregates,
        WorkScope scope,
        CancellationToken cancellationToken)
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
                // Somebody has taken it away: what stands there tells.
            }
        }

        var (staging, published) = await _catalog.ReadPairAsync(target, scope.Observer, cancellationToken);
        return staging is { Kind: ObjectKind.Table }
            ? new StagingReading(await ReadAsync(target, aggregates, scope, cancellationToken), staging, published)
            : new StagingReading(null, staging, published);
    }

    public Task PublishAsync(PublishRequest request, WorkScope scope, CancellationToken cancellationToken) => request.Together
        ? Transaction.PublishAsync(request, scope.Observer, cancellationToken)
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
        _runner.ExecuteAsync(_dialect.MarkStaging(target, comment), scope.Observer, cancellationToken);

    public async Task DropStagingAsync(TableName target, string generation, WorkScope scope, CancellationToken cancellationToken)
    {
        if (_transaction is { IsOpen: true })
        {
            // It may be one that can run nothing any more, and its rollback takes away whatever was built in it.
            return;
        }

        var (staging, _) = await _catalog.ReadPairAsync(target, scope.Observer, cancellationToken);
        if (staging?.Marker?.Generation == generation)
        {
            await _runner.ExecuteAsync(_dialect.DropStaging(target), scope.Observer, cancellationToken);
        }
    }

    public ValueTask DisposeAsync() => _connection.DisposeAsync();

    private async Task<CheckValues> ReadAsync(
        TableName target,
        IReadOnlyList<string> aggregates,
        WorkScope scope,
        CancellationToken cancellationToken)
    {
        var rows = await _runner.QueryAsync(
            _dialect.Measure(target, aggregates),
            reader => Enumerable.Range(0, aggregates.Count).Select(column => Text(reader.GetValue(column))).ToArray(),
            scope.Observer,
            cancellationToken);
        return new CheckValues(rows[0]);

        static string? Text(object value) => value is DBNull ? null : Convert.ToString(value, CultureInfo.InvariantCulture);
    }

    // What a killed run has left in the file's journal is for the next run to take in.
    private async Task PrepareTrialAsync(bool isInMemory, CancellationToken cancellationToken)
    {
        var sql = !isInMemory ? "PRAGMA disable_checkpoint_on_shutdown" : IsEphemeral ? string.Empty : AbsentDatabase.Sql(_path);
        if (sql.Length > 0)
        {
            await _runner.ExecuteAsync(sql, SilentObserver.Instance, cancellationToken);
        }
    }

    private DuckDbTransaction Transaction =>
        _transaction is { IsOpen: true } open ? open : throw new InvalidOperationException("No transaction is open.");

    private static string FullPath(ConnectionDefinition connection)
    {
        var path = connection.Values[ConnectionDefinition.PathKey];
        if (path == ConnectionDefinition.InMemory)
        {
            return path;
        }

        var full = Path.GetFullPath(path, connection.BaseFolder);
        if (Directory.Exists(full))
        {
            throw new EltException(
                EltErrorKind.InvalidConnection,
                $"Connection '{connection.Name}': {full} is a folder; name a file in it.");
        }

        return Directory.Exists(Path.GetDirectoryName(full))
            ? full
            : throw new EltException(
                EltErrorKind.InvalidConnection,
                $"Connection '{connection.Name}': the folder of {full} does not exist; make it, or name another file.");
    }
}
