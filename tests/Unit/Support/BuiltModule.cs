using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.Loader;

namespace EltPs.Tests.Support;

/// <summary>The module as the build lays it out, which is what the tests import.</summary>
internal static class BuiltModule
{
    /// <summary>Its folder.</summary>
    public static string Folder { get; } = Path.GetFullPath(
        typeof(BuiltModule).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(entry => entry.Key == "ModuleLayout").Value!);

    /// <summary>Its manifest.</summary>
    public static string Manifest { get; } = Path.Combine(Folder, "EltPs.psd1");

    // A process has one EltPs.dll. With a copy among the tests' own files PowerShell would be given that one, whose warehouses are not
    // beside it.
    [ModuleInitializer]
    internal static void UseItsAssembly() =>
        AssemblyLoadContext.Default.Resolving += (context, name) =>
            name.Name == "EltPs" ? context.LoadFromAssemblyPath(Path.Combine(Folder, "EltPs.dll")) : null;
}
