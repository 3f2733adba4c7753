using EltPs.Engine.Errors;
using EltPs.Engine.Events;
using EltPs.Engine.Runs;
using EltPs.Objects;
using Xunit;

namespace EltPs.Tests.Cmdlets;

public sealed class ZeroRowsTests
{
    private const string Message =
        "analytics.mau_summary: check failed: 0 rows in analytics.temp_mau_summary, at least 1 expected.\nanalytics.mau_summary was left as it was.";

    [Fact]
    public void An_empty_table_stops_the_line_and_leaves_what_is_published()
    {
        using var job = new Job(("mau_summary", "SELECT 42 AS n"));
        job.Run("Invoke-EltPipeline job.psd1").Succeeded();
        job.Write(("mau_summary", "SELECT 43 AS n WHERE false"), ("later", "SELECT 1 AS n"));

        using var session = job.Session();
        var run = session.Run("$r = Invoke-EltPipeline job.psd1; 'the script goes on'");

        Assert.Null(run.Terminating);
        Assert.Equal(["the script goes on"], run.Output);
        var result = Assert.IsType<RunResult>(session.Variable("r"));
        Assert.Equal(RunStatus.Failed, result.Status);
        Assert.Equal([TableStatus.Failed, TableStatus.Skipped], result.Tables.Select(table => table.Status));
        Assert.Equal(EltStep.Check, result.FailedStep);
        Assert.Equal("analytics.mau_summary", result.FailedTable?.ToString());

        var error = Assert.Single(run.Errors);
        Assert.Same(result, EltObject.Unwrap(error.TargetObject));
        Assert.Equal("EltTooFewRows,EltPs.Commands.InvokeEltPipelineCommand", error.FullyQualifiedErrorId);
        Assert.Equal(Message, error.ToString());
        Assert.Equal(EltErrorKind.TooFewRows, Assert.IsType<EltException>(error.Exception).Kind);

        Assert.Equal(["42"], job.Database.Rows("SELECT n FROM analytics.mau_summary"));
        Assert.DoesNotContain("analytics.later", job.Database.Names());
    }

    [Fact]
    public void An_empty_table_stops_the_single_cmdlets_too()
    {
        using var job = new Job(("mau_summary", "SELECT 42 AS n"));
        job.Run("Invoke-EltPipeline job.psd1").Succeeded();
        job.Write(("mau_summary", "SELECT 43 AS n WHERE false"), ("later", "SELECT 1 AS n"));

        var run = job.Run("Get-EltTable job.psd1 | Invoke-EltCtas | Test-EltRowCount | Switch-EltTable");

        Assert.Equal(Message, run.FailedWith("EltTooFewRows,EltPs.Commands.TestEltRowCountCommand").ToString());
        Assert.Equal(["42"], job.Database.Rows("SELECT n FROM analytics.mau_summary"));
        Assert.DoesNotContain(job.Database.Names(), name => name.Contains("later", StringComparison.Ordinal));
    }

    [Fact]
    public void SQL_that_the_warehouse_refuses_is_named_with_its_place_and_changes_nothing()
    {
        using var job = new Job(("mau_summary", "SELECT 42 AS n"));
        job.Run("Invoke-EltPipeline job.psd1").Succeeded();
        job.Write(("mau_summary", "SELECT no_such_column FROM analytics.mau_summary"), ("later", "SELECT 1 AS n"));

        var run = job.Run("Invoke-EltPipeline job.psd1");

        var error = Assert.Single(run.Errors);
        Assert.Equal("EltStatementFailed,EltPs.Commands.InvokeEltPipelineCommand", error.FullyQualifiedErrorId);
        Assert.StartsWith("analytics.mau_summary: stage failed (SQL at ", error.ToString(), StringComparison.Ordinal);
        Assert.Contains("job.psd1(4,", error.ToString(), StringComparison.Ordinal);
        Assert.Contains("no_such_column", error.ToString(), StringComparison.Ordinal);
        Assert.Contains("no_such_column", Assert.IsType<EltException>(error.Exception).Statement, StringComparison.Ordinal);
        Assert.Equal(["42"], job.Database.Rows("SELECT n FROM analytics.mau_summary"));
    }
}
