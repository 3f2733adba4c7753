using System.Reflection;

using EltPs.Engine.Errors;
using EltPs.Engine.Warehouses;
using EltPs.Secrets;

namespace EltPs.Loading;

/// <summary>Finds the warehouses beside the module and loads them when the first cmdlet needs one.</summary>
internal static class WarehouseLoader
{
    private const string RegistryType = "EltPs.Warehouses.WarehouseRegistry";

    // One for the process: a runspace that imports the module again must not load the native library a second time.
    private static readonly Lazy<IWarehouseRegistry> Loaded = new(Load);

    public static IWarehouseRegistry Registry => Loaded.Value;

    private static IWarehouseRegistry Load()
    {
        var module = Path.GetDirectoryName(Assembly.GetExecutingAssembly().Location)!;
        var assembly = Path.Combine(module, "warehouses", "EltPs.Warehouses.dll");
        if (!File.Exists(assembly))
        {
            throw new EltException(
                EltErrorKind.Internal,
                $"The module is not complete: {assembly} is missing. Install or build EltPs again.");
        }

        var type = new WarehouseLoadContext(assembly).LoadFromAssemblyPath(assembly).GetType(RegistryType, throwOnError: true)!;
        return (IWarehouseRegistry)Activator.CreateInstance(type, new SecretManagementVault())!;
    }
}
