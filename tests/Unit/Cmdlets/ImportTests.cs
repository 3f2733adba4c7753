using System.Reflection;
using System.Reflection.Emit;
using EltPs.Engine.Events;
using EltPs.Engine.Runs;
using EltPs.Tests.Host;
using EltPs.Tests.Support;
using Xunit;

namespace EltPs.Tests.Cmdlets;

public sealed class ImportTests : IDisposable
{
    private readonly Job _job = new(("t", "SELECT 1 AS n"));

    public void Dispose() => _job.Dispose();

    [Fact]
    public async Task An_import_loads_no_warehouse_and_no_driver()
    {
        // In a process of its own: that of the tests has them all.
        var result = await EltProcess.RunAsync("[AppDomain]::CurrentDomain.GetAssemblies() | ForEach-Object { $_.GetName().Name }");

        Assert.Contains("EltPs", result.Lines);
        Assert.DoesNotContain("EltPs.Warehouses", result.Lines);
        Assert.DoesNotContain(result.Lines, name => name.Contains("DuckDB", StringComparison.OrdinalIgnoreCase));
        Assert.DoesNotContain(result.Lines, IsOfSnowflake);
    }

    [Fact]
    public async Task An_embedded_run_loads_nothing_of_Snowflake()
    {
        var result = await EltProcess.RunInAsync(
            _job.Folder,
            "$null = Invoke-EltPipeline job.psd1; [AppDomain]::CurrentDomain.GetAssemblies() | ForEach-Object { $_.GetName().Name }");

        Assert.Contains("DuckDB.NET.Data", result.Lines);
        Assert.DoesNotContain(result.Lines, IsOfSnowflake);
    }

    [Fact]
    public void A_repeated_import_and_another_runspace_work()
    {
        var script =
            $"""
            Invoke-EltPipeline job.psd1
            Import-Module '{BuiltModule.Manifest.Replace("'", "''", StringComparison.Ordinal)}' -Force
            Invoke-EltPipeline job.psd1
            """;

        foreach (var _ in Enumerable.Range(0, 2))
        {
            var results = _job.Run(script).Succeeded().Output;
            Assert.All(results, result => Assert.Equal(RunStatus.Succeeded, Assert.IsType<RunResult>(result).Status));
            Assert.Equal(2, results.Count);
        }
    }

    [Theory]
    [InlineData("DuckDB.NET.Data")]
    [InlineData("DuckDB.NET.Bindings")]
    public async Task Another_version_of_a_drivers_assembly_in_the_process_does_not_matter(string name)
    {
        var other = Path.Combine(_job.Folder, $"{name}.dll");
        Compile(name, other);

        var result = await EltProcess.RunInAsync(
            _job.Folder,
            $$"""
            $other = [Reflection.Assembly]::LoadFrom("$PWD/{{name}}.dll")
            $null = Invoke-EltPipeline job.psd1
            [AppDomain]::CurrentDomain.GetAssemblies() | ForEach-Object { $_.GetName() } | ForEach-Object { if ($_.Name -eq '{{name}}') { "$($_.Version)" } }
            """);

        Assert.True(result.ExitCode == 0, result.Errors);
        Assert.Equal(2, result.Lines.Length);
        Assert.Contains("9.9.9.9", result.Lines);
        Assert.Equal(["1"], _job.Database.Rows("SELECT n FROM analytics.t"));
    }

    private static bool IsOfSnowflake(string assembly) =>
        assembly is "Tomlyn" or "System.Net.Http"
        || assembly.StartsWith("Polly", StringComparison.Ordinal) || assembly.Contains("Snowflake", StringComparison.OrdinalIgnoreCase);

    private static void Compile(string name, string path)
    {
        var assembly = new PersistedAssemblyBuilder(new AssemblyName(name) { Version = new Version(9, 9, 9, 9) }, typeof(object).Assembly);
        assembly.DefineDynamicModule(name).DefineType("Stranger", TypeAttributes.Public).CreateType();
        assembly.Save(path);
    }
}
