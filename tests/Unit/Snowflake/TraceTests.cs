using EltPs.Engine.Events;
using EltPs.Engine.Runs;
using EltPs.Tests.Snowflake.StandIn;
using EltPs.Tests.Support;
using Xunit;

namespace EltPs.Tests.Snowflake;

public sealed class TraceTests : IAsyncDisposable
{
    private const string Run = "Invoke-EltPipeline -Config mau.psd1 -Connection $connection";
    private const string Fail = "Invoke-EltPipeline -Config mau.psd1 -Connection $connection -ErrorAction SilentlyContinue";

    private readonly SnowflakeAccount _account = new();

    public ValueTask DisposeAsync() => _account.DisposeAsync();

    [Fact]
    public void A_first_publish_builds_and_renames()
    {
        Approve("first-publish", Run);

        Assert.Equal(12, _account.Rows("analytics.mau_summary"));
        Assert.Null(_account.Catalogue.Find("analytics.temp_mau_summary"));
    }

    [Fact]
    public void A_steady_run_takes_three_requests_for_a_table_and_keeps_the_previous_generation()
    {
        Given(Run);

        Approve("steady-state", Run);

        Assert.Equal(12, _account.Rows("analytics.mau_summary"));
        Assert.Equal(12, _account.Rows("analytics.temp_mau_summary"));
    }

    [Fact]
    public void A_table_without_rows_is_not_published()
    {
        Given(Run);
        _account.Catalogue.Run(
            "CREATE OR REPLACE TABLE raw_data.user_session_channel COPY GRANTS AS SELECT * FROM raw_data.user_session_channel WHERE 1 = 0");

        Approve("zero-rows", Fail, RunStatus.Failed);

        Assert.Equal(12, _account.Rows("analytics.mau_summary"));
    }

    [Fact]
    public void A_swap_that_Snowflake_refuses_leaves_both_tables()
    {
        Given(Run);
        _account.Catalogue.Refuse(
            TheSwap.Is, "003001", "42501", "SQL access control error:\nInsufficient privileges to operate on table 'MAU_SUMMARY'");

        Approve("failed-swap", Fail, RunStatus.Failed);

        Assert.Equal(12, _account.Rows("analytics.mau_summary"));
        Assert.NotNull(_account.Catalogue.Find("analytics.temp_mau_summary"));
    }

    [Fact]
    public void An_undo_swaps_back_and_can_be_undone()
    {
        Given(Run, Run);
        var newest = _account.Catalogue.Find("analytics.mau_summary")!.Id;

        var trace = _account.Trace(() => _account.Run("Get-EltTable mau.psd1 -Connection $connection | Switch-EltTable -Undo").Succeeded());

        Approved.Matches("undo", trace);
        Assert.Equal(newest, _account.Catalogue.Find("analytics.temp_mau_summary")!.Id);
        Given("Get-EltTable mau.psd1 -Connection $connection | Switch-EltTable -Undo");
        Assert.Equal(newest, _account.Catalogue.Find("analytics.mau_summary")!.Id);
    }

    [Fact]
    public void A_clone_replaces_the_published_table_itself()
    {
        _account.Replace("MinimumRows = 1", "MinimumRows = 1; Publish = 'Clone'");
        Given(Run);

        Approve("clone", Run);

        Assert.Equal(12, _account.Rows("analytics.mau_summary"));
        Assert.Null(_account.Catalogue.Find("analytics.temp_mau_summary"));
    }

    [Fact]
    public void A_transient_clustered_table_whose_previous_generation_is_dropped()
    {
        _account.Replace("MinimumRows = 1", "MinimumRows = 1; Transient = $true; ClusterBy = 'month', 'mau'; KeepPrevious = $false");
        Given(Run);

        Approve("transient", Run);

        Assert.True(_account.Catalogue.Find("analytics.mau_summary")!.IsTransient);
        Assert.Null(_account.Catalogue.Find("analytics.temp_mau_summary"));
    }

    [Fact]
    public void Quoted_names_stay_as_they_are()
    {
        _account.Catalogue.Run("CREATE SCHEMA \"My $$ Schema\"");
        _account.Catalogue.Run($"GRANT USAGE, CREATE TABLE ON SCHEMA \"My $$ Schema\" TO ROLE {SnowflakeAccount.Role}");
        _account.Replace("'analytics'", "'prod.\"My $$ Schema\"'");
        _account.Replace("'mau_summary'", "'\"it''s \"\"monthly\"\"\"'");
        Given(Run);

        Approve("quoted-names", Run);

        Assert.Equal(12, _account.Rows("\"My $$ Schema\".\"it's \"\"monthly\"\"\""));
    }

    [Fact]
    public void A_job_that_ran_elsewhere_is_taken_over_with_force_only()
    {
        _account.Catalogue.Run("CREATE TABLE analytics.mau_summary AS SELECT '2024-01' AS month, 1 AS mau");
        _account.Catalogue.Run("CREATE TABLE analytics.temp_mau_summary AS SELECT '2023-01' AS month, 1 AS mau");
        _account.Catalogue.Change("analytics.mau_summary", table => table.Owner = SnowflakeAccount.Role);
        _account.Catalogue.Change("analytics.temp_mau_summary", table => table.Owner = SnowflakeAccount.Role);
        _account.Catalogue.Run("GRANT SELECT ON TABLE analytics.mau_summary TO ROLE reporting");
        var old = _account.Catalogue.Find("analytics.mau_summary")!.Id;

        var refused = _account.Run(Run);

        Assert.Contains(
            "EltPs built neither",
            refused.FailedWith("EltStagingTaken,EltPs.Commands.InvokeEltPipelineCommand").Exception.Message,
            StringComparison.Ordinal);
        Assert.Equal(old, _account.Catalogue.Find("analytics.mau_summary")!.Id);

        Approve("take-over", $"{Run} -Force");

        Assert.Equal(old, _account.Catalogue.Find("analytics.temp_mau_summary")!.Id);
        Assert.Equal(["SELECT TO REPORTING"], _account.Catalogue.Grants("analytics.mau_summary"));
        Given("Get-EltTable mau.psd1 -Connection $connection | Switch-EltTable -Undo");
        Assert.Equal(old, _account.Catalogue.Find("analytics.mau_summary")!.Id);
    }

    private void Given(params string[] scripts) => Assert.All(scripts, script => _account.Run(script).Succeeded());

    private void Approve(string name, string script, RunStatus status = RunStatus.Succeeded)
    {
        ScriptRun? run = null;
        var trace = _account.Trace(() => run = _account.Run(script));
        Assert.Equal((status, run!.Terminating), (Assert.IsType<RunResult>(Assert.Single(run.Output)).Status, null));
        Approved.Matches(name, trace);
    }
}
