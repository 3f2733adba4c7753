using EltPs.Engine.Events;
using EltPs.Engine.Runs;
using EltPs.Host;
using Xunit;

namespace EltPs.Tests.Cmdlets;

public sealed class SeveralFilesTests : IDisposable
{
    private readonly Job _job = new();

    public SeveralFilesTests()
    {
        _job.Write("a", ("t", "SELECT 1 AS n"));
        _job.WriteText("b.psd1", "@{ Name = 'b'; Tabels = @() }");
        _job.Write("c", ("t", "SELECT 3 AS n"));
    }

    public void Dispose() => _job.Dispose();

    [Theory]
    [InlineData("Invoke-EltPipeline a.psd1, b.psd1, c.psd1")]
    [InlineData("'a.psd1', 'b.psd1', 'c.psd1' | Invoke-EltPipeline")]
    [InlineData("Invoke-EltPipeline [abc].psd1")]
    public void A_file_that_is_not_valid_writes_only_its_error_and_the_others_run(string script)
    {
        var run = _job.Run(script);

        Assert.Null(run.Terminating);
        Assert.Equal(["a", "c"], run.Output.Cast<RunResult>().Select(result => result.Pipeline));
        Assert.All(run.Output.Cast<RunResult>(), result => Assert.Equal(RunStatus.Succeeded, result.Status));
        var error = Assert.Single(run.Errors);
        Assert.Equal("EltInvalidPipelineFile,EltPs.Commands.InvokeEltPipelineCommand", error.FullyQualifiedErrorId);
        Assert.Contains("b.psd1(1,", error.ToString(), StringComparison.Ordinal);
        Assert.Contains("Tables", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void ErrorAction_Stop_ends_with_the_first_file_that_is_not_valid()
    {
        var run = _job.Run("Invoke-EltPipeline a.psd1, b.psd1, c.psd1 -ErrorAction Stop");

        run.FailedWith("EltInvalidPipelineFile,EltPs.Commands.InvokeEltPipelineCommand");
        Assert.Single(run.Output);
    }

    [Theory]
    [InlineData("missing.psd1", "EltPipelineFileMissing")]
    [InlineData("missing*.psd1", "EltPipelineFileMissing")]
    [InlineData("nowhere/", "EltPipelineFileMissing")]
    [InlineData(".", "EltInvalidInput")]
    public void A_file_that_is_not_there_is_an_error(string path, string id)
    {
        var error = Assert.Single(_job.Run($"Invoke-EltPipeline '{path}'").Errors);

        Assert.Equal($"{id},EltPs.Commands.InvokeEltPipelineCommand", error.FullyQualifiedErrorId);
        Assert.Equal(2, ExitCode.For(error));
    }

    [Theory]
    [InlineData("Invoke-EltPipeline a.psd1 -Table '[['", "InvokeEltPipelineCommand")]
    [InlineData("Invoke-EltPipeline a.psd1 -Tag 't['", "InvokeEltPipelineCommand")]
    [InlineData("Get-EltTable a.psd1 -Table '[['", "GetEltTableCommand")]
    public void A_pattern_that_has_no_meaning_is_an_error(string script, string command) => Assert.Contains(
        "is no pattern", _job.Run(script).FailedWith($"EltInvalidInput,EltPs.Commands.{command}").ToString(), StringComparison.Ordinal);

    [Fact]
    public void Get_EltTable_writes_the_tables_of_a_file_in_its_order_and_filters_them()
    {
        _job.WriteText(
            "many.psd1",
            """
            @{
                Name   = 'many'
                Tags   = @('all')
                Tables = @(
                    @{ Schema = 's'; Table = 'zebra'; Sql = 'SELECT 1 AS n'; Tags = @('night') }
                    @{ Schema = 's'; Table = 'ape'; Sql = 'SELECT 1 AS n' }
                    @{ Schema = 's'; Table = 'bear'; Sql = 'SELECT 1 AS n'; Tags = @('night', 'big') }
                )
            }
            """);
        using var session = _job.Session();

        string Names(string parameters) => string.Join(' ', session.Run($"Get-EltTable many.psd1 {parameters}").Succeeded().Output);

        Assert.Equal("s.zebra s.ape s.bear", Names(""));
        Assert.Equal("s.zebra s.bear", Names("-Tag night"));
        Assert.Equal("s.zebra s.ape s.bear", Names("-Tag ALL"));
        Assert.Equal("s.ape", Names("-Table ape"));
        Assert.Equal("s.ape s.bear", Names("-Table s.ape, B*"));
        Assert.Equal("", Names("-Table ape -Tag night"));
        session.Run("Get-EltTable many.psd1 -Table aep").FailedWith("EltTableNotFound,EltPs.Commands.GetEltTableCommand");
        Assert.False(File.Exists(Path.Combine(_job.Folder, "many.duckdb")));
    }
}
