using System.Reflection;
using System.Text.Json;
using EltPs.Engine.Definitions;
using EltPs.Tests.Samples;
using EltPs.Warehouses.DuckDb;

namespace EltPs.Bench;

/// <summary>The sample, from a fresh process to its first table in a database that does not exist yet.</summary>
internal sealed class ColdSample : IDisposable
{
    private readonly string _folder;
    private readonly string _statements;

    private ColdSample(string folder, string statements)
    {
        _folder = folder;
        _statements = statements;
    }

    private string Script => $"Invoke-EltPipeline -Config {Module.Quote(Path.Combine(_folder, "mau.psd1"))}";

    /// <summary>Copies the sample, and writes down the statements of a first run of it.</summary>
    public static async Task<ColdSample> PrepareAsync(string folder)
    {
        MauSample.CopyTo(folder);
        var trace = await LineBench.TraceAsync(BenchPipeline.Of(
            ConnectionDefinition.Embedded(Path.Combine(folder, "mau.duckdb"), folder),
            [("analytics.mau_summary", MauBench.Sql)],
            [.. MauSample.DataFiles.Select(name => BenchPipeline.Source($"raw_data.{Path.GetFileNameWithoutExtension(name)}", $"data/{name}", folder))]));
        var statements = Path.Combine(folder, "statements.json");
        await File.WriteAllTextAsync(
            statements, JsonSerializer.Serialize<string[]>([DuckDbSession.Preparation(SessionSettings.DefaultTimeZone), .. trace]));
        return new ColdSample(folder, statements);
    }

    /// <summary>The driver, which does nothing but the statements.</summary>
    public Cost Driver()
    {
        Forget();
        return ChildProcess.Measure(Environment.ProcessPath!, [DriverChild.Switch, Path.Combine(_folder, "mau.duckdb"), _statements]);
    }

    /// <summary>The elt that build.ps1 Elt compiles ahead of time; it need not be there.</summary>
    public static string CompiledElt { get; } = Path.GetFullPath(Path.Combine(Root, "output", "elt", EltName));

    /// <summary>The built elt.</summary>
    public Cost Elt() => Elt(Program("src/EltPs.Host"));

    /// <summary>An elt.</summary>
    public Cost Elt(string program)
    {
        Forget();
        return ChildProcess.Measure(program, [Script]);
    }

    /// <summary>PowerShell with the built module.</summary>
    public Cost PowerShell(PowerShellProgram powerShell)
    {
        Forget();
        return powerShell.Run($"{Module.Import}; {Script}");
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static string Root =>
        typeof(ColdSample).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(entry => entry.Key == "RepositoryRoot").Value!;

    private static string EltName => OperatingSystem.IsWindows() ? "elt.exe" : "elt";

    private static string Program(string project)
    {
        var configuration = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;
        return Path.GetFullPath(Path.Combine(Root, project, "bin", configuration, "net10.0", EltName));
    }

    private void Forget()
    {
        foreach (var database in Directory.EnumerateFiles(_folder, "mau.duckdb*"))
        {
            File.Delete(database);
        }

        var state = Path.Combine(_folder, ".eltps");
        if (Directory.Exists(state))
        {
            Directory.Delete(state, recursive: true);
        }
    }
}
