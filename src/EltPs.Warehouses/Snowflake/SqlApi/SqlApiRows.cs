using EltPs.Engine.Warehouses;

namespace EltPs.Warehouses.Snowflake.SqlApi;

/// <summary>
/// The rows of a result, partition by partition: the first one came with the answer, the next is fetched when it is wanted.
/// </summary>
/// <remarks>
/// Snowflake: "Handling responses", fetching additional partitions. The query has ended when there is a first row, so to stop reading needs
/// no cancel.
/// </remarks>
/// <param name="run">Fetches.</param>
/// <param name="first">The answer.</param>
/// <param name="zone">The zone in which moments are shown.</param>
internal sealed class SqlApiRows(StatementRun run, StatementAnswer first, TimeZoneInfo zone) : IRowReader
{
    private readonly SortedSet<int> _cut = [];
    private readonly AnswerCell[] _cells = [.. first.Columns.Select(column => new AnswerCell(column, zone))];
    private int _partition;

    /// <inheritdoc/>
    public IReadOnlyList<RowColumn> Columns { get; } = [.. first.Columns.Select(column => new RowColumn(column.Name, column.Type))];

    /// <inheritdoc/>
    public IReadOnlyCollection<int> CutColumns => _cut;

    /// <inheritdoc/>
    public async Task<IReadOnlyList<object?[]>> ReadAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        while (_partition < first.Partitions)
        {
            var rows = _partition == 0 ? first.Rows ?? [] : await run.ReadPartitionAsync(_partition, cancellationToken);
            _partition++;
            if (rows.Count > 0)
            {
                return [.. rows.Select(Values)];
            }
        }

        return [];
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        run.Dispose();
        return ValueTask.CompletedTask;
    }

    private object?[] Values(IReadOnlyList<string?> row)
    {
        var values = new object?[_cells.Length];
        for (var column = 0; column < values.Length && column < row.Count; column++)
        {
            if (row[column] is not { } text)
            {
                continue;
            }

            values[column] = _cells[column].Read(text, out var isCut);
            if (isCut)
            {
                _cut.Add(column);
            }
        }

        return values;
    }
}
