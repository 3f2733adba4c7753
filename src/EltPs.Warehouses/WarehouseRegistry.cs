using EltPs.Engine.Secrets;
using EltPs.Engine.Warehouses;
using EltPs.Warehouses.DuckDb;
using EltPs.Warehouses.Secrets;
using EltPs.Warehouses.Snowflake;

namespace EltPs.Warehouses;

/// <summary>The types of warehouse that this assembly has. The module creates it by its name.</summary>
internal sealed class WarehouseRegistry : IWarehouseRegistry
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

    internal WarehouseRegistry(ISecretVault? vault, TimeProvider time, string driverFolder)
    {
        var secrets = new SecretReader(vault);
        Secrets = secrets;
        Providers = [new DuckDbProvider(), new SnowflakeProvider(secrets, time, driverFolder)];
    }

    /// <inheritdoc/>
    public IReadOnlyList<IWarehouseProvider> Providers { get; }

    /// <inheritdoc/>
    public ISecretReader Secrets { get; }
}
