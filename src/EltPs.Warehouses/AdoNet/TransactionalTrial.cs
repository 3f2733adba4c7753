using EltPs.Engine.Definitions;
using EltPs.Engine.Errors;
using EltPs.Engine.Events;
using EltPs.Engine.Warehouses;

namespace EltPs.Warehouses.AdoNet;

/// <summary>
/// A trial in a transaction that is rolled back: each table is made without rows, so that SQL behind it sees its columns.
/// </summary>
/// <remarks>Where an error has ended the transaction, a new one begins and is brought to where the last one was.</remarks>
/// <param name="runner">Runs its statements.</param>
/// <param name="catalog">Reads what stands at names.</param>
/// <param name="dialect">The statements' text.</param>
/// <param name="observer">Who sees its beginning and its end.</param>
internal abstract class TransactionalTrial(
    StatementRunner runner, CatalogReader catalog, TransactionalDialect dialect, IRunObserver observer) : IWarehouseTrial
{
    private readonly ViewTrial _views = new(runner, dialect);
    private readonly List<string> _done = [];

    public bool SeesTriedTables => true;

    /// <summary>Settings that the trial needs, and what takes them back; null for none.</summary>
    protected virtual (string Set, string Reset)? Settings => null;

    /// <summary>Tries the views that read the tables, then begins.</summary>
    public async Task BeginAsync(IReadOnlyCollection<CatalogEntry> targets, CancellationToken cancellationToken)
    {
        foreach (var target in targets)
        {
            await _views.TryAsync(target.Name, target.DependentViews, observer, cancellationToken);
        }

        try
        {
            if (Settings is { } settings)
            {
                await runner.ExecuteAsync(settings.Set, observer, cancellationToken);
            }

            await runner.BeginAsync(observer, cancellationToken);
        }
        catch
        {
            await DisposeAsync();
            throw;
        }
    }

    public async Task<IReadOnlyList<(SourceDefinition Source, EltException Failure)>> TrySourcesAsync(
        IReadOnlyList<SourceDefinition> sources, WorkScope scope, CancellationToken cancellationToken)
    {
        var failures = new List<(SourceDefinition Source, EltException Failure)>();
        var found = await catalog.ReadAsync([.. sources.Select(source => source.Name)], scope.Observer, cancellationToken);
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
        if (table.CreateSchema && await TryAsync(dialect.CreateSchema(table.Name), scope.Observer, cancellationToken) is { } noSchema)
        {
            return new TrialFault(Explain(noSchema), Offset: null, IsSyntax: false);
        }

        if (table.QueryOnly)
        {
            return await TryQueryAsync(table.Sql, scope.Observer, cancellationToken);
        }

        var statement = dialect.TryTable(table.Name, table.Sql, out var before);
        if (await TryAsync(statement, scope.Observer, cancellationToken) is not { } failure)
        {
            return null;
        }

        // A query that breaks off would be told to break off at words that are not its author's.
        var fault = Locate(failure, table.Sql, before);
        return fault.IsSyntax && await TryQueryAsync(table.Sql, scope.Observer, cancellationToken) is { } own ? own : fault;
    }

    public async Task<EltException?> TryReadersAsync(CatalogEntry target, WorkScope scope, CancellationToken cancellationToken)
    {
        var readers = target.Indexes.Select(index => index.Create).Concat(target.DependentViews.Where(_views.Works).Select(dialect.Bind));
        foreach (var statement in readers)
        {
            if (await TryAsync(statement, scope.Observer, cancellationToken) is { } failure)
            {
                var told = Explain(failure);
                return told.With(
                    kind: EltErrorKind.PublishFailed,
                    what: $"{TablePublisher.Wants(statement, target.Name)}: {told.What}");
            }
        }

        return null;
    }

    public async ValueTask DisposeAsync()
    {
        await runner.RollbackAsync(observer);
        if (Settings is { } settings)
        {
            await runner.ExecuteAsync(settings.Reset, observer, CancellationToken.None);
        }
    }

    /// <summary>Tries to make one source readable; null if that works.</summary>
    /// <param name="source">The source.</param>
    /// <param name="entry">What stands at its name; null for nothing.</param>
    /// <param name="sees">Who sees it.</param>
    /// <param name="cancellationToken">Cancels.</param>
    protected abstract Task<EltException?> TrySourceAsync(
        SourceDefinition source, CatalogEntry? entry, IRunObserver sees, CancellationToken cancellationToken);

    /// <summary>An error in the warehouse's usual words.</summary>
    protected virtual EltException Explain(EltException failure) => failure;

    /// <summary>What is wrong with a query, and where in it.</summary>
    /// <param name="failure">The error of a statement that the query is a part of.</param>
    /// <param name="sql">The query.</param>
    /// <param name="before">The number of characters in front of it, all of them ASCII.</param>
    protected abstract TrialFault Locate(EltException failure, string sql, int before);

    /// <summary>Tries a statement; null if it succeeds.</summary>
    protected async Task<EltException?> TryAsync(Statement statement, IRunObserver sees, CancellationToken cancellationToken)
    {
        try
        {
            await runner.ExecuteAsync(statement, sees, cancellationToken);
            if (statement.Role is not (StatementRole.QueryTrial or StatementRole.ViewTrial))
            {
                _done.Add(statement.Sql);
            }

            return null;
        }
        catch (EltException failure) when (failure.Kind == EltErrorKind.StatementFailed)
        {
            await RestoreAsync(sees, cancellationToken);
            return failure;
        }
    }

    private async Task<TrialFault?> TryQueryAsync(string sql, IRunObserver sees, CancellationToken cancellationToken) =>
        await TryAsync(dialect.TryQuery(sql, out var before), sees, cancellationToken) is { } failure ? Locate(failure, sql, before) : null;

    private async Task RestoreAsync(IRunObserver sees, CancellationToken cancellationToken)
    {
        try
        {
            await runner.ExecuteAsync("SELECT 1", sees, cancellationToken);
        }
        catch (EltException ended) when (ended.Kind == EltErrorKind.StatementFailed)
        {
            // In one text, because a thousand of them one by one, after each of many errors, would take a while.
            await runner.RollbackAsync(sees);
            await runner.ExecuteAsync(string.Join(";\n", [dialect.Begin.Sql, .. _done]), sees, cancellationToken);
        }
    }
}
