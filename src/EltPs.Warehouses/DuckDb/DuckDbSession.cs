using DuckDB.NET.Data;
using EltPs.Engine.Definitions;
using EltPs.Engine.Errors;
using EltPs.Engine.Events;
using EltPs.Engine.Warehouses;
using EltPs.Warehouses.AdoNet;

namespace EltPs.Warehouses.DuckDb;

/// <summary>A session with a DuckDB file.</summary>
internal sealed class DuckDbSession : TransactionalSession
{
    // One percentage for the observer, none for the console; from the first moment. Nothing is ever fetched from elsewhere.
    private const string Settings =
        """
        SET enable_progress_bar = true; SET enable_progress_bar_print = false; SET progress_bar_time = 0;
        SET autoinstall_known_extensions = false; SET autoload_known_extensions = false;
        """;

    private readonly DuckDBConnection _connection;
    private readonly DuckDbDialect _dialect;
    private readonly SourceViews _sources;
    private readonly string _path;
    private readonly SessionSettings _settings;

    // The statements that make sources readable for a query; none where they are.
    private IReadOnlyList<Statement> _unmade = [];

    // Whether it was opened for queries alone.
    private bool _isForRows;

    private DuckDbSession(DuckDBConnection connection, DuckDbDialect dialect, string path, SessionSettings settings)
        : base(connection, new DuckDbDriver(connection), dialect)
    {
        _connection = connection;
        _dialect = dialect;
        _path = path;
        _settings = settings;
        _sources = new SourceViews(Runner, Catalog, dialect);
    }

    public override bool IsEphemeral => _path == ConnectionDefinition.InMemory;

    /// <summary>
    /// Opens the file; a plan opens it to read only, a trial to write what is rolled back, and both an empty database where there is no
    /// file.
    /// </summary>
    public static async Task<DuckDbSession> OpenAsync(
        SessionSettings settings, SessionMode mode, DuckDbDialect dialect, CancellationToken cancellationToken)
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
            var session = new DuckDbSession(connection, dialect, path, settings);
            await session.Runner.ExecuteAsync(Preparation(settings.TimeZone), SilentObserver.Instance, cancellationToken);
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

    /// <summary>
    /// Opens the file to read rows only. Where a source that is asked for has no view yet, or one of another file, the view is made in a
    /// transaction around the query that is rolled back; the file is opened to write for that, and keeps its bytes.
    /// </summary>
    public static async Task<DuckDbSession> OpenForRowsAsync(
        SessionSettings settings, DuckDbDialect dialect, WorkScope scope, CancellationToken cancellationToken)
    {
        var path = FullPath(settings.Connection);
        var isThere = path == ConnectionDefinition.InMemory || File.Exists(path);
        if (!isThere && settings.Sources.Count == 0)
        {
            throw new EltException(EltErrorKind.DatabaseMissing, $"there is no database file {path}.")
            {
                Subject = $"connection '{settings.Connection.Name}'",
                Consequences = ["Nothing was created."],
                Advice = [Advice.Say("Run the pipeline that builds it first, or name another file.")],
            };
        }

        var session = await OpenForRowsAsync(isThere ? SessionMode.ReadOnly : SessionMode.Trial);
        try
        {
            session._unmade = await session.PlanSourcesAsync(settings.Sources, scope, cancellationToken);
            if (session._unmade.Count == 0 || !isThere || session.IsEphemeral)
            {
                return session;
            }
        }
        catch
        {
            await session.DisposeAsync();
            throw;
        }

        await session.DisposeAsync();
        var writing = await OpenForRowsAsync(SessionMode.Trial);
        writing._unmade = session._unmade;
        return writing;

        async Task<DuckDbSession> OpenForRowsAsync(SessionMode mode)
        {
            var opened = await OpenAsync(settings, mode, dialect, cancellationToken);
            opened._isForRows = true;
            return opened;
        }
    }

    /// <summary>What every session begins with: its settings and its functions.</summary>
    public static string Preparation(string timeZone) =>
        $"{Settings}\nSET TimeZone = {TransactionalDialect.Literal(timeZone)};\n{DuckDbDialect.FoldMacro}\n{SnowflakeFunctions.Sql}";

    public override async Task<ConnectionReport> DescribeAsync(WorkScope scope, CancellationToken cancellationToken)
    {
        var rows = await Runner.QueryAsync(
            "SELECT version(), current_database(), current_schema()",
            static reader => (Version: reader.GetString(0), Database: reader.GetString(1), Schema: reader.GetString(2)),
            scope.Observer,
            cancellationToken);
        var (version, database, schema) = rows.Single();
        return new ConnectionReport
        {
            SignIn = "embedded",
            Account = _path,

            // A plan for a file that does not exist has an empty database in its place, with another name.
            Database = _connection.DataSource == _path ? database : Path.GetFileNameWithoutExtension(_path),
            Schema = schema,
            Version = version,
        };
    }

    public override Task<IReadOnlyList<Statement>> PlanSourcesAsync(
        IReadOnlyList<SourceDefinition> sources, WorkScope scope, CancellationToken cancellationToken) =>
        _sources.PlanAsync(sources, scope, cancellationToken);

    public override Task PrepareSourcesAsync(
        IReadOnlyList<SourceDefinition> sources, WorkScope scope, CancellationToken cancellationToken) =>
        _sources.PrepareAsync(sources, scope, cancellationToken);

    public override async Task<IRowReader> OpenRowsAsync(RowQuery query, WorkScope scope, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentNullException.ThrowIfNull(scope);
        if (_unmade.Count > 0)
        {
            await Runner.BeginAsync(scope.Observer, cancellationToken);
        }

        try
        {
            await _sources.MakeAsync(_settings.Sources, _unmade, scope.Observer, cancellationToken);
            await SetAsync("SET errors_as_json = true", cancellationToken);
            return await DuckDbRows.OpenAsync(
                _connection.NativeConnection,
                Runner,
                query.Sql,
                RowTime.Zone(_settings.TimeZone),
                EndRowsAsync,
                scope,
                cancellationToken);
        }
        catch
        {
            await EndRowsAsync();
            throw;
        }

        async Task EndRowsAsync()
        {
            if (_unmade.Count > 0)
            {
                await Runner.RollbackAsync(scope.Observer);
            }

            await SetAsync("RESET errors_as_json", CancellationToken.None);
        }
    }

    // It tells the place of an error, and it is a setting of all sessions of this process with the database: so it is on as long as a query
    // runs that somebody wrote.
    private Task SetAsync(string setting, CancellationToken cancellationToken) =>
        _isForRows ? Runner.ExecuteAsync(setting, SilentObserver.Instance, cancellationToken) : Task.CompletedTask;

    protected override TransactionalTrial CreateTrial(WorkScope scope) =>
        new DuckDbTrial(Runner, Catalog, _dialect, _sources, scope.Observer);

    // What a killed run has left in the file's journal is for the next run to take in.
    private async Task PrepareTrialAsync(bool isInMemory, CancellationToken cancellationToken)
    {
        var sql = !isInMemory ? "PRAGMA disable_checkpoint_on_shutdown" : IsEphemeral ? string.Empty : AbsentDatabase.Sql(_path);
        if (sql.Length > 0)
        {
            await Runner.ExecuteAsync(sql, SilentObserver.Instance, cancellationToken);
        }
    }

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
