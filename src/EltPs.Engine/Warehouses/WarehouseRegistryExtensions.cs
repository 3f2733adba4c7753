using EltPs.Engine.Definitions;

namespace EltPs.Engine.Warehouses;

/// <summary>Look-ups in a registry.</summary>
internal static class WarehouseRegistryExtensions
{
    /// <summary>The provider of a type, compared without case; null if there is none.</summary>
    public static IWarehouseProvider? Find(this IWarehouseRegistry registry, string type)
    {
        ArgumentNullException.ThrowIfNull(registry);
        return registry.Providers.FirstOrDefault(provider => string.Equals(provider.Type, type, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>The options that a table may have: those that every type knows, and those of each type.</summary>
    public static IReadOnlyList<TableOption> TableOptions(this IWarehouseRegistry registry)
    {
        ArgumentNullException.ThrowIfNull(registry);
        return [.. Definitions.TableOptions.All, .. registry.Providers.SelectMany(provider => provider.TableOptions)];
    }
}
