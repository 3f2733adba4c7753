using Xunit;

namespace EltPs.Tests.Cmdlets;

public sealed class NameCaseTests : IDisposable
{
    private readonly Job _job = new();

    public void Dispose() => _job.Dispose();

    [Fact]
    public void Names_differ_by_the_case_of_ASCII_letters_only()
    {
        _job.Run(
            """
            foreach ($name in '"Ä"', '"ä"', 'Ab', 'aB') {
                Invoke-EltCtas -Schema analytics -Table $name -Sql 'SELECT 1 AS n' -Connection job.duckdb | Test-EltRowCount | Switch-EltTable
            }
            """).Succeeded();

        Assert.Equal(
            ["analytics.aB", "analytics.temp_aB", "analytics.Ä", "analytics.ä"],
            _job.Database.Names().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_staging_table_that_only_SQL_lower_would_take_for_another_is_seen()
    {
        _job.Database.Execute("CREATE SCHEMA analytics; CREATE TABLE analytics.\"temp_İ\" AS SELECT 'mine' AS n");

        _job.Run("""Invoke-EltCtas -Schema analytics -Table '"İ"' -Sql 'SELECT 1 AS n' -Connection job.duckdb""")
            .FailedWith("EltStagingTaken,EltPs.Commands.InvokeEltCtasCommand");

        Assert.Equal(["mine"], _job.Database.Rows("SELECT n FROM analytics.\"temp_İ\""));
    }
}
