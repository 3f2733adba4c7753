using System.Text.Json;
using DuckDB.NET.Data;

namespace EltPs.Bench;

/// <summary>The program that somebody would write who needs the statements only: the driver, one connection, one statement after another.</summary>
internal static class DriverChild
{
    public const string Switch = "--driver-child";

    /// <param name="arguments">The database, and a file with an array of statements.</param>
    public static int Run(IReadOnlyList<string> arguments)
    {
        var statements = JsonSerializer.Deserialize<string[]>(File.ReadAllBytes(arguments[1]))!;
        using var connection = new DuckDBConnection($"Data Source={arguments[0]}");
        connection.Open();
        foreach (var statement in statements)
        {
            DriverReplay.Execute(connection, statement);
        }

        return 0;
    }
}
