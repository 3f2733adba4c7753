using System.Management.Automation;
using Xunit;

namespace EltPs.Tests.Cmdlets;

public sealed class OrderTests
{
    private static readonly (string, string)[] ThreeTables =
    [
        ("first", "SELECT 1 AS n"),
        ("second", "SELECT n + 1 AS n FROM analytics.first"),
        ("third", "SELECT n + 1 AS n FROM analytics.second"),
    ];

    [Theory]
    [InlineData("Get-EltTable job.psd1 | Invoke-EltCtas -Verbose | Test-EltRowCount -Verbose | Switch-EltTable -Verbose")]
    [InlineData("Invoke-EltPipeline job.psd1 -Verbose")]
    public void A_table_is_staged_only_after_the_one_before_it_is_published(string script)
    {
        using var job = new Job(ThreeTables);

        var trace = job.Run(script).Succeeded().Verbose.ToList();

        int First(string table) =>
            trace.FindIndex(line => line.Contains($"CREATE OR REPLACE TABLE analytics.temp_{table}", StringComparison.Ordinal));
        int Published(string table) =>
            trace.FindIndex(line => line.StartsWith($"analytics.{table}: publish done", StringComparison.Ordinal));
        Assert.All(["first", "second", "third"], table =>
            Assert.True(First(table) >= 0 && Published(table) > First(table), $"{table}: {string.Join('\n', trace)}"));
        Assert.True(Published("first") < First("second"), string.Join('\n', trace));
        Assert.True(Published("second") < First("third"), string.Join('\n', trace));
        Assert.Equal(["1|2|3"], job.Database.Rows("SELECT a.n, b.n, c.n FROM analytics.first a, analytics.second b, analytics.third c"));
    }

    [Fact]
    public void One_pipeline_opens_the_database_once()
    {
        // Transactions are counted from 1 again by each opening.
        const string Sql = "SELECT txid_current()::BIGINT AS n";
        using var job = new Job(("first", Sql), ("second", Sql), ("third", Sql));

        job.Run("Get-EltTable job.psd1 | Invoke-EltCtas | Test-EltRowCount | Switch-EltTable").Succeeded();

        Assert.Equal(
            ["true|true"],
            job.Database.Rows(
                "SELECT (a.n < b.n)::VARCHAR, (b.n < c.n)::VARCHAR FROM analytics.first a, analytics.second b, analytics.third c"));
    }

    [Fact]
    public void Progress_tells_which_table_of_how_many_and_which_step()
    {
        using var job = new Job(ThreeTables);

        var progress = job.Run("Invoke-EltPipeline job.psd1").Succeeded().Progress;

        // Which of them are seen depends on the clock: a bar changes five times a second at most.
        Assert.StartsWith("preparing", progress[0].StatusDescription, StringComparison.Ordinal);
        Assert.All(progress, record => Assert.Equal("job", record.Activity));
        Assert.All(progress.Where(record => record.RecordType == ProgressRecordType.Processing), record =>
            Assert.Matches(
                @"^(analytics\.(first \(1|second \(2|third \(3) of 3\): (building|checking|publishing)|preparing)( \d+ s)?(, run \d+ s)?$",
                record.StatusDescription));
        Assert.Equal(ProgressRecordType.Completed, progress[^1].RecordType);
    }
}
