using EltPs.Engine.Steps;
using Xunit;

namespace EltPs.Tests.Cmdlets;

public sealed class GenerationTests : IDisposable
{
    private const string SwitchCommand = "EltPs.Commands.SwitchEltTableCommand";

    private readonly Job _job = new(("t", "SELECT 1 AS n"));

    public void Dispose() => _job.Dispose();

    [Fact]
    public void Undo_brings_the_previous_rows_back_and_a_second_undo_returns()
    {
        PublishTwice();

        var undone = _job.Run("Get-EltTable job.psd1 | Switch-EltTable -Undo").Single<PublishedTable>();
        Assert.True(undone.IsUndo);
        Assert.Equal(["1"], Published());

        _job.Run("Get-EltTable job.psd1 | Switch-EltTable -Undo").Succeeded();
        Assert.Equal(["2"], Published());
    }

    [Fact]
    public void Undo_takes_back_the_publish_that_is_piped_in()
    {
        PublishTwice();

        _job.Run("$p = Get-EltTable job.psd1 | Invoke-EltCtas | Test-EltRowCount | Switch-EltTable; $p | Switch-EltTable -Undo")
            .Succeeded();

        Assert.Equal(["2"], Published());
    }

    [Fact]
    public void Undo_of_a_publish_that_is_no_longer_the_last_one_is_refused()
    {
        var run = _job.Run(
            """
            $line = { Get-EltTable job.psd1 | Invoke-EltCtas | Test-EltRowCount | Switch-EltTable }
            $null = & $line
            $old = & $line
            $null = & $line
            $old | Switch-EltTable -Undo
            """);

        run.FailedWith($"EltUndoRefused,{SwitchCommand}");
        Assert.Equal(["1"], Published());
    }

    [Fact]
    public void Undo_of_the_first_publish_is_refused()
    {
        _job.Run("Invoke-EltPipeline job.psd1").Succeeded();

        var error = _job.Run("Get-EltTable job.psd1 | Switch-EltTable -Undo").FailedWith($"EltUndoRefused,{SwitchCommand}");

        Assert.Contains("is the first one", error.ToString(), StringComparison.Ordinal);
        Assert.Equal(["1"], Published());
    }

    [Fact]
    public void Undo_after_a_failed_check_is_refused_because_the_staging_table_holds_the_rows_that_failed()
    {
        PublishTwice();
        _job.Write(("t", "SELECT 3 AS n WHERE false"));
        Assert.Single(_job.Run("Invoke-EltPipeline job.psd1").Errors);

        var error = _job.Run("Get-EltTable job.psd1 | Switch-EltTable -Undo").FailedWith($"EltUndoRefused,{SwitchCommand}");

        Assert.Contains("a later build", error.ToString(), StringComparison.Ordinal);
        Assert.Equal(["2"], Published());
    }

    [Fact]
    public void A_verified_table_whose_staging_table_was_rebuilt_is_refused()
    {
        var run = _job.Run(
            """
            $verified = Get-EltTable job.psd1 | Invoke-EltCtas | Test-EltRowCount
            $null = Get-EltTable job.psd1 | Invoke-EltCtas
            $verified | Switch-EltTable
            """);

        run.FailedWith($"EltStagingChanged,{SwitchCommand}");
        Assert.Equal(["analytics.temp_t"], _job.Database.Names());
    }

    [Fact]
    public void A_staged_table_that_was_rebuilt_does_not_pass_the_check()
    {
        var run = _job.Run(
            """
            $staged = Get-EltTable job.psd1 | Invoke-EltCtas
            $null = Get-EltTable job.psd1 | Invoke-EltCtas
            $staged | Test-EltRowCount
            """);

        run.FailedWith("EltStagingChanged,EltPs.Commands.TestEltRowCountCommand");
    }

    [Fact]
    public void A_second_publish_of_the_same_verified_table_is_refused()
    {
        var run = _job.Run(
            """
            $verified = Get-EltTable job.psd1 | Invoke-EltCtas | Test-EltRowCount
            $null = $verified | Switch-EltTable
            $verified | Switch-EltTable
            """);

        run.FailedWith($"EltAlreadyPublished,{SwitchCommand}");
        Assert.Equal(["1"], Published());
    }

    [Fact]
    public void A_publish_that_another_run_has_overtaken_is_refused()
    {
        _job.Run("Invoke-EltPipeline job.psd1").Succeeded();
        using var session = _job.Session();
        session.Run("$verified = Get-EltTable job.psd1 | Invoke-EltCtas | Test-EltRowCount").Succeeded();

        // The staging table is the verified one still, but what is published is not what it was built to replace.
        _job.Database.Execute(
            "COMMENT ON TABLE analytics.t IS '[eltps table=analytics.t generation=00000000-0000-0000-0000-000000000001 replaces=first "
                + "run=other]'");
        session.Run("$verified | Switch-EltTable").FailedWith($"EltPublishedChanged,{SwitchCommand}");
    }

    [Fact]
    public void A_staged_table_goes_to_Switch_only_through_a_check()
    {
        var run = _job.Run("Get-EltTable job.psd1 | Invoke-EltCtas | Switch-EltTable");

        var error = run.FailedWith($"EltNotVerified,{SwitchCommand}");
        Assert.Contains("Test-EltRowCount", error.ToString(), StringComparison.Ordinal);
        Assert.Equal(["analytics.temp_t"], _job.Database.Names());
    }

    [Fact]
    public void Switch_by_name_counts_the_staging_table_first()
    {
        _job.Run("Get-EltTable job.psd1 | Invoke-EltCtas").Succeeded();

        var published = _job.Run("Switch-EltTable -Schema analytics -Table t -Connection job.duckdb").Single<PublishedTable>();

        Assert.Equal(1, published.Rows);
        Assert.Equal(["1"], Published());
    }

    [Fact]
    public void Switch_by_name_refuses_an_empty_staging_table()
    {
        _job.Write(("t", "SELECT 1 AS n WHERE false"));
        _job.Run("Get-EltTable job.psd1 | Invoke-EltCtas").Succeeded();

        _job.Run("Switch-EltTable -Schema analytics -Table t -Connection job.duckdb").FailedWith($"EltTooFewRows,{SwitchCommand}");
        Assert.Equal(["analytics.temp_t"], _job.Database.Names());
    }

    private void PublishTwice()
    {
        _job.Run("Invoke-EltPipeline job.psd1").Succeeded();
        _job.Write(("t", "SELECT 2 AS n"));
        _job.Run("Invoke-EltPipeline job.psd1").Succeeded();
        Assert.Equal(["2"], Published());
    }

    private IReadOnlyList<string> Published() => _job.Database.Rows("SELECT n FROM analytics.t");
}
