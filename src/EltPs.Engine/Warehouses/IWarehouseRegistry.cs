using EltPs.Engine.Secrets;

namespace EltPs.Engine.Warehouses;

/// <summary>The types of warehouse that are there.</summary>
internal interface IWarehouseRegistry
{
    /// <summary>All of them.</summary>
    IReadOnlyList<IWarehouseProvider> Providers { get; }

    /// <summary>Who reads the secrets that connections and alerts refer to.</summary>
    ISecretReader Secrets { get; }
}
