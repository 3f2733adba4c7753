namespace EltPs.Engine.Warehouses;

/// <summary>A query whose rows are read.</summary>
/// <param name="Sql">One statement that changes nothing, without a trailing semicolon.</param>
internal sealed record RowQuery(string Sql)
{
    /// <summary>The most rows that are wanted; null for all of them. A warehouse may give more.</summary>
    public long? MaximumRows { get; init; }
}
