using EltPs.Tests.Cmdlets;
using EltPs.Tests.Host;
using Xunit;

namespace EltPs.Tests.Signals;

/// <summary>What <c>Invoke-EltPipeline -Exit</c> makes of the host.</summary>
public sealed class ExitTests : IDisposable
{
    private readonly Job _job = new(("t", "SELECT 1 AS n"));

    public ExitTests()
    {
        _job.Write("fails", ("u", "SELECT 1 AS n WHERE false"));
        _job.WriteText("bad.psd1", "@{ Name = 'bad'; Tabels = @() }");
    }

    public void Dispose() => _job.Dispose();

    [Theory]
    [InlineData("job.psd1", 0)]
    [InlineData("fails.psd1 -Connection job.duckdb", 1)]
    [InlineData("bad.psd1", 2)]
    [InlineData("missing.psd1", 2)]
    [InlineData("job.psd1 -Connection nowhere", 2)]
    [InlineData("job.psd1 -Table nothing*", 0)]
    [InlineData("job.psd1 -ResultPath bad.psd1/result.json", 2)]
    [InlineData("bad.psd1, fails.psd1, job.psd1", 1)]
    [InlineData("bad.psd1, job.psd1", 2)]
    [InlineData("bad.psd1, job.psd1 -ErrorAction Stop", 2)]
    [InlineData("job.psd1 -WhatIf", 0)]
    public void Elt_ends_with_the_code_of_the_worst_file_and_runs_nothing_that_follows(string arguments, int code)
    {
        var result = EltInProcess.RunIn(_job.Folder, $"Invoke-EltPipeline {arguments} -Exit; 'what follows'");

        Assert.True(code == result.ExitCode, $"{result.ExitCode} instead of {code}: {result.Errors}");
        Assert.DoesNotContain("what follows", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Several_files_are_all_run_although_an_error_would_end_the_script()
    {
        var result = EltInProcess.RunIn(
            _job.Folder,
            "$ErrorActionPreference = 'Stop'; try { 'bad.psd1', 'job.psd1' | Invoke-EltPipeline -Exit } finally { 'cleaned up' }");

        Assert.Equal(2, result.ExitCode);
        Assert.Contains("Unknown key 'Tabels'", result.Errors, StringComparison.Ordinal);
        Assert.EndsWith("cleaned up", result.Output.TrimEnd(), StringComparison.Ordinal);
        Assert.Equal(["1"], _job.Database.Rows("SELECT n FROM analytics.t"));
    }

    [Fact]
    public async Task PowerShell_ends_with_it_from_within_a_function_of_a_command()
    {
        using var run = PowerShellHost.Command.Start(
            _job.Folder,
            "$ErrorActionPreference = 'Stop'; function Start-Job { try { Invoke-EltPipeline bad.psd1, job.psd1 -Exit } catch { 'caught' } }; "
                + "Start-Job; 'what follows'");

        var result = await run.EndAsync();

        Assert.Equal(2, result.ExitCode);
        Assert.Contains("Invoke-EltPipeline: bad.psd1(1,", result.Errors, StringComparison.Ordinal);
        Assert.Contains("Succeeded", result.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("caught", result.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("what follows", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task PowerShell_ends_with_it_in_a_file_that_the_tools_launcher_started()
    {
        using var run = PowerShellHost.ToolFile.Start(_job.Folder, "Invoke-EltPipeline bad.psd1 -Exit\n'what follows'");

        var result = await run.EndAsync();

        Assert.Equal((2, string.Empty), (result.ExitCode, result.Output));
    }

    [Fact]
    public async Task A_database_that_another_process_has_gives_3()
    {
        using var held = _job.Database.Open();
        using var run = PowerShellHost.Command.Start(_job.Folder, "Invoke-EltPipeline job.psd1 -Exit");

        var result = await run.EndAsync();

        Assert.True(result.ExitCode == 3, result.Errors);
    }
}
