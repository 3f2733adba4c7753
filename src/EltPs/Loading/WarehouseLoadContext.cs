using System.Collections.Concurrent;
using System.Reflection;
using System.Runtime.Loader;

using EltPs.Engine.Warehouses;

namespace EltPs.Loading;

/// <summary>
/// Loads the warehouses and their drivers apart from everything else, so that no other module's version of a package meets theirs.
/// </summary>
internal sealed class WarehouseLoadContext(string mainAssembly) : AssemblyLoadContext("EltPs.Warehouses", isCollectible: false)
{
    private static readonly Assembly Engine = typeof(IWarehouse).Assembly;

    private readonly AssemblyDependencyResolver _resolver = new AssemblyDependencyResolver(mainAssembly);

    // A driver's imports ask for the native library about thirty times in one query.
    private readonly ConcurrentDictionary<string, nint> _nativeLibraries = new(StringComparer.Ordinal);

    protected override Assembly? Load(AssemblyName assemblyName)
    {
        // A second copy of the engine would break the identity of every type that crosses the border.
        if (assemblyName.Name == Engine.GetName().Name)
        {
            return Engine;
        }

        return _resolver.ResolveAssemblyToPath(assemblyName) is { } path ? LoadFromAssemblyPath(path) : null;
    }

    protected override nint LoadUnmanagedDll(string unmanagedDllName) =>
        _nativeLibraries.GetOrAdd(unmanagedDllName, LoadNative);

    private nint LoadNative(string name) =>
        _resolver.ResolveUnmanagedDllToPath(name) is { } path ? LoadUnmanagedDllFromPath(path) : nint.Zero;
}
