using EltPs.Engine.Definitions;
using EltPs.Engine.Errors;
using EltPs.Engine.Events;
using EltPs.Engine.Warehouses;

namespace EltPs.Warehouses.DuckDb;

/// <summary>
/// A trial in a transaction that is rolled back: each table is made without rows, so that SQL behind it sees its columns.
/// </summary>
/// <remarks>
/// Seen with DuckDB 1.5: what a transaction creates and rolls back leaves the bytes of the file as they were. An error of binding leaves
/// the transaction open, any other one ends it (a file that is missing, a schema that is): then a new one begins, and is brought to where
/// the last one was.
/// </remarks>
internal sealed class DuckDbTrial : IWarehouseTrial
{
    // Tells the place of an error; the setting is the whole database's, so it is taken back at the end.
    private const string BeginReports = "SET errors_as_json = true";
    private const string EndReports = "RESET errors_as_json";

    private readonly StatementRunner _runner;
    private readonly CatalogReader _catalog;
    private readonly ViewTrial _views;
    private readonly IRunObserver _observer;
    private readonly List<string> _done = [];

    private DuckDbTrial(StatementRunner runner, CatalogReader catalog, ViewTrial views, IRunObserver observer)
    {
        _runner = runner;
        _catalog = catalog;
        _views = views;
        _observer = observer;
    }

    public bool SeesTriedTables => true;

    /// <summary>Tries the views that read the tables, then begins.</summary>
    public static async Task<DuckDbTrial> BeginAsync(
        StatementRunner runner,
        CatalogReader catalog,
        IReadOnlyCollection<CatalogEntry> targets,
        IRunObserver observer,
        CancellationToken cancellationToken)
    {
        var views = new ViewTrial(runner);
        foreach (var target in targets)
        {
            await views.TryAsync(target.Name, target.DependentViews, observer, cancellationToken);
        }

        var trial = new DuckDbTrial(runner, catalog, views, observer);
        try
        {
            await runner.ExecuteAsync(BeginReports, observer, cancellationToken);
            await runner.ExecuteAsync(DuckDbDialect.Begin, observer, cancellationToken);
            return trial;
        }
        catch
        {
            await trial.DisposeAsync();
            throw;
        }
    }

    public async Task<IReadOnlyList<(SourceDefinition Source, EltException Failure)>> TrySourcesAsync(
        IReadOnlyList<SourceDefinition> sources, WorkScope scope, CancellationToken cancellationToken)
    {
        var failures = new List<(SourceDefinition Source, EltException Failure)>();
        var found = await _catalog.ReadAsync([.. sources.Select(source => source.Name)], scope.Observer, cancellationToken);
        foreach (var source in sources)
        {
            if (await TrySourceAsync(source, found.Find(source.Name), scope.Observer, cancellationToken) is { } failure)
            {
                failures.Add((source, failure));
            }
        }

        return failures;
    }

    public async Task<TrialFault?> TryTableAsync(TableTrial table, WorkScope scope, CancellationToken cancellationToken)
    {
        if (table.CreateSchema && await TryAsync(DuckDbDialect.CreateSchema(table.Name), scope.Observer, cancellationToken) is { } noSchema)
        {
            return new TrialFault(ErrorReport.Of(noSchema).Failure, Offset: null, IsSyntax: false);
        }

        if (table.QueryOnly)
        {
            return await TryQueryAsync(table.Sql, scope.Observer, cancellationToken);
        }

        // Without rows, so that nothing is read; the line break ends a comment that the query may end with.
        var before = $"CREATE OR REPLACE TABLE {table.Name} AS\n";
        if (await TryAsync($"{before}{table.Sql}\nWITH NO DATA", scope.Observer, cancellationToken) is not { } failure)
        {
            return null;
        }

        // A query that breaks off would be told to break off at words that are not its author's.
        var fault = ErrorReport.Of(failure).Within(table.Sql, before.Length);
        return fault.IsSyntax && await TryQueryAsync(table.Sql, scope.Observer, cancellationToken) is { } own ? own : fault;
    }

    public async Task<EltException?> TryReadersAsync(CatalogEntry target, WorkScope scope, CancellationToken cancellationToken)
    {
        foreach (
            var statement in target
                .Indexes.Select(index => index.Sql)
                .Concat(target.DependentViews.Where(_views.Works).Select(DuckDbDialect.Bind)))
        {
            if (await TryAsync(statement, scope.Observer, cancellationToken) is { } failure)
            {
                var told = ErrorReport.Of(failure).Failure;
                return told.With(
                    kind: EltErrorKind.PublishFailed,
                    what: $"{TablePublisher.Wants(statement, target.Name)}: {told.What}");
            }
        }

        return null;
    }

    public async ValueTask DisposeAsync()
    {
        await _runner.RollbackAsync(_observer);
        await _runner.ExecuteAsync(EndReports, _observer, CancellationToken.None);
    }

    private async Task<TrialFault?> TryQueryAsync(string sql, IRunObserver observer, CancellationToken cancellationToken)
    {
        const string Before = "EXPLAIN\n";
        return await TryAsync($"{Before}{sql}\n", observer, cancellationToken) is { } failure
            ? ErrorReport.Of(failure).Within(sql, Before.Length)
            : null;
    }

    private async Task<EltException?> TrySourceAsync(
        SourceDefinition source,
        CatalogEntry? entry,
        IRunObserver observer,
        CancellationToken cancellationToken)
    {
        try
        {
            _ = SourceView.IsCurrent(source, entry);
        }
        catch (EltException taken)
        {
            return taken;
        }

        if (!await SourceViews.HasFilesAsync(_runner, source, observer, cancellationToken))
        {
            return SourceViews.Missing([source]);
        }

        foreach (var statement in SourceView.Create(source))
        {
            if (await TryAsync(statement, observer, cancellationToken) is { } failure)
            {
                return SourceView.Unreadable(source, ErrorReport.Of(failure).Failure);
            }
        }

        return null;
    }

    private async Task<EltException?> TryAsync(string statement, IRunObserver observer, CancellationToken cancellationToken)
    {
        try
        {
            await _runner.ExecuteAsync(statement, observer, cancellationToken);
            if (!statement.StartsWith("EXPLAIN", StringComparison.Ordinal))
            {
                _done.Add(statement);
            }

            return null;
        }
        catch (EltException failure) when (failure.Kind == EltErrorKind.StatementFailed)
        {
            await RestoreAsync(observer, cancellationToken);
            return failure;
        }
    }

    private async Task RestoreAsync(IRunObserver observer, CancellationToken cancellationToken)
    {
        try
        {
            await _runner.ExecuteAsync("SELECT 1", observer, cancellationToken);
        }
        catch (EltException ended) when (ended.Kind == EltErrorKind.StatementFailed)
        {
            // In one text, because a thousand of them one by one, after each of many errors, would take a while.
            await _runner.RollbackAsync(observer);
            await _runner.ExecuteAsync(string.Join(";\n", [DuckDbDialect.Begin, .. _done]), observer, cancellationToken);
        }
    }
}
