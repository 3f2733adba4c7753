using System.Diagnostics;
using DuckDB.NET.Native;
using EltPs.Engine.Errors;
using EltPs.Engine.Events;
using EltPs.Engine.Warehouses;
using EltPs.Warehouses.AdoNet;

namespace EltPs.Warehouses.DuckDb;

/// <summary>The rows of a query that DuckDB computes while they are read.</summary>
/// <param name="result">The running query.</param>
/// <param name="runner">Interrupts it.</param>
/// <param name="zone">The zone in which moments are shown.</param>
/// <param name="end">What comes behind it.</param>
/// <param name="scope">On whose behalf.</param>
internal sealed class DuckDbRows(
    StreamingQuery result, StatementRunner runner, TimeZoneInfo zone, Func<Task> end, WorkScope scope) : IRowReader
{
    private readonly SortedSet<int> _cut = [];
    private readonly long _started = Stopwatch.GetTimestamp();
    private bool _hasFailed;

    /// <inheritdoc/>
    public IReadOnlyList<RowColumn> Columns => result.Columns;

    /// <inheritdoc/>
    public IReadOnlyCollection<int> CutColumns => _cut;

    /// <summary>Begins a query.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="runner">Runs and interrupts it.</param>
    /// <param name="sql">The query.</param>
    /// <param name="zone">The zone in which moments are shown.</param>
    /// <param name="end">What comes behind the query, once it has begun.</param>
    /// <param name="scope">On whose behalf.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public static async Task<DuckDbRows> OpenAsync(
        DuckDBNativeConnection connection,
        StatementRunner runner,
        string sql,
        TimeZoneInfo zone,
        Func<Task> end,
        WorkScope scope,
        CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        try
        {
            var query = await runner.StepAsync(() => StreamingQuery.Begin(connection, sql), scope.Observer, cancellationToken);
            return new DuckDbRows(query, runner, zone, end, scope);
        }
        catch (Exception exception) when (exception is EltException or OperationCanceledException)
        {
            await FinishedAsync(sql, started, succeeded: false, scope);
            throw;
        }
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<object?[]>> ReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await runner.StepAsync(() => result.Next(Read), scope.Observer, cancellationToken);
        }
        catch
        {
            _hasFailed = true;
            throw;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Task.Run(result.Dispose);
        await FinishedAsync(result.Sql, _started, !_hasFailed, scope);
        await end();
    }

    private object?[][] Read(DuckDBDataChunk chunk)
    {
        var rows = new object?[NativeMethods.DataChunks.DuckDBDataChunkGetSize(chunk)][];
        for (var row = 0; row < rows.Length; row++)
        {
            rows[row] = new object?[Columns.Count];
        }

        for (var column = 0; column < Columns.Count; column++)
        {
            var place = column;
            var read = new VectorReader(zone, () => _cut.Add(place)).Of(NativeMethods.DataChunks.DuckDBDataChunkGetVector(chunk, column));
            for (var row = 0; row < rows.Length; row++)
            {
                rows[row][column] = read(row);
            }
        }

        return rows;
    }

    private static ValueTask FinishedAsync(string sql, long started, bool succeeded, WorkScope scope) =>
        scope.Observer.OnEventAsync(
            new StatementFinished(sql, Stopwatch.GetElapsedTime(started), succeeded) { IsOfTable = true },
            CancellationToken.None);
}
