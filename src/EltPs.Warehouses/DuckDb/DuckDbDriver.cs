using DuckDB.NET.Data;
using EltPs.Engine.Errors;
using EltPs.Warehouses.AdoNet;

namespace EltPs.Warehouses.DuckDb;

/// <summary>DuckDB's errors and progress.</summary>
internal sealed class DuckDbDriver(DuckDBConnection connection) : IDriver
{
    // Below zero while DuckDB cannot tell, as for a table function: shown as nothing done yet, so that the bar still says what runs.
    public double Progress => Math.Clamp(connection.GetQueryProgress().Percentage / 100, 0, 1);

    public EltException Translate(Exception exception, string sql) => DuckDbErrors.Translate(exception, sql);
}
