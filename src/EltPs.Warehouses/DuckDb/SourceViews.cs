using EltPs.Engine.Definitions;
using EltPs.Engine.Errors;
using EltPs.Engine.Events;
using EltPs.Engine.Warehouses;
using EltPs.Warehouses.AdoNet;

namespace EltPs.Warehouses.DuckDb;

/// <summary>Makes a pipeline's sources readable: a view over each file.</summary>
internal sealed class SourceViews(StatementRunner runner, CatalogReader catalog, DuckDbDialect dialect)
{
    private readonly ViewTrial _views = new(runner, dialect);

    /// <summary>The statements that <see cref="PrepareAsync"/> would send now; none if all sources are readable.</summary>
    public async Task<IReadOnlyList<Statement>> PlanAsync(
        IReadOnlyList<SourceDefinition> sources, WorkScope scope, CancellationToken cancellationToken)
    {
        if (sources.Count == 0)
        {
            return [];
        }

        await EnsureFilesAsync(sources, scope.Observer, cancellationToken);
        var found = await catalog.ReadAsync([.. sources.Select(source => source.Name)], scope.Observer, cancellationToken);
        var changed = new List<SourceDefinition>();
        foreach (var source in sources)
        {
            // A view keeps the columns that its file had when it was made; a file of other columns needs a new one.
            if (!SourceView.IsCurrent(source, found.Find(source.Name))
                || !await _views.BindsAsync(source.Name.ToString(), scope.Observer, cancellationToken))
            {
                changed.Add(source);
            }
        }

        return changed.Count == 0
            ? []
            : [dialect.Begin, .. changed.SelectMany(Create), dialect.Commit];
    }

    /// <summary>Makes the sources readable.</summary>
    public async Task PrepareAsync(IReadOnlyList<SourceDefinition> sources, WorkScope scope, CancellationToken cancellationToken)
    {
        var statements = await PlanAsync(sources, scope, cancellationToken);
        if (statements.Count == 0)
        {
            return;
        }

        await TellingAsync(sources, () => runner.InTransactionAsync(statements, scope.Observer, cancellationToken));
    }

    /// <summary>Sends statements of <see cref="PlanAsync"/> in the transaction that is open.</summary>
    public Task MakeAsync(
        IReadOnlyList<SourceDefinition> sources,
        IReadOnlyList<Statement> statements,
        IRunObserver observer,
        CancellationToken cancellationToken) =>
        TellingAsync(sources, () => runner.ExecuteAsync(statements, observer, cancellationToken));

    // Which source it was that could not be read.
    private async Task TellingAsync(IReadOnlyList<SourceDefinition> sources, Func<Task> work)
    {
        try
        {
            await work();
        }
        catch (EltException failure)
            when (sources.FirstOrDefault(source => Create(source).Any(made => made.Sql == failure.Statement)) is { } source)
        {
            throw SourceView.Unreadable(source, failure);
        }
    }

    private async Task EnsureFilesAsync(IReadOnlyList<SourceDefinition> sources, IRunObserver observer, CancellationToken cancellationToken)
    {
        var missing = new List<SourceDefinition>();
        foreach (var source in sources)
        {
            if (!await HasFilesAsync(source, observer, cancellationToken))
            {
                missing.Add(source);
            }
        }

        if (missing.Count > 0)
        {
            throw Missing(missing);
        }
    }

    /// <summary>Whether a source's file is there, or one that its wildcards match.</summary>
    public async Task<bool> HasFilesAsync(SourceDefinition source, IRunObserver observer, CancellationToken cancellationToken)
    {
        var found = await runner.QueryAsync(
            $"SELECT 1 FROM glob({TransactionalDialect.Literal(SourceView.Pattern(source))}) LIMIT 1",
            static _ => 1,
            observer,
            cancellationToken);
        return found.Count > 0;
    }

    /// <summary>The error of sources whose files are not there.</summary>
    public static EltException Missing(IEnumerable<SourceDefinition> sources) => EltException.Of(
    [
        .. sources.Select(source => new EltException(
            EltErrorKind.SourceMissing,
            $"no file {source.Path} (looked for {Path.GetFullPath(source.Path, source.BaseFolder)}).")
        {
            Location = source.Location,
            Subject = $"source {source.Name}",
        }),
    ]);

    private IReadOnlyList<Statement> Create(SourceDefinition source) => SourceView.Create(source, dialect);
}
