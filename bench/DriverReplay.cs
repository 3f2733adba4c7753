using System.Diagnostics.CodeAnalysis;
using DuckDB.NET.Data;
using EltPs.Engine.Definitions;
using EltPs.Warehouses.DuckDb;

namespace EltPs.Bench;

/// <summary>Runs a trace on one connection of the driver, and nothing else: what the same statements cost without EltPs.</summary>
internal static class DriverReplay
{
    /// <summary>What the statements took, and what they took with opening, preparing and closing the session.</summary>
    public static (Cost Statements, Cost Whole) Run(string database, IReadOnlyList<string> statements)
    {
        var whole = Cost.Begin();
        Cost statementsAlone;
        using (var connection = new DuckDBConnection($"Data Source={database}"))
        {
            connection.Open();
            Execute(connection, DuckDbSession.Preparation(SessionSettings.DefaultTimeZone));
            var beginning = Cost.Begin();
            foreach (var statement in statements)
            {
                Execute(connection, statement);
            }

            statementsAlone = Cost.Since(beginning);
        }

        return (statementsAlone, Cost.Since(whole));
    }

    /// <summary>Runs a statement and reads what it returns.</summary>
    [SuppressMessage("Security", "CA2100", Justification = "The statements are those that EltPs has just sent.")]
    internal static void Execute(DuckDBConnection connection, string statement)
    {
        using var command = connection.CreateCommand();
        command.CommandText = statement;
        using var reader = command.ExecuteReader();
        do
        {
            while (reader.Read())
            {
                for (var column = 0; column < reader.FieldCount; column++)
                {
                    _ = reader.GetValue(column);
                }
            }
        }
        while (reader.NextResult());
    }
}
