namespace EltPs.Warehouses.Snowflake;

/// <summary>What must still stand at both names when a statement takes effect.</summary>
/// <param name="Staged">The staging table's generation id, or <see cref="EltPs.Engine.Warehouses.GenerationMarker.Unmarked"/> for a table
/// without a marker.</param>
/// <param name="Published">The published table's generation id, Unmarked, or First for no table; null if it does not matter.</param>
internal sealed record GenerationGuard(string Staged, string? Published)
{
    /// <summary>
    /// The number of rows that the staging table must still have, which is that of its check; null if it does not matter. A build whose
    /// request Snowflake ran twice has one id for two tables, and only one of them was counted.
    /// </summary>
    public string? Rows { get; init; }
}
