using DuckDB.NET.Data;

using EltPs.Engine.Definitions;
using EltPs.Engine.Errors;
using EltPs.Engine.Generations;
using EltPs.Engine.Names;
using EltPs.Engine.Runs;
using EltPs.Engine.Warehouses;

namespace EltPs.Warehouses.DuckDb;

/// <summary>A session with a DuckDB file.</summary>
internal sealed class DuckDbSession : IWarehouse
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

    private readonly string _path;

    private DuckDbSession(DuckDBConnection connection, DuckDbDialect dialect, string path)
    {
        _connection = connection;
        _path = path;
        _dialect = dialect;
        _runner = new StatementRunner(connection);
        _catalog = new CatalogReader(_runner, dialect.Identifiers);
        IsEphemeral = path == DuckDbProvider.InMemory;
    }

    public IDialect Dialect => _dialect;

    public bool IsEphemeral { get; }

    /// <summary>Opens the file; a plan opens it to read only, or an empty database where there is no file.</summary>
    public static async Task<DuckDbSession> OpenAsync(
        SessionSettings settings, SessionMode mode, WorkScope scope, DuckDbDialect dialect, CancellationToken cancellationToken)
    {
        var path = FullPath(settings.Connection);
        var isInMemory = path == DuckDbProvider.InMemory || (mode == SessionMode.ReadOnly && !File.Exists(path));
        var source = new DuckDBConnectionStringBuilder { DataSource = isInMemory ? DuckDbProvider.InMemory : path };
        if (mode == SessionMode.ReadOnly && !isInMemory)
        {
            source["ACCESS_MODE"] = "READ_ONLY";
        }

        cancellationToken.ThrowIfCancellationRequested();
        var connection = new DuckDBConnection(source.ConnectionString);
        try
        {
            await Task.Run(connection.Open, CancellationToken.None).ConfigureAwait(false);
            var session = new DuckDbSession(connection, dialect, path);
            await session._runner
                .ExecuteAsync(Preparation(settings.TimeZone), SilentObserver.Instance, cancellationToken)
                .ConfigureAwait(false);
            return session;
        }
        catch (Exception exception)
        {
            await connection.DisposeAsync().ConfigureAwait(false);
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
                cancellationToken)
            .ConfigureAwait(false);
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

    public Task<WarehouseCatalog> LookUpAsync(IReadOnlyCollection<TableName> names, WorkScope scope, CancellationToken cancellationToken) =>
        _catalog.ReadAsync(names, scope.Observer, cancellationToken);

    public async Task<IReadOnlyList<string>> PlanSourcesAsync(
        IReadOnlyList<SourceDefinition> sources, WorkScope scope, CancellationToken cancellationToken)
    {
        if (sources.Count == 0)
        {
            return [];
        }

        await EnsureFilesAsync(sources, scope.Observer, cancellationToken).ConfigureAwait(false);
        var catalog = await _catalog.ReadAsync([.. sources.Select(source => source.Name)], scope.Observer, cancellationToken).ConfigureAwait(false);
        var changed = new List<SourceDefinition>();
        foreach (var source in sources)
        {
            // A view keeps the columns that its file had when it was made; a file of other columns needs a new one.
            if (!SourceView.IsCurrent(source, catalog.Find(source.Name))
                || !await BindsAsync(source.Name.ToString(), scope.Observer, cancellationToken).ConfigureAwait(false))
            {
                changed.Add(source);
            }
        }

        return changed.Count == 0
            ? []
            : [DuckDbDialect.Begin, .. changed.SelectMany(SourceView.Create), DuckDbDialect.Commit];
    }

    public async Task PrepareSourcesAsync(IReadOnlyList<SourceDefinition> sources, WorkScope scope, CancellationToken cancellationToken)
    {
        var statements = await PlanSourcesAsync(sources, scope, cancellationToken).ConfigureAwait(false);
        if (statements.Count == 0)
        {
            return;
        }

        try
        {
            await ExecuteAllAsync(statements, scope.Observer, cancellationToken).ConfigureAwait(false);
        }
        catch (EltException failure) when (sources.FirstOrDefault(source => SourceView.Create(source).Contains(failure.Statement)) is { } source)
        {
            throw SourceView.Unreadable(source, failure);
        }
    }

    public Task StageAsync(StageRequest request, WorkScope scope, CancellationToken cancellationToken) =>
        ExecuteAllAsync(_dialect.Stage(request), scope.Observer, cancellationToken);

    public async Task<StagingReading> CountAsync(TableName target, WorkScope scope, CancellationToken cancellationToken)
    {
        var (staging, published) = await _catalog.ReadPairAsync(target, scope.Observer, cancellationToken).ConfigureAwait(false);
        if (staging is not { Kind: ObjectKind.Table })
        {
            return new StagingReading(null, staging, published);
        }

        var rows = await _runner
            .QueryAsync(_dialect.Count(target), static reader => reader.GetInt64(0), scope.Observer, cancellationToken)
            .ConfigureAwait(false);
        return new StagingReading(rows[0], staging, published);
    }

    public Task PublishAsync(PublishRequest request, WorkScope scope, CancellationToken cancellationToken) =>
        SwapAsync(
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
        await SwapAsync(
            request.Target,
            (staging, target) =>
            {
                plan = GenerationRule.PlanUndo(request, staging, target);
                return _dialect.Undo(request, plan, target!);
            },
            scope.Observer,
            cancellationToken).ConfigureAwait(false);
        return plan!;
    }

    public Task MarkStagingAsync(TableName target, string comment, WorkScope scope, CancellationToken cancellationToken) =>
        _runner.ExecuteAsync(_dialect.MarkStaging(target, comment), scope.Observer, cancellationToken);

    public async Task DropStagingAsync(TableName target, string generation, WorkScope scope, CancellationToken cancellationToken)
    {
        var (staging, _) = await _catalog.ReadPairAsync(target, scope.Observer, cancellationToken).ConfigureAwait(false);
        if (staging?.Marker?.Generation == generation)
        {
            await _runner.ExecuteAsync(_dialect.DropStaging(target), scope.Observer, cancellationToken).ConfigureAwait(false);
        }
    }

    public ValueTask DisposeAsync() => _connection.DisposeAsync();

    private static string FullPath(ConnectionDefinition connection)
    {
        var path = connection.Values[ConnectionDefinition.PathKey];
        if (path == DuckDbProvider.InMemory)
        {
            return path;
        }

        var full = Path.GetFullPath(path, connection.BaseFolder);
        if (Directory.Exists(full))
        {
            throw new EltException(EltErrorKind.InvalidConnection, $"Connection '{connection.Name}': {full} is a folder; name a file in it.");
        }

        return Directory.Exists(Path.GetDirectoryName(full))
            ? full
            : throw new EltException(EltErrorKind.InvalidConnection, $"Connection '{connection.Name}': the folder of {full} does not exist; make it, or name another file.");
    }

    private async Task EnsureFilesAsync(IReadOnlyList<SourceDefinition> sources, IRunObserver observer, CancellationToken cancellationToken)
    {
        var missing = new List<string>();
        foreach (var source in sources)
        {
            var pattern = SourceView.Pattern(source);
            var found = await _runner
                .QueryAsync($"SELECT 1 FROM glob({DuckDbDialect.Literal(pattern)}) LIMIT 1", static _ => 1, observer, cancellationToken)
                .ConfigureAwait(false);
            if (found.Count == 0)
            {
                missing.Add($"{source.Location}: source {source.Name}: no file {source.Path} (looked for {Path.GetFullPath(source.Path, source.BaseFolder)}).");
            }
        }

        if (missing.Count > 0)
        {
            throw new EltException(EltErrorKind.SourceMissing, string.Join(Environment.NewLine, missing));
        }
    }

    // The transaction's own BEGIN and COMMIT are among the statements; the runner keeps them in its own hands, to roll back what fails.
    private Task ExecuteAllAsync(IReadOnlyList<string> statements, IRunObserver observer, CancellationToken cancellationToken) =>
        _runner.InTransactionAsync(
            async () =>
            {
                foreach (var statement in Inner(statements))
                {
                    await _runner.ExecuteAsync(statement, observer, cancellationToken).ConfigureAwait(false);
                }
            },
            observer,
            cancellationToken);

    /// <summary>Reads both names, lets the caller decide, and runs what it says, in one transaction.</summary>
    /// <remarks>
    /// A view that is broken already must not keep a table from being published, so views are tried beforehand: outside of the transaction, because an
    /// error may end it (a missing file does, a missing column does not). A table without views, as most are, pays nothing for that.
    /// </remarks>
    private async Task SwapAsync(
        TableName name, Func<CatalogEntry?, CatalogEntry?, IReadOnlyList<string>> plan, IRunObserver observer, CancellationToken cancellationToken)
    {
        var views = new Dictionary<string, bool>(StringComparer.Ordinal);
        var untried = new List<string>();
        do
        {
            foreach (var view in untried)
            {
                views[view] = await WorksAsync(name, view, observer, cancellationToken).ConfigureAwait(false);
            }
        }
        while (!await _runner.TryInTransactionAsync(AttemptAsync, observer, cancellationToken).ConfigureAwait(false));

        async Task<bool> AttemptAsync()
        {
            var (staging, target) = await _catalog.ReadPairAsync(name, observer, cancellationToken).ConfigureAwait(false);
            untried = [.. (target?.DependentViews ?? []).Where(view => !views.ContainsKey(view))];
            target = target is null ? null : target with { DependentViews = [.. target.DependentViews.Where(view => views.GetValueOrDefault(view))] };
            var statements = plan(staging, target);
            if (untried.Count > 0)
            {
                return false;
            }

            await RunSwapAsync(name, statements, observer, cancellationToken).ConfigureAwait(false);
            return true;
        }
    }

    private async Task RunSwapAsync(TableName target, IReadOnlyList<string> statements, IRunObserver observer, CancellationToken cancellationToken)
    {
        foreach (var statement in Inner(statements))
        {
            try
            {
                await _runner.ExecuteAsync(statement, observer, cancellationToken).ConfigureAwait(false);
            }
            catch (EltException failure) when (failure.Kind == EltErrorKind.StatementFailed)
            {
                throw new EltException(EltErrorKind.PublishFailed, $"{Wants(statement, target)}: {failure.Message}", failure)
                {
                    Statement = statement,
                    VendorCode = failure.VendorCode,
                };
            }
        }
    }

    private static string Wants(string statement, TableName target)
    {
        if (statement.StartsWith("EXPLAIN ", StringComparison.Ordinal))
        {
            return $"the new table would break the view {statement["EXPLAIN SELECT * FROM ".Length..]}";
        }

        return statement.StartsWith("CREATE ", StringComparison.Ordinal)
            ? $"the new table does not fit an index of {target} ({statement})"
            : $"the swap was refused ({statement})";
    }

    private static IEnumerable<string> Inner(IReadOnlyList<string> statements) => statements.Skip(1).SkipLast(1);

    private async Task<bool> WorksAsync(TableName table, string view, IRunObserver observer, CancellationToken cancellationToken)
    {
        if (await BindsAsync(view, observer, cancellationToken).ConfigureAwait(false))
        {
            return true;
        }

        var warning = $"{table}: the view {view} did not work before this swap, so it is not checked.";
        await observer.OnEventAsync(new MessageRaised(MessageLevel.Warning, warning), cancellationToken).ConfigureAwait(false);
        return false;
    }

    private async Task<bool> BindsAsync(string view, IRunObserver observer, CancellationToken cancellationToken)
    {
        try
        {
            await _runner.ExecuteAsync(DuckDbDialect.Bind(view), observer, cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (EltException failure) when (failure.Kind == EltErrorKind.StatementFailed)
        {
            return false;
        }
    }
}
