using EltPs.Engine.Errors;
using EltPs.Engine.Events;
using EltPs.Engine.Warehouses;

namespace EltPs.Engine.Steps;

/// <summary>Reads rows: of a query, or of a generation of a table. Changes nothing.</summary>
internal sealed class RowStep(WarehouseSession session, TimeProvider time, IRunObserver observer)
{
    /// <summary>Takes rows as they come; the next ones are read when it is done.</summary>
    /// <param name="reader">Where they come from, which knows their columns.</param>
    /// <param name="rows">The rows; none with the first call if there are none at all.</param>
    public delegate Task TakeAsync(IRowReader reader, IReadOnlyList<object?[]> rows);

    /// <summary>How long reading may take, with whatever takes the rows; <see cref="Timeout.InfiniteTimeSpan"/> for no limit.</summary>
    public TimeSpan Limit { get; init; } = Timeout.InfiniteTimeSpan;

    /// <summary>Reads the rows of a query.</summary>
    /// <param name="query">The query.</param>
    /// <param name="take">Takes the rows.</param>
    /// <param name="cancellationToken">Cancels the query in the warehouse.</param>
    /// <returns>The number of rows.</returns>
    /// <exception cref="EltException">The warehouse could not be opened, or refused the query, or its time was over.</exception>
    public Task<long> ReadAsync(RowQuery query, TakeAsync take, CancellationToken cancellationToken) => EnforceAsync(
        (warehouse, scope, token) => ReadAsync(warehouse, query, take, scope, token), cancellationToken);

    /// <summary>Reads rows of a generation of a table.</summary>
    /// <param name="table">The table.</param>
    /// <param name="generation">Which one.</param>
    /// <param name="maximumRows">The most rows; null for all.</param>
    /// <param name="take">Takes the rows.</param>
    /// <param name="cancellationToken">Cancels the query in the warehouse.</param>
    /// <returns>The number of rows.</returns>
    /// <exception cref="EltException">
    /// <see cref="EltErrorKind.TableNotFound"/>: there is no such generation; the error says what there is. Others as for a query.
    /// </exception>
    public Task<long> ReadAsync(
        Names.TableName table, TableGeneration generation, long? maximumRows, TakeAsync take, CancellationToken cancellationToken) =>
        EnforceAsync(
            async (warehouse, scope, token) =>
            {
                if (generation != TableGeneration.Published)
                {
                    var found = await GenerationNames.LookUpAsync(warehouse, table, scope, token);
                    return await ReadAsync(warehouse, Query(found.Require(generation), maximumRows), take, scope, token);
                }

                var hasBegun = false;
                try
                {
                    return await ReadAsync(warehouse, Query(table, maximumRows), TakeOverAsync, scope, token);
                }
                catch (EltException failure) when (failure.Kind == EltErrorKind.StatementFailed && !hasBegun)
                {
                    // The usual case costs no look-up. A view has no generations, and whoever sees neither is told what the warehouse said.
                    var found = await GenerationNames.LookUpAsync(warehouse, table, scope, token);
                    _ = found.Require(generation);
                    throw;
                }

                Task TakeOverAsync(IRowReader reader, IReadOnlyList<object?[]> rows)
                {
                    hasBegun = true;
                    return take(reader, rows);
                }
            },
            cancellationToken);

    private static RowQuery Query(Names.TableName name, long? maximumRows)
    {
        var limit = maximumRows is { } rows
            ? string.Create(System.Globalization.CultureInfo.InvariantCulture, $"\nLIMIT {rows}")
            : string.Empty;
        return new RowQuery($"SELECT * FROM {name}{limit}") { MaximumRows = maximumRows };
    }

    private static async Task<long> ReadAsync(
        IWarehouse warehouse, RowQuery query, TakeAsync take, WorkScope scope, CancellationToken cancellationToken)
    {
        var left = query.MaximumRows ?? long.MaxValue;
        var count = 0L;
        await using (var reader = await warehouse.OpenRowsAsync(query, scope, cancellationToken))
        {
            do
            {
                var rows = left > 0 ? await reader.ReadAsync(cancellationToken) : [];
                if (rows.Count > left)
                {
                    rows = [.. rows.Take((int)left)];
                }

                if (rows.Count == 0 && count > 0)
                {
                    break;
                }

                await take(reader, rows);
                (count, left) = (count + rows.Count, rows.Count == 0 ? 0 : left - rows.Count);
            }
            while (left > 0);
        }

        return count;
    }

    private async Task<T> EnforceAsync<T>(Func<IWarehouse, WorkScope, CancellationToken, Task<T>> work, CancellationToken cancellationToken)
    {
        var scope = new WorkScope(observer)
        {
            Deadline = Limit == Timeout.InfiniteTimeSpan ? Deadline.None : Deadline.In(Limit, time),
        };
        try
        {
            await using (var lease = await session.AcquireAsync(scope, cancellationToken))
            {
                return await scope.Deadline.EnforceAsync(token => work(lease.Warehouse, scope, token), "The query", cancellationToken);
            }
        }
        catch (EltException failure) when (failure.Kind == EltErrorKind.Timeout)
        {
            // The advice of a table's build is about its file.
            throw failure.Settled(EltErrorKind.Timeout, what: null, "Nothing was changed.", Advice.GiveLonger);
        }
    }
}
