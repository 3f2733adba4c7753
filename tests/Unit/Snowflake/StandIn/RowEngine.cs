using System.Collections.Concurrent;
using System.Data.Common;
using System.Globalization;

using DuckDB.NET.Data;

using EltPs.Warehouses.DuckDb;

namespace EltPs.Tests.Snowflake.StandIn;

/// <summary>Holds the tables' rows and runs the queries: a DuckDB in memory, with EltPs's own macros for Snowflake's functions.</summary>
internal sealed class RowEngine : IDisposable
{
    // Snowflake writes an object's keys in their order; the three are a block's staged, published and rows.
    private const string Preparation =
        """
        CREATE OR REPLACE TEMP MACRO object_construct_keep_null(a, b, c, d) AS
            CASE WHEN a < c THEN json_object(CAST(a AS VARCHAR), b, CAST(c AS VARCHAR), d) ELSE json_object(CAST(c AS VARCHAR), d, CAST(a AS VARCHAR), b) END,
            (a, b, c, d, e, f) AS json_object(CAST(c AS VARCHAR), d, CAST(e AS VARCHAR), f, CAST(a AS VARCHAR), b);
        """;

    private readonly DuckDBConnection _root = new("Data Source=:memory:");
    private readonly ConcurrentBag<DuckDBConnection> _idle = [];

    public RowEngine()
    {
        _root.Open();
        using var command = _root.CreateCommand();
        command.CommandText = "CREATE SCHEMA store";
        command.ExecuteNonQuery();
    }

    /// <summary>Runs SQL in DuckDB's own words.</summary>
    /// <exception cref="Refusal">It failed there, said as Snowflake would.</exception>
    public QueryResult Run(string sql, StatementContext context, CancellationToken ct)
    {
        var connection = _idle.TryTake(out var idle) ? idle : Open();
        try
        {
            using var command = connection.CreateCommand();
            command.CommandText = $"SET TimeZone = {SnowflakeLiteral.ForDuckDb(context.TimeZone ?? "UTC")};\n{sql}";

            // An interrupt that comes before the statement has begun is lost, so it is asked again right before.
            using var registration = ct.Register(command.Cancel);
            if (ct.IsCancellationRequested)
            {
                throw Refusal.Canceled();
            }

            using var reader = command.ExecuteReader();
            return Read(reader);
        }
        catch (Exception exception) when (exception is DuckDBException or OperationCanceledException)
        {
            throw ct.IsCancellationRequested ? Refusal.Canceled() : QueryErrors.Translate(exception.Message);
        }
        finally
        {
            _idle.Add(connection);
        }
    }

    public void Dispose()
    {
        while (_idle.TryTake(out var connection))
        {
            connection.Dispose();
        }

        _root.Dispose();
    }

    private static QueryResult Read(DbDataReader reader)
    {
        var columns = Enumerable.Range(0, reader.FieldCount).Select(reader.GetName).ToList();
        var rows = new List<IReadOnlyList<string?>>();
        while (reader.Read())
        {
            rows.Add([.. Enumerable.Range(0, reader.FieldCount).Select(column => Text(reader.GetValue(column)))]);
        }

        return new QueryResult(columns, rows) { Types = [.. Enumerable.Range(0, columns.Count).Select(column => Type(reader, column))] };
    }

    private static (string Type, int Scale) Type(DbDataReader reader, int column) => reader.GetDataTypeName(column) switch
    {
        "TinyInt" or "SmallInt" or "Integer" or "BigInt" or "HugeInt" => ("fixed", 0),
        "Decimal" => ("fixed", 6),
        "Double" or "Float" => ("real", 0),
        "Boolean" => ("boolean", 0),
        "Date" => ("date", 0),
        "Timestamp" => ("timestamp_ntz", 9),
        "TimestampTz" => ("timestamp_ltz", 9),
        _ => ("text", 0),
    };

    // Snowflake documentation, "Handling responses": a BOOLEAN is true or false, a DATE days, a TIMESTAMP seconds since 1970.
    private static string? Text(object value) => value switch
    {
        DBNull => null,
        bool truth => truth ? "true" : "false",
        DateOnly date => (date.DayNumber - DateOnly.FromDateTime(DateTime.UnixEpoch).DayNumber).ToString(CultureInfo.InvariantCulture),
        DateTime moment => ((moment - DateTime.UnixEpoch).Ticks / (decimal)TimeSpan.TicksPerSecond).ToString(
            "F9",
            CultureInfo.InvariantCulture),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture),
    };

    private DuckDBConnection Open()
    {
        var connection = _root.Duplicate();
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = DuckDbSession.Preparation("UTC") + "\n" + Preparation;
        command.ExecuteNonQuery();
        return connection;
    }
}
