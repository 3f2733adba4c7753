namespace EltPs.Warehouses.Snowflake;

/// <summary>What a request gave back.</summary>
/// <param name="QueryId">Snowflake's id of the query, which its history shows.</param>
/// <param name="Rows">Each row's values as text, null for NULL.</param>
/// <param name="WasRepeated">Whether it was sent more than once because an answer was lost, so that the statement may have run before it
/// gave this answer. Also true where that cannot be known.</param>
internal sealed record SnowflakeResult(string QueryId, IReadOnlyList<IReadOnlyList<string?>> Rows, bool WasRepeated = false);
