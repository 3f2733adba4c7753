using EltPs.Engine.Events;
using EltPs.Engine.Runs;
using Xunit;

namespace EltPs.Tests.Cmdlets;

public sealed class StagingNameTests : IDisposable
{
    private readonly Job _job = new(("t", "SELECT 1 AS n"));

    public void Dispose() => _job.Dispose();

    [Theory]
    [InlineData("Get-EltTable job.psd1 | Invoke-EltCtas")]
    [InlineData("Invoke-EltCtas -Schema analytics -Table t -Sql 'SELECT 1 AS n' -Connection job.duckdb")]
    public void A_users_table_at_the_staging_name_is_not_overwritten(string script)
    {
        Given("CREATE TABLE analytics.temp_t AS SELECT 'mine' AS whose");

        _job.Run(script).FailedWith("EltStagingTaken,EltPs.Commands.InvokeEltCtasCommand");

        Assert.Equal(["mine"], _job.Database.Rows("SELECT whose FROM analytics.temp_t"));
    }

    [Fact]
    public void A_run_does_not_overwrite_a_users_table_at_the_staging_name()
    {
        Given("CREATE TABLE analytics.temp_t AS SELECT 'mine' AS whose");

        var run = _job.Run("Invoke-EltPipeline job.psd1");

        var result = Assert.IsType<RunResult>(Assert.Single(run.Output));
        Assert.Equal((RunStatus.Failed, TableStatus.Skipped), (result.Status, result.Tables[0].Status));
        Assert.Equal("EltStagingTaken,EltPs.Commands.InvokeEltPipelineCommand", Assert.Single(run.Errors).FullyQualifiedErrorId);
        Assert.Equal(["mine"], _job.Database.Rows("SELECT whose FROM analytics.temp_t"));
        Assert.Equal(["analytics.temp_t"], _job.Database.Names());
    }

    [Fact]
    public void A_table_that_is_published_as_temp_t_is_not_overwritten_by_a_build_of_t()
    {
        _job.Write("other", ("temp_t", "SELECT 'mine' AS whose"));
        _job.Run("Invoke-EltPipeline other.psd1 -Connection job.duckdb").Succeeded();

        _job.Run("Invoke-EltCtas -Schema analytics -Table t -Sql 'SELECT 1 AS n' -Connection job.duckdb")
            .FailedWith("EltStagingTaken,EltPs.Commands.InvokeEltCtasCommand");

        Assert.Equal(["mine"], _job.Database.Rows("SELECT whose FROM analytics.temp_t"));
    }

    [Fact]
    public void Force_takes_up_no_staging_table_that_is_not_published()
    {
        Given("CREATE TABLE analytics.temp_t AS SELECT 1 AS n WHERE false");

        _job.Run("Switch-EltTable -Schema analytics -Table t -Connection job.duckdb -Force")
            .FailedWith("EltTooFewRows,EltPs.Commands.SwitchEltTableCommand");

        _job.Run("Get-EltTable job.psd1 | Invoke-EltCtas").FailedWith("EltStagingTaken,EltPs.Commands.InvokeEltCtasCommand");
    }

    [Theory]
    [InlineData("Get-EltTable job.psd1 | Invoke-EltCtas -Force | Test-EltRowCount | Switch-EltTable")]
    [InlineData("Invoke-EltPipeline job.psd1 -Force")]
    public void Force_takes_a_users_table_at_the_staging_name(string script)
    {
        Given("CREATE TABLE analytics.temp_t AS SELECT 'mine' AS whose");

        _job.Run(script).Succeeded();

        Assert.Equal(["1"], _job.Database.Rows("SELECT n FROM analytics.t"));
    }

    [Theory]
    [InlineData("temp_t", "Invoke-EltPipeline job.psd1")]
    [InlineData("temp_t", "Invoke-EltPipeline job.psd1 -Force")]
    [InlineData("t", "Invoke-EltPipeline job.psd1")]
    [InlineData("t", "Invoke-EltPipeline job.psd1 -Force")]
    public void A_view_is_never_overwritten(string name, string script)
    {
        Given($"CREATE VIEW analytics.{name} AS SELECT 'mine' AS whose");

        var run = _job.Run(script);

        Assert.Equal("EltNotATable,EltPs.Commands.InvokeEltPipelineCommand", Assert.Single(run.Errors).FullyQualifiedErrorId);
        Assert.Equal(["mine"], _job.Database.Rows($"SELECT whose FROM analytics.{name}"));
        Assert.Equal([$"analytics.{name}"], _job.Database.Names());
    }

    [Fact]
    public void A_table_that_EltPs_did_not_publish_is_kept_at_the_staging_name_and_undo_brings_it_back()
    {
        Given("CREATE TABLE analytics.t AS SELECT 'mine' AS whose");

        _job.Run("Invoke-EltPipeline job.psd1").Succeeded();
        Assert.Equal(["1"], _job.Database.Rows("SELECT n FROM analytics.t"));
        Assert.Equal(["mine"], _job.Database.Rows("SELECT whose FROM analytics.temp_t"));

        _job.Run("Get-EltTable job.psd1 | Switch-EltTable -Undo").Succeeded();
        Assert.Equal(["mine"], _job.Database.Rows("SELECT whose FROM analytics.t"));
    }

    [Fact]
    public void A_staging_table_that_EltPs_did_not_build_is_published_only_by_force()
    {
        Given("CREATE TABLE analytics.temp_t AS SELECT 'theirs' AS whose");
        const string Switch = "Switch-EltTable -Schema analytics -Table t -Connection job.duckdb";

        _job.Run(Switch).FailedWith("EltStagingTaken,EltPs.Commands.SwitchEltTableCommand");
        Assert.Equal(["analytics.temp_t"], _job.Database.Names());

        _job.Run($"{Switch} -Force").Succeeded();
        Assert.Equal(["theirs"], _job.Database.Rows("SELECT whose FROM analytics.t"));
    }

    [Fact]
    public void There_is_nothing_to_switch_without_a_staging_table() =>
        _job.Run("Switch-EltTable -Schema analytics -Table t -Connection job.duckdb")
            .FailedWith("EltNotStaged,EltPs.Commands.SwitchEltTableCommand");

    private void Given(string sql) => _job.Database.Execute($"CREATE SCHEMA analytics; {sql}");
}
