namespace EltPs.Engine.Warehouses;

/// <summary>The aggregates of a staging table, and what stood at both names when they were read.</summary>
/// <param name="Values">The values, the number of rows first; null if there is no staging table.</param>
/// <param name="Staging">What stood at the staging name; null if nothing did.</param>
/// <param name="Target">What was published; null if nothing was.</param>
internal sealed record StagingReading(CheckValues? Values, CatalogEntry? Staging, CatalogEntry? Target)
{
    /// <summary>The number of rows; null if there is no staging table.</summary>
    public long? Rows => Values?.Count(0);
}
