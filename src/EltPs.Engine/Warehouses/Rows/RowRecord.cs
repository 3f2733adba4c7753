namespace EltPs.Engine.Warehouses;

/// <summary>A value that has named fields (DuckDB's STRUCT).</summary>
/// <param name="Fields">The fields, in their order.</param>
internal sealed record RowRecord(IReadOnlyList<KeyValuePair<string, object?>> Fields);
