using EltPs.Engine.Names;

namespace EltPs.Engine.Warehouses;

/// <summary>Swap the previous generation back into place.</summary>
/// <param name="Target">The published table.</param>
/// <param name="PublishedGeneration">What must still be published; null for whatever is.</param>
internal sealed record UndoRequest(TableName Target, string? PublishedGeneration);
