namespace EltPs.Engine.Warehouses;

/// <summary>The rows of a staging table, and what stood at both names when they were counted.</summary>
/// <param name="Rows">The number of rows; null if there is no staging table.</param>
/// <param name="Staging">What stood at the staging name; null if nothing did.</param>
/// <param name="Target">What was published; null if nothing was.</param>
public sealed record StagingReading(long? Rows, CatalogEntry? Staging, CatalogEntry? Target);
