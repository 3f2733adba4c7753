using EltPs.Engine.Definitions;
using EltPs.Engine.Names;

namespace EltPs.Engine.Warehouses;

/// <summary>Swap a checked staging table into place, if both sides still are what they were.</summary>
/// <param name="Target">The table to replace, or to create if <paramref name="Replaces"/> says that this is the first.</param>
/// <param name="Generation">What the staging table's marker must still say.</param>
/// <param name="Replaces">What must still be published: a generation id, <c>none</c> (an unmarked table) or <c>first</c> (nothing).</param>
/// <param name="KeepPrevious">Whether the generation that is replaced stays at the staging name.</param>
internal sealed record PublishRequest(TableName Target, string Generation, string Replaces, bool KeepPrevious)
{
    /// <summary>Stands for the number of rows in a plan.</summary>
    public const string RowsPlaceholder = "<row count>";

    /// <summary>The number of rows that were checked; null in a plan.</summary>
    public long? Rows { get; init; }

    /// <summary>
    /// Whether it is a part of a run that publishes all tables or none: within the transaction of that run, where the warehouse has one;
    /// elsewhere the previous generation is kept in any case, because it may have to come back.
    /// </summary>
    public bool Together { get; init; }

    /// <summary>How it takes the published table's place.</summary>
    public PublishMethod Method { get; init; }
}
