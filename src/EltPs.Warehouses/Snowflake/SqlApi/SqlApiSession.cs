namespace EltPs.Warehouses.Snowflake.SqlApi;

/// <summary>What the requests of one client share. The SQL API itself has no sessions: each request brings its settings along.</summary>
/// <param name="Options">The connection.</param>
/// <param name="TimeZone">The time zone that each request sets.</param>
/// <param name="Transport">Sends.</param>
/// <param name="Resender">Sends again.</param>
/// <param name="Limits">How long to wait for what.</param>
/// <param name="Time">The clock.</param>
internal sealed record SqlApiSession(
    SnowflakeOptions Options, string TimeZone, SqlApiTransport Transport, Resender Resender, SqlApiLimits Limits, TimeProvider Time);
