using EltPs.Tests.Cmdlets;
using EltPs.Tests.Host;
using EltPs.Validation;
using Xunit;

namespace EltPs.Tests.Validation;

/// <summary>Test-EltPipeline as a command: its objects, errors and exit codes.</summary>
public sealed class TestEltPipelineTests : IDisposable
{
    private const string Command = "EltPs.Commands.TestEltPipelineCommand";

    private readonly Job _job = new(("t", "SELECT 1 AS n"));

    public void Dispose() => _job.Dispose();

    [Fact]
    public void A_file_with_mistakes_has_each_of_them_as_a_finding_and_the_same_error_as_everywhere()
    {
        _job.WriteText(
            "job.psd1",
            "@{\n    Shedule = '@daily'\n    Tables = @( @{ Schema = 's'; Table = 't'; Sql = 'SELECT 1; SELECT 2' } )\n}");

        var run = _job.Run("Test-EltPipeline job.psd1");

        var result = Assert.IsType<PipelineTestResult>(Assert.Single(run.Output));
        Assert.Equal(["job.psd1(2,5)", "job.psd1(3,64)"], result.Errors.Select(error => error.Location));
        Assert.All(result.Errors, error => Assert.Equal("EltInvalidPipelineFile", error.ErrorId));
        Assert.Equal((false, null, null), (result.IsValid, result.Pipeline, result.Connection));
        Assert.Same(result, run.FailedWith($"EltInvalidPipelineFile,{Command}").TargetObject);
    }

    [Fact]
    public void Several_files_give_a_result_each_and_an_error_for_each_that_is_not_valid()
    {
        _job.Write("a", ("t", "SELECT 1 AS n"));
        _job.Write("b", ("t", "SELECT nope"));
        _job.WriteText("c.psd1", "@{ }");

        var run = _job.Run("Test-EltPipeline [a-c].psd1; 'job.psd1' | Test-EltPipeline");

        Assert.Equal([true, false, false, true], run.Output.Cast<PipelineTestResult>().Select(result => result.IsValid));
        Assert.Equal(
            [$"EltPipelineNotValid,{Command}", $"EltInvalidPipelineFile,{Command}"],
            run.Errors.Select(error => error.FullyQualifiedErrorId));
    }

    [Theory]
    [InlineData("SELECT 1 AS n", true)]
    [InlineData("SELECT nope", false)]
    [InlineData("SELECT 1; SELECT 2", false)]
    public void Quiet_answers_true_or_false(string sql, bool answer)
    {
        _job.Write(("t", sql));

        Assert.Equal(answer, _job.Run("Test-EltPipeline job.psd1 -Quiet").Single<bool>());
    }

    [Theory]
    [InlineData("SELECT 1 AS n", 0)]
    [InlineData("SELECT nope", 2)]
    [InlineData("SELECT 1; SELECT 2", 2)]
    public void What_is_wrong_with_a_file_is_bad_input_for_elt(string sql, int code)
    {
        _job.Write(("t", sql));

        Assert.Equal(code, EltInProcess.RunIn(_job.Folder, "Test-EltPipeline job.psd1").ExitCode);
    }

    [Fact]
    public void Another_connection_can_be_tested()
    {
        _job.Write(("t", "SELECT n FROM main.only_there"));
        using var session = _job.Session();
        session
            .Run(
                "$null = Invoke-EltCtas -Schema main -Table only_there -Sql 'SELECT 1 AS n' -Connection other.duckdb | Test-EltRowCount | "
                    + "Switch-EltTable")
            .Succeeded();

        Assert.False(session.Run("Test-EltPipeline job.psd1 -Quiet").Single<bool>());
        Assert.True(session.Run("Test-EltPipeline job.psd1 -Quiet -Connection other.duckdb").Single<bool>());
        Assert.Equal(["duckdb", "other.duckdb"], session.Complete("Test-EltPipeline job.psd1 -Connection "));
    }

    [Fact]
    public void No_file_that_matches_is_an_error() =>
        _job.Run("Test-EltPipeline x*.psd1").FailedWith($"EltPipelineFileMissing,{Command}");

    [Fact]
    public async Task A_result_is_shown_as_a_verdict_and_its_findings()
    {
        _job.Write(("t", "SELECT nope\nFROM range(1)"), ("u", "SELECT * FROM analytics.t"));

        var shown = (
            EltInProcess.RunIn(_job.Folder, "Test-EltPipeline job.psd1 -ErrorAction SilentlyContinue")
        ).Output.ReplaceLineEndings("\n");

        var lines = shown.Trim('\n').Split('\n');
        Assert.Equal("job  Not valid  duckdb (DuckDb)  2 tables", lines[0]);
        Assert.Equal("  Error        job.psd1(4,61): Binder Error: Referenced column \"nope\" not found in FROM clause!", lines[2]);
        Assert.StartsWith("               Candidate bindings: ", lines[3], StringComparison.Ordinal);
        Assert.StartsWith("  Not checked  job.psd1(6,68): The SQL of analytics.u was not checked: ", lines[4], StringComparison.Ordinal);
        Assert.Equal("job  Valid  duckdb (DuckDb)  1 table", Valid());
    }

    private string Valid()
    {
        _job.Write(("t", "SELECT 1 AS n"));
        return EltInProcess.RunIn(_job.Folder, "Test-EltPipeline job.psd1").Output.Trim();
    }
}
