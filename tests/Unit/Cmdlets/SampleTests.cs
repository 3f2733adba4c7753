using EltPs.Engine.Events;
using EltPs.Engine.Runs;
using EltPs.Engine.Steps;
using EltPs.Tests.Samples;
using EltPs.Tests.Support;
using Xunit;

namespace EltPs.Tests.Cmdlets;

public sealed class SampleTests : IDisposable
{
    private readonly TemporaryFolder _folder = new("sample copy");

    public SampleTests() => MauSample.CopyTo(_folder.Path);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void One_run_publishes_the_twelve_months()
    {
        var result = ScriptExecutor.RunIn(_folder.Path, "Invoke-EltPipeline -Config mau.psd1").Single<RunResult>();

        Assert.Equal(RunStatus.Succeeded, result.Status);
        var table = Assert.Single(result.Tables);
        Assert.Equal(TableStatus.Published, table.Status);
        Assert.Equal(12, table.Rows);
        AssertPublished();
    }

    [Fact]
    public void The_single_cmdlets_in_one_pipeline_publish_the_same()
    {
        var published = ScriptExecutor
            .RunIn(_folder.Path, "Get-EltTable mau.psd1 | Invoke-EltCtas | Test-EltRowCount -Minimum 1 | Switch-EltTable")
            .Single<PublishedTable>();

        Assert.Equal(12, published.Rows);
        AssertPublished();
    }

    [Fact]
    public void A_second_run_publishes_again_and_keeps_the_first_generation()
    {
        ScriptExecutor.RunIn(_folder.Path, "Invoke-EltPipeline mau.psd1; Invoke-EltPipeline mau.psd1").Succeeded();

        AssertPublished();
        Assert.Equal(["12"], Database.Rows("SELECT count(*) FROM analytics.temp_mau_summary"));
    }

    private DatabaseFile Database => new(_folder.File("mau.duckdb"));

    private void AssertPublished() => Assert.Equal(
        MauExpectation.Compute(MauSample.DataFolder).Select(month => $"{month.Key}|{month.Value}"),
        Database.Rows("SELECT month, mau FROM analytics.mau_summary ORDER BY month"));
}
