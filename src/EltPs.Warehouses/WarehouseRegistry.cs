using EltPs.Engine.Warehouses;
using EltPs.Warehouses.DuckDb;

namespace EltPs.Warehouses;

/// <summary>The types of warehouse that this assembly has. The module creates it by its name.</summary>
public sealed class WarehouseRegistry : IWarehouseRegistry
{
    /// <inheritdoc/>
    public IReadOnlyList<IWarehouseProvider> Providers { get; } = [new DuckDbProvider()];
}
