using EltPs.Engine.Runs;
using EltPs.Host;
using Xunit;

namespace EltPs.Tests.Cmdlets;

/// <summary>What -Config means: a file, with or without its ending, a folder with one, or a pattern.</summary>
public sealed class ConfigTests : IDisposable
{
    private readonly Job _job = new(("t", "SELECT 1 AS n"));

    public void Dispose() => _job.Dispose();

    [Theory]
    [InlineData("Invoke-EltPipeline job")]
    [InlineData("Invoke-EltPipeline ./job")]
    [InlineData("Invoke-EltPipeline .")]
    [InlineData("Invoke-EltPipeline ./")]
    [InlineData("Invoke-EltPipeline")]
    [InlineData("Invoke-EltPipeline *.psd1")]
    [InlineData("'job' | Invoke-EltPipeline")]
    [InlineData("[System.IO.DirectoryInfo]$pwd.ProviderPath | Invoke-EltPipeline")]
    public void The_only_pipeline_file_of_a_folder_is_found(string script)
    {
        _job.WriteText("connections.psd1", "@{ dev = @{ Type = 'DuckDb'; Path = 'dev.duckdb' } }");
        _job.WriteText("Module.psd1", "@{\n    # Tables = none\n    ModuleVersion = '1.0'\n}");

        Assert.Equal("job", _job.Run(script).Single<RunResult>().Pipeline);
    }

    [Theory]
    [InlineData("Get-EltTable job", 1)]
    [InlineData("Get-EltTable", 1)]
    [InlineData("Test-EltPipeline .", 1)]
    [InlineData("Test-EltConnection -Config job", 1)]
    [InlineData("Get-EltConnection duckdb -Config .", 1)]
    [InlineData("Export-EltSchedule job Cron -Shell Elt -ShellPath job.psd1", 1)]
    [InlineData("Get-EltRun job", 0)]
    [InlineData("Get-EltRun .", 0)]
    public void So_it_is_by_all_cmdlets(string script, int count)
    {
        _job.WriteText("job.psd1", "@{ Schedule = '@daily'; Tables = @( @{ Schema = 's'; Table = 't'; Sql = 'SELECT 1 AS n' } ) }");

        Assert.Equal(count, _job.Run(script).Succeeded().Output.Count);
    }

    [Fact]
    public void A_folder_with_several_lists_them_and_one_without_says_so()
    {
        _job.Write("other", ("u", "SELECT 1 AS n"));
        _job.WriteText("sub/readme.txt", "");
        var before = _job.Snapshot();

        var several = Assert.Single(_job.Run("Invoke-EltPipeline").Errors);
        var none = Assert.Single(_job.Run("Invoke-EltPipeline sub").Errors);

        Assert.Equal("EltInvalidInput,EltPs.Commands.InvokeEltPipelineCommand", several.FullyQualifiedErrorId);
        Assert.Equal(".: this folder has 2 pipeline files: job.psd1, other.psd1.", several.ErrorDetails.Message);
        Assert.Equal("EltPipelineFileMissing,EltPs.Commands.InvokeEltPipelineCommand", none.FullyQualifiedErrorId);
        Assert.Equal((2, 2), (ExitCode.For(several), ExitCode.For(none)));
        Assert.Equal(before, _job.Snapshot());
    }

    [Fact]
    public void A_name_that_is_nearly_right_is_told()
    {
        var error = Assert.Single(_job.Run("Invoke-EltPipeline jbo.psd1").Errors);

        Assert.Equal("jbo.psd1: There is no such file.", error.ErrorDetails.Message);
        Assert.Equal("Did you mean job.psd1?", error.ErrorDetails.RecommendedAction);
    }

    [Fact]
    public void Nothing_piped_runs_nothing()
    {
        var run = _job.Run("@() | Invoke-EltPipeline; & { } | Invoke-EltPipeline").Succeeded();

        Assert.Empty(run.Output);
    }

    [Fact]
    public void A_file_with_mistakes_is_a_pipeline_file_too()
    {
        _job.WriteText("job.psd1", "@{ Tables = @(");

        _job.Run("Invoke-EltPipeline").FailedWith("EltInvalidPipelineFile,EltPs.Commands.InvokeEltPipelineCommand");
    }
}
