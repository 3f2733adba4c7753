using EltPs.Engine.Names;

namespace EltPs.Engine.Warehouses;

/// <summary>What stands under a name in the warehouse.</summary>
/// <param name="Name">The name that was asked for.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Comment">Its comment; null if it has none.</param>
internal sealed record CatalogEntry(TableName Name, ObjectKind Kind, string? Comment)
{
    /// <summary>The marker in its comment; null if EltPs did not build it.</summary>
    public GenerationMarker? Marker { get; } = GenerationMarker.Parse(Comment);

    /// <summary>The tables whose foreign keys point at it, which keep it from being renamed.</summary>
    public IReadOnlyList<string> ReferencedBy { get; init; } = [];

    /// <summary>What it has and a table built by CTAS will not have, each in words (<c>PRIMARY KEY (month)</c>).</summary>
    public IReadOnlyList<string> NotCarriedOver { get; init; } = [];

    /// <summary>What it is if it is no table that can be built and swapped, in words (<c>a dynamic table</c>).</summary>
    public string Description { get; init; } = Kind == ObjectKind.Table ? "a table" : "a view";

    /// <summary>Whether it is a transient table; null where the warehouse has no such kind.</summary>
    public bool? IsTransient { get; init; }

    /// <summary>The expressions that it is clustered by, as the warehouse writes them; null if it is not.</summary>
    public string? ClusteringKey { get; init; }

    /// <summary>The statements that create its indexes, where the warehouse has indexes.</summary>
    public IReadOnlyList<IndexDefinition> Indexes { get; init; } = [];

    /// <summary>The views that read it, directly or through another view, as SQL names.</summary>
    public IReadOnlyList<string> DependentViews { get; init; } = [];
}
