using EltPs.Engine.Steps;
using Xunit;

namespace EltPs.Tests.Snowflake;

/// <summary>The single cmdlets on Snowflake, for tables that no pipeline file lists.</summary>
public sealed class SingleStepTests : IAsyncDisposable
{
    private const string Stage = "Invoke-EltCtas -Schema analytics -Table t -Connection $connection -Sql";
    private const string Switch = "Switch-EltTable -Schema analytics -Table t -Connection $connection";

    private readonly SnowflakeAccount _account = new(withSample: false);

    public ValueTask DisposeAsync() => _account.DisposeAsync();

    [Fact]
    public void One_line_stages_checks_and_publishes()
    {
        var published = _account
            .Run($"{Stage} 'SELECT 7 AS n;' | Test-EltRowCount -Minimum 1 -Maximum 1 | Switch-EltTable")
            .Single<PublishedTable>();

        Assert.Equal(("analytics.t", 1L), (published.Name.ToString(), published.Rows));
        Assert.Equal("7", Value());
    }

    [Fact]
    public void The_line_shares_one_session_and_needs_no_more_requests_than_a_run()
    {
        _account.Run($"{Stage} 'SELECT 7 AS n' | Test-EltRowCount | Switch-EltTable").Succeeded();
        var before = _account.Server.Requests.Count;

        _account.Run($"{Stage} 'SELECT 8 AS n' | Test-EltRowCount | Switch-EltTable").Succeeded();

        // The look-ups of names and policies, and the three of a table.
        Assert.Equal(5, _account.Server.Requests.Count - before);
        Assert.Equal("8", Value());
    }

    [Theory]
    [InlineData(1, true)]
    [InlineData(2, false)]
    public void A_quiet_check_answers_and_publishes_nothing(int minimum, bool passes)
    {
        Assert.Equal(passes, _account.Run($"{Stage} 'SELECT 7 AS n' | Test-EltRowCount -Minimum {minimum} -Quiet").Single<bool>());

        Assert.Null(_account.Catalogue.Find("analytics.t"));
        Assert.NotNull(_account.Catalogue.Find("analytics.temp_t"));
    }

    [Fact]
    public void A_failed_check_ends_the_line_with_its_error()
    {
        _account
            .Run($"{Stage} 'SELECT 7 AS n' | Test-EltRowCount -Minimum 2 | Switch-EltTable")
            .FailedWith("EltTooFewRows,EltPs.Commands.TestEltRowCountCommand");

        Assert.Null(_account.Catalogue.Find("analytics.t"));
    }

    [Fact]
    public void A_staging_table_is_published_by_name_later_and_an_undo_by_name_brings_the_other_back()
    {
        _account.Run($"{Stage} 'SELECT 7 AS n' | Test-EltRowCount | Switch-EltTable").Succeeded();
        _account.Run($"{Stage} 'SELECT 8 AS n'").Succeeded();

        _account.Run(Switch).Succeeded();
        Assert.Equal("8", Value());

        var undone = _account.Run($"{Switch} -Undo");
        Assert.True(undone.Single<PublishedTable>().IsUndo);
        Assert.Contains("has the grants that it had when it was replaced", Assert.Single(undone.Warnings), StringComparison.Ordinal);
        Assert.Equal("7", Value());
    }

    [Fact]
    public void Without_a_staging_table_there_is_nothing_to_publish_or_undo()
    {
        _account.Run(Switch).FailedWith("EltNotStaged,EltPs.Commands.SwitchEltTableCommand");
        _account.Run($"{Switch} -Undo").FailedWith("EltUndoRefused,EltPs.Commands.SwitchEltTableCommand");
    }

    [Fact]
    public void Somebody_elses_staging_table_is_left_alone_unless_force_says_so()
    {
        _account.Catalogue.Run("CREATE TABLE analytics.temp_t AS SELECT 9 AS n");
        _account.Catalogue.Change("analytics.temp_t", table => table.Owner = SnowflakeAccount.Role);

        _account.Run($"{Stage} 'SELECT 7 AS n'").FailedWith("EltStagingTaken,EltPs.Commands.InvokeEltCtasCommand");
        _account.Run(Switch).FailedWith("EltStagingTaken,EltPs.Commands.SwitchEltTableCommand");
        Assert.Null(_account.Catalogue.Find("analytics.temp_t")!.Comment);

        _account.Run($"{Switch} -Force").Succeeded();
        Assert.Equal("9", Value());
        _account.Run($"{Stage} 'SELECT 7 AS n' -Force | Test-EltRowCount | Switch-EltTable").Succeeded();
        Assert.Equal("7", Value());
    }

    [Fact]
    public void A_table_that_was_built_anew_since_its_check_is_refused()
    {
        _account.Run(
            $"$v = {Stage} 'SELECT 7 AS n' | Test-EltRowCount; $null = {Stage} 'SELECT 8 AS n'; $v | Switch-EltTable")
            .FailedWith("EltStagingChanged,EltPs.Commands.SwitchEltTableCommand");

        Assert.Null(_account.Catalogue.Find("analytics.t"));
    }

    [Fact]
    public void A_staging_table_that_cannot_be_looked_up_names_table_step_and_way_out()
    {
        _account.Run($"{Stage} 'SELECT 7 AS n'").Succeeded();
        _account.Server.Faults.On(_ => true, new StandIn.Fault.Status(403), times: StandIn.FaultRules.Forever);

        var error = _account.Run(Switch).FailedWith("EltSignInFailed,EltPs.Commands.SwitchEltTableCommand");

        Assert.StartsWith("analytics.t: publish failed: ", error.Exception.Message, StringComparison.Ordinal);
        Assert.Contains("the published table was left as it was.", error.Exception.Message, StringComparison.Ordinal);
        Assert.EndsWith(" Run again.", error.Exception.Message, StringComparison.Ordinal);
    }

    private string? Value() => _account.Catalogue.Run("SELECT n FROM analytics.t")[0][0];
}
