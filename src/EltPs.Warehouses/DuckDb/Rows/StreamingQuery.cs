using DuckDB.NET.Native;
using EltPs.Engine.Errors;
using EltPs.Engine.Names;
using EltPs.Engine.Warehouses;

namespace EltPs.Warehouses.DuckDb;

/// <summary>A query in DuckDB's streaming mode: it has computed no more than it has been asked for, but for a small buffer.</summary>
/// <remarks>Source: DuckDB documentation, "C API – Query", "C API – Data Chunks".</remarks>
internal sealed class StreamingQuery : IDisposable
{

    private readonly DuckDBPreparedStatement _statement;
    private readonly bool _isAsSent;
    private DuckDBResult _result;

    private StreamingQuery(string sql, bool isAsSent, DuckDBPreparedStatement statement, DuckDBResult result)
    {
        (Sql, _isAsSent, _statement, _result) = (sql, isAsSent, statement, result);
        Columns = [.. Enumerable.Range(0, (int)NativeMethods.Query.DuckDBColumnCount(ref _result)).Select(Column)];
    }

    /// <summary>The query.</summary>
    public string Sql { get; private init; }

    /// <summary>The columns of its result.</summary>
    public IReadOnlyList<RowColumn> Columns { get; private init; }

    /// <summary>Begins a query.</summary>
    /// <exception cref="EltException"><see cref="EltErrorKind.StatementFailed"/>, with the place.</exception>
    /// <exception cref="OperationCanceledException">It was interrupted.</exception>
    public static StreamingQuery Begin(DuckDBNativeConnection connection, string sql)
    {
        var query = Execute(connection, sql, sql);
        var isRead = Enumerable.Range(0, query.Columns.Count).Select(query.IsRead).ToArray();
        if (isRead.All(read => read))
        {
            return query;
        }

        // As text what cannot be read otherwise. The names are those of before; here they only have to be different.
        var names = isRead.Select((_, place) => Identifier.Quote($"c{place}")).ToArray();
        var columns = names.Select((name, place) => isRead[place] ? name : $"CAST({name} AS VARCHAR)");
        var wrapped = $"SELECT {string.Join(", ", columns)} FROM (\n{sql}\n) AS eltps_rows({string.Join(", ", names)})";
        query.Dispose();
        var text = Execute(connection, wrapped, sql);
        return new StreamingQuery(sql, isAsSent: false, text._statement, text._result) { Columns = query.Columns };
    }

    /// <summary>The next rows; none when all have been read.</summary>
    /// <param name="read">Reads the rows of a chunk, which is gone behind that.</param>
    public object?[][] Next(Func<DuckDBDataChunk, object?[][]> read)
    {
        using var chunk = NativeMethods.StreamingResult.DuckDBStreamFetchChunk(_result);
        if (chunk.IsInvalid)
        {
            // The end and an error look the same, and only the result tells which it is.
            var error = NativeMethods.Query.DuckDBResultError(ref _result);
            Check(error, NativeMethods.Query.DuckDBResultErrorType(ref _result), Sql, _isAsSent);
            return [];
        }

        return read(chunk);
    }

    /// <summary>Stops the query.</summary>
    public void Dispose()
    {
        NativeMethods.Query.DuckDBDestroyResult(ref _result);
        _statement.Dispose();
    }

    private static StreamingQuery Execute(DuckDBNativeConnection connection, string sql, string written)
    {
        var isAsSent = ReferenceEquals(sql, written);
        var count = NativeMethods.ExtractStatements.DuckDBExtractStatements(connection, sql, out var statements);
        using (statements)
        {
            if (count <= 0)
            {
                throw Failure(NativeMethods.ExtractStatements.DuckDBExtractStatementsError(statements), null, written, isAsSent);
            }

            // PIVOT without a list of values is several: the first ones find the values.
            for (var at = 0; at < count - 1; at++)
            {
                Execute(connection, statements, at, written, isAsSent, isStreaming: false).Dispose();
            }

            return Execute(connection, statements, count - 1, written, isAsSent, isStreaming: true);
        }
    }

    private static StreamingQuery Execute(
        DuckDBNativeConnection connection, DuckDBExtractedStatements statements, int at, string written, bool isAsSent, bool isStreaming)
    {
        var state = NativeMethods.ExtractStatements.DuckDBPrepareExtractedStatement(connection, statements, at, out var statement);
        try
        {
            if (state != DuckDBState.Success)
            {
                throw Failure(NativeMethods.PreparedStatements.DuckDBPrepareError(statement), null, written, isAsSent);
            }

            DuckDBResult result;
            state = isStreaming
                ? NativeMethods.PreparedStatements.DuckDBExecutePreparedStreaming(statement, out result)
                : NativeMethods.PreparedStatements.DuckDBExecutePrepared(statement, out result);
            if (state != DuckDBState.Success)
            {
                var (error, type) = (
                    NativeMethods.Query.DuckDBResultError(ref result), NativeMethods.Query.DuckDBResultErrorType(ref result));
                NativeMethods.Query.DuckDBDestroyResult(ref result);
                Check(error, type, written, isAsSent);
                throw Failure("DuckDB gave no reason.", null, written, isAsSent);
            }

            return new StreamingQuery(written, isAsSent, statement, result);
        }
        catch
        {
            statement.Dispose();
            throw;
        }
    }

    private static void Check(string error, DuckDBErrorType type, string sql, bool isAsSent)
    {
        if (type == DuckDBErrorType.Interrupt)
        {
            throw new OperationCanceledException();
        }

        if (!string.IsNullOrEmpty(error))
        {
            throw Failure(error, type, sql, isAsSent);
        }
    }

    private static EltException Failure(string error, DuckDBErrorType? type, string sql, bool isAsSent) =>
        DuckDbErrors.Translate(error, type?.ToString(), sql, isAsSent);

    private RowColumn Column(int place)
    {
        using var type = NativeMethods.Query.DuckDBColumnLogicalType(ref _result, place);
        return new RowColumn(
            NativeMethods.Query.DuckDBColumnName(ref _result, place), DuckDbTypes.Name(NativeMethods.LogicalType.DuckDBGetTypeId(type)));
    }

    private bool IsRead(int place)
    {
        using var type = NativeMethods.Query.DuckDBColumnLogicalType(ref _result, place);
        return DuckDbTypes.IsRead(type);
    }
}
