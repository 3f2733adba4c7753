using EltPs.Engine.Definitions;
using EltPs.Engine.Errors;
using EltPs.Engine.Warehouses;

namespace EltPs.Warehouses.Snowflake;

/// <summary>A trial by EXPLAIN, which compiles a query and does not execute it, so that it needs no compute warehouse.</summary>
/// <remarks>Source: Snowflake documentation, "EXPLAIN". It sees what is there: no statement makes a table for a while.</remarks>
/// <param name="catalog">Finds the sources.</param>
/// <param name="query">Runs a query.</param>
internal sealed class SnowflakeTrial(
    CatalogReader catalog, Func<string, WorkScope, CancellationToken, Task<IReadOnlyList<IReadOnlyList<string?>>>> query) : IWarehouseTrial
{
    public bool SeesTriedTables => false;

    public async Task<IReadOnlyList<(SourceDefinition Source, EltException Failure)>> TrySourcesAsync(
        IReadOnlyList<SourceDefinition> sources, WorkScope scope, CancellationToken cancellationToken)
    {
        var found = await catalog.FindAsync([.. sources.Select(source => source.Name)], scope, cancellationToken);
        return
        [
            .. sources
                .Where(source => found.Find(source.Name) is null)
                .Select(source => (source, SnowflakeSession.NoSource(source))),
        ];
    }

    public async Task<TrialFault?> TryTableAsync(TableTrial table, WorkScope scope, CancellationToken cancellationToken)
    {
        try
        {
            // On a line of its own, so that the places that Snowflake tells are those of the query, one line further down.
            await query($"EXPLAIN USING TEXT\n{table.Sql}\n", scope, cancellationToken);
            return null;
        }
        catch (EltException failure) when (failure.Kind == EltErrorKind.StatementFailed)
        {
            var offset = ErrorPlace.Offset(table.Sql, failure.What, linesBefore: 1);
            return new TrialFault(failure, offset, failure.VendorCode == SnowflakeCodes.Syntax);
        }
    }

    public Task<EltException?> TryReadersAsync(CatalogEntry target, WorkScope scope, CancellationToken cancellationToken) =>
        Task.FromResult<EltException?>(null);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
