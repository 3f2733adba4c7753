namespace EltPs.Tests.Snowflake.StandIn;

/// <summary>What a request brought along for its statements.</summary>
internal sealed record StatementContext(
    Guid RequestId, string? Role, string? Warehouse, string? Database, string? Schema, string? TimeZone, string? QueryTag);
