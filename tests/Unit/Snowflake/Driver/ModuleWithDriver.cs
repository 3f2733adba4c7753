using System.Buffers.Binary;
using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;
using System.Runtime.Loader;
using EltPs.Tests.Host;
using EltPs.Tests.Support;

namespace EltPs.Tests.Snowflake.Driver;

/// <summary>A copy of the built module to which somebody has added the driver, and a copy of elt that finds it.</summary>
/// <remarks>
/// It lies in a folder of its own, because the driver must stay absent from the module that all other tests use. In this process it is
/// loaded apart from that one, so that the objects of its cmdlets can be looked into; its types are others than the tests' own, though they
/// have the same names.
/// </remarks>
internal sealed class ModuleWithDriver : AssemblyLoadContext
{
    private static readonly Lazy<ModuleWithDriver> Loaded = new(() => new ModuleWithDriver());
    private static readonly Lazy<Assembly> LoadedCmdlets = new(() => Loaded.Value.LoadCmdlets());
    private readonly string _folder;
    private readonly string _module;

    private ModuleWithDriver()
        : base(nameof(ModuleWithDriver))
    {
        var folder = new TemporaryFolder();
        AppDomain.CurrentDomain.ProcessExit += (_, _) => folder.Dispose();
        _folder = folder.Path;
        _module = Path.Combine(_folder, "Modules", "EltPs");
        Copy(Path.GetDirectoryName(EltProcess.Executable)!, _folder);
        Copy(BuiltModule.Folder, _module);
        Copy(StandInDriver.FolderByHand, Path.Combine(_module, "drivers", "Snowflake.Data"));
    }

    /// <summary>The cmdlets' assembly.</summary>
    public static Assembly Cmdlets => LoadedCmdlets.Value;

    /// <summary>The copy of elt.</summary>
    public static string Host => Path.Combine(Loaded.Value._folder, Path.GetFileName(EltProcess.Executable));

    protected override Assembly? Load(AssemblyName assemblyName) => assemblyName.Name == "EltPs.Engine"
        ? LoadFromAssemblyPath(Path.Combine(_module, "EltPs.Engine.dll"))
        : null;

    // PowerShell keeps what it knows of a cmdlet by the full name of its type and assembly, for the whole process: with one name for both
    // modules it would set the parameters of one to objects of the other. So the assembly that is loaded here has another revision, which
    // stands in one place of it.
    private Assembly LoadCmdlets()
    {
        var original = Path.Combine(_module, "EltPs.dll");
        var image = File.ReadAllBytes(original);
        using var stream = new MemoryStream(image, writable: false);
        using var file = new PEReader(stream);
        var table = file.PEHeaders.MetadataStartOffset + file.GetMetadataReader().GetTableMetadataOffset(TableIndex.Assembly);
        const int OffsetOfRevision = 4 + (3 * 2);
        BinaryPrimitives.WriteUInt16LittleEndian(image.AsSpan(table + OffsetOfRevision), 1);

        // Under another name, because elt runs the original.
        var copy = Path.Combine(_module, "EltPs.InProcess.dll");
        File.WriteAllBytes(copy, image);
        return LoadFromAssemblyPath(copy);
    }

    private static void Copy(string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories).Where(file => !IsDuckDb(file)))
        {
            var target = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }

    // The embedded engine's native library, 36 to 112 MB, which nothing on Snowflake loads.
    private static bool IsDuckDb(string file) => Path.GetFileNameWithoutExtension(file) is "libduckdb" or "duckdb";
}
