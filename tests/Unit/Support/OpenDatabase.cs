using DuckDB.NET.Data;

namespace EltPs.Tests.Support;

/// <summary>A database file that a test has opened; no run can open it meanwhile.</summary>
internal sealed class OpenDatabase : IDisposable
{
    private readonly DuckDBConnection _connection;

    public OpenDatabase(string path)
    {
        _connection = new DuckDBConnection($"Data Source={path}");
        _connection.Open();
    }

    public void Execute(string sql)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    /// <summary>The rows of a query, each as its values in the invariant culture, joined by a bar.</summary>
    public IReadOnlyList<string> Rows(string sql)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var rows = new List<string>();
        while (reader.Read())
        {
            var values = Enumerable.Range(0, reader.FieldCount)
                .Select(column => Convert.ToString(reader.GetValue(column), System.Globalization.CultureInfo.InvariantCulture));
            rows.Add(string.Join('|', values));
        }

        return rows;
    }

    /// <summary>The tables and views that are there, as <c>schema.name</c>, sorted.</summary>
    public IReadOnlyList<string> Names() =>
        Rows(
            """
            SELECT schema_name || '.' || name
            FROM (
                SELECT schema_name, table_name AS name FROM duckdb_tables() WHERE NOT internal
                UNION ALL
                SELECT schema_name, view_name FROM duckdb_views() WHERE NOT internal
            )
            ORDER BY ALL
            """);

    public void Dispose() => _connection.Dispose();
}
