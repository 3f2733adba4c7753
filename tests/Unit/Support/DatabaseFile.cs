using DuckDB.NET.Data;

namespace EltPs.Tests.Support;

/// <summary>
/// A database file as somebody without EltPs sees it: opened, used and closed by each call, so that nothing holds it in between.
/// </summary>
internal sealed class DatabaseFile(string path)
{
    /// <summary>The file's absolute path.</summary>
    public string Path { get; } = path;

    public void Execute(string sql)
    {
        using var connection = Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    /// <summary>The rows of a query, each as its values in the invariant culture, joined by a bar.</summary>
    public IReadOnlyList<string> Rows(string sql)
    {
        using var connection = Open();
        using var command = connection.CreateCommand();
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

    private DuckDBConnection Open()
    {
        var connection = new DuckDBConnection($"Data Source={Path}");
        connection.Open();
        return connection;
    }
}
