using System.Collections.Concurrent;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Loader;

namespace EltPs.Warehouses.Snowflake.Driver;

/// <summary>
/// Loads the ADO.NET driver and its dependencies apart from everything else, so that no other version of a package meets theirs.
/// </summary>
/// <remarks>
/// The folder may be one that a build published, with a deps.json, or one that somebody filled by hand, without. Only what the runtime
/// itself brings comes from the default context: the driver's types derive from the runtime's System.Data.Common. PowerShell's own packages
/// (its Newtonsoft.Json) do not.
/// </remarks>
internal sealed class DriverLoadContext : AssemblyLoadContext
{
    // What the runtime's own assemblies are signed with. In a self-contained PowerShell other packages lie in the same folder, signed with
    // other keys.
    private static readonly string[] RuntimeKeys = ["b03f5f7f11d50a3a", "b77a5c561934e089", "7cec85d7bea7798e", "cc7b13ffcd2ddd51"];

    private static readonly string RuntimeFolder = RuntimeEnvironment.GetRuntimeDirectory();

    private readonly string _folder;
    private readonly AssemblyDependencyResolver? _resolver;
    private readonly ConcurrentDictionary<string, nint> _nativeLibraries = new(StringComparer.Ordinal);

    /// <param name="mainAssembly">The driver's own assembly, as an absolute path.</param>
    public DriverLoadContext(string mainAssembly)
        : base("Snowflake.Data", isCollectible: false)
    {
        _folder = Path.GetDirectoryName(mainAssembly)!;
        _resolver = FindResolver(_folder);
    }

    protected override Assembly? Load(AssemblyName assemblyName)
    {
        if (IsRuntimeAssembly(assemblyName))
        {
            return null;
        }

        var path = _resolver?.ResolveAssemblyToPath(assemblyName) ?? Path.Combine(_folder, assemblyName.Name + ".dll");
        return File.Exists(path) ? LoadFromAssemblyPath(path) : null;
    }

    protected override nint LoadUnmanagedDll(string unmanagedDllName) => _nativeLibraries.GetOrAdd(unmanagedDllName, LoadNative);

    private static AssemblyDependencyResolver? FindResolver(string folder)
    {
        // build.ps1 publishes a project that only refers to the driver; then the file has that project's name.
        if (Directory.EnumerateFiles(folder, "*.deps.json").ToList() is not [var dependencies])
        {
            return null;
        }

        try
        {
            return new AssemblyDependencyResolver(Path.ChangeExtension(Path.ChangeExtension(dependencies, null), ".dll"));
        }
        catch (InvalidOperationException)
        {
            // It lists what is not there, as when somebody has copied a part of a folder: what is there may do.
            return null;
        }
    }

    private static bool IsRuntimeAssembly(AssemblyName name)
    {
        if (name.GetPublicKeyToken() is not { } key || !RuntimeKeys.Contains(Convert.ToHexStringLower(key)))
        {
            return false;
        }

        var path = Path.Combine(RuntimeFolder, name.Name + ".dll");
        return File.Exists(path) && AssemblyName.GetAssemblyName(path).Version >= name.Version;
    }

    private nint LoadNative(string name)
    {
        var path = _resolver?.ResolveUnmanagedDllToPath(name) ?? NativeCandidates(name).FirstOrDefault(File.Exists);
        return path is null ? nint.Zero : LoadUnmanagedDllFromPath(path);
    }

    private IEnumerable<string> NativeCandidates(string name)
    {
        var (os, prefix, suffix) = OperatingSystem.IsWindows() ? ("win", string.Empty, ".dll")
            : OperatingSystem.IsMacOS() ? ("osx", "lib", ".dylib")
            : ("linux", "lib", ".so");
        var portable = $"{os}-{RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant()}";
        foreach (var platform in new[] { RuntimeInformation.RuntimeIdentifier, portable })
        {
            foreach (var file in new[] { name, prefix + name + suffix, name + suffix })
            {
                yield return Path.Combine(_folder, file);
                yield return Path.Combine(_folder, "runtimes", platform, "native", file);
            }
        }
    }
}
