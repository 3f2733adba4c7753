using System.Data.Common;
using EltPs.Engine.Errors;
using EltPs.Engine.Warehouses;

namespace EltPs.Warehouses.Snowflake.Driver;

/// <summary>The rows of a query that the driver fetches chunk by chunk.</summary>
/// <param name="command">The command, which lives as long as the rows.</param>
/// <param name="statement">Reads under the caller's cancel.</param>
/// <param name="reader">The rows.</param>
/// <param name="zone">The zone in which moments are shown.</param>
/// <param name="translate">Makes the error of what the driver throws.</param>
/// <param name="deadline">When all must have ended.</param>
internal sealed class DriverRows(
    DbCommand command,
    DriverStatement statement,
    DbDataReader reader,
    TimeZoneInfo zone,
    Func<Exception, EltException> translate,
    Deadline deadline) : IRowReader
{
    private const int BatchSize = 1000;

    /// <inheritdoc/>
    public IReadOnlyList<RowColumn> Columns { get; } =
    [
        .. Enumerable.Range(0, reader.FieldCount)
            .Select(column => new RowColumn(reader.GetName(column), reader.GetDataTypeName(column).ToUpperInvariant())),
    ];

    /// <inheritdoc/>
    /// <remarks>The driver cuts them off itself and does not tell.</remarks>
    public IReadOnlyCollection<int> CutColumns => [];

    /// <inheritdoc/>
    public Task<IReadOnlyList<object?[]>> ReadAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return statement.RunAsync(ReadBatchAsync, deadline, translate, cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await reader.DisposeAsync();
        await command.DisposeAsync();
    }

    private async Task<IReadOnlyList<object?[]>> ReadBatchAsync(CancellationToken abort)
    {
        var rows = new List<object?[]>();
        while (rows.Count < BatchSize && await reader.ReadAsync(abort))
        {
            var row = new object?[Columns.Count];
            for (var column = 0; column < row.Length; column++)
            {
                row[column] = DriverCell.Read(reader, column, Columns[column].Type, zone);
            }

            rows.Add(row);
        }

        return rows;
    }
}
