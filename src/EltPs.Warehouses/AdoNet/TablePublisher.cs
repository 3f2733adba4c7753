using EltPs.Engine.Errors;
using EltPs.Engine.Events;
using EltPs.Engine.Names;
using EltPs.Engine.Warehouses;

namespace EltPs.Warehouses.AdoNet;

/// <summary>Runs the statements of a swap, and says what the new table does not fit.</summary>
internal sealed class TablePublisher(StatementRunner runner, CatalogReader catalog, TransactionalDialect dialect)
{
    /// <summary>Reads both names, lets the caller decide, and runs what it says, in one transaction.</summary>
    /// <remarks>
    /// A view that is broken already must not keep a table from being published, so views are tried beforehand. A table without views, as
    /// most are, pays nothing for that.
    /// </remarks>
    /// <param name="name">The table.</param>
    /// <param name="plan">Judges what stands at both names, the target with the views that work, and gives the statements.</param>
    /// <param name="observer">Who sees it.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async Task SwapAsync(
        TableName name,
        Func<CatalogEntry?, CatalogEntry?, IReadOnlyList<Statement>> plan,
        IRunObserver observer,
        CancellationToken cancellationToken)
    {
        var views = new ViewTrial(runner, dialect);
        var found = new List<string>();
        do
        {
            await views.TryAsync(name, found, observer, cancellationToken);
        }
        while (!await runner.TryInTransactionAsync(AttemptAsync, observer, cancellationToken));

        async Task<bool> AttemptAsync()
        {
            var (staging, target) = await catalog.ReadPairAsync(name, observer, cancellationToken);
            found = [.. target?.DependentViews ?? []];
            target = target is null ? null : target with { DependentViews = [.. target.DependentViews.Where(views.Works)] };
            var statements = plan(staging, target);
            if (views.Untried(found).Any())
            {
                return false;
            }

            await RunAsync(name, statements, observer, cancellationToken);
            return true;
        }
    }

    /// <summary>Runs the statements of a swap in the transaction that is open.</summary>
    /// <exception cref="EltException"><see cref="EltErrorKind.PublishFailed"/>, with what the new table does not fit.</exception>
    public async Task RunAsync(
        TableName target, IEnumerable<Statement> statements, IRunObserver observer, CancellationToken cancellationToken)
    {
        foreach (var statement in statements.Where(StatementRunner.IsWithin))
        {
            try
            {
                await runner.ExecuteAsync(statement, observer, cancellationToken);
            }
            catch (EltException failure) when (failure.Kind == EltErrorKind.StatementFailed)
            {
                throw failure.With(kind: EltErrorKind.PublishFailed, what: $"{Wants(statement, target)}: {failure.What}");
            }
        }
    }

    /// <summary>What a new table does not fit if a statement of its swap fails, in words.</summary>
    internal static string Wants(Statement statement, TableName target) => statement.Role switch
    {
        StatementRole.ViewTrial => $"the new table would break the view {statement.Subject}",
        StatementRole.KeyTrial => $"the new table does not fit a unique index of {target} (two of its rows have one key)",
        StatementRole.Index => $"the new table does not fit an index of {target} ({statement.Sql})",
        _ => $"the swap was refused ({statement.Sql})",
    };
}
