using EltPs.Engine.Secrets;
using EltPs.Engine.Warehouses;
using EltPs.Warehouses.DuckDb;
using EltPs.Warehouses.Secrets;
using EltPs.Warehouses.Snowflake;

namespace EltPs.Warehouses;

/// <summary>The types of warehouse that this assembly has. The module creates it by its name.</summary>
public sealed class WarehouseRegistry : IWarehouseRegistry
{
    /// <summary>The types, without a vault for secrets.</summary>
    public WarehouseRegistry()
        : this(vault: null)
    {
    }

    /// <summary>The types.</summary>
    /// <param name="vault">Where <c>secret:</c> references are looked up; null where there is none.</param>
    public WarehouseRegistry(ISecretVault? vault)
        : this(vault, TimeProvider.System, SnowflakeProvider.DefaultDriverFolder)
    {
    }

    internal WarehouseRegistry(ISecretVault? vault, TimeProvider time, string driverFolder) =>
        Providers = [new DuckDbProvider(), new SnowflakeProvider(new SecretReader(vault), time, driverFolder)];

    /// <inheritdoc/>
    public IReadOnlyList<IWarehouseProvider> Providers { get; }
}
