namespace EltPs.Warehouses.Snowflake;

/// <summary>What must still stand at both names when a statement takes effect.</summary>
/// <param name="Staged">The staging table's generation id, or <see cref="EltPs.Engine.Generations.GenerationMarker.Unmarked"/> for a table without a marker.</param>
/// <param name="Published">The published table's generation id, Unmarked, or First for no table; null if it does not matter.</param>
internal sealed record GenerationGuard(string Staged, string? Published);
