using System.Globalization;

using DuckDB.NET.Data;

namespace EltPs.Tests.Templates;

/// <summary>A DuckDB in memory.</summary>
internal sealed class Duck : IDisposable
{
    private readonly DuckDBConnection _connection = new("Data Source=:memory:");

    public Duck(string timeZone = "UTC")
    {
        _connection.Open();
        _ = Rows($"SET TimeZone = '{timeZone}'");
    }

    /// <summary>The only row of a query: column names and values, those as text.</summary>
    public IReadOnlyList<(string Name, string? Value)> Row(string sql) => Rows(sql).Single();

    /// <summary>The only value of a query, as text.</summary>
    public string? Scalar(string sql) => Row(sql).Single().Value;

    public void Dispose() => _connection.Dispose();

    private List<IReadOnlyList<(string Name, string? Value)>> Rows(string sql)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var rows = new List<IReadOnlyList<(string Name, string? Value)>>();
        while (reader.Read())
        {
            rows.Add([
                .. Enumerable
                    .Range(0, reader.FieldCount)
                    .Select(at => (reader.GetName(at), Convert.ToString(reader.GetValue(at), CultureInfo.InvariantCulture))),
            ]);
        }

        return rows;
    }
}
