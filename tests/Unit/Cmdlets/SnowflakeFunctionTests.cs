using Xunit;

namespace EltPs.Tests.Cmdlets;

public sealed class SnowflakeFunctionTests : IDisposable
{
    private readonly Job _job = new();

    public void Dispose() => _job.Dispose();

    [Theory]
    [InlineData("YYYY-MM-DD HH24:MI:SS", "2025-01-05 15:04:05")]
    [InlineData("yy mon dy", "25 Jan Sun")]
    [InlineData("SS.FF", "05.123456000")]
    [InlineData("FF3", "123")]
    [InlineData("HH12:MI:SS.FF3 AM", "03:04:05.123 PM")]
    [InlineData("FF6 SS", "123456 05")]
    public void A_format_gives_the_text_that_Snowflake_gives(string format, string text)
    {
        Stage($"SELECT TO_VARCHAR(TIMESTAMP '2025-01-05 15:04:05.123456', '{format}') AS text").Succeeded();

        Assert.Equal([text], _job.Database.Rows("SELECT text FROM analytics.temp_t"));
    }

    [Theory]
    [InlineData("MMMM")]
    [InlineData("HH")]
    [InlineData("FF1 FF2")]
    [InlineData("YYYY-MM-DD TZH")]
    public void A_format_without_an_exact_counterpart_is_an_error(string format)
    {
        var error = Stage($"SELECT TO_VARCHAR(TIMESTAMP '2025-01-05 15:04:05', '{format}') AS text").FailedWith("EltStatementFailed,EltPs.Commands.InvokeEltCtasCommand");

        Assert.Contains("is not supported here", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Names_differ_by_the_case_of_ASCII_letters_only()
    {
        _job.Run(
            """
            foreach ($name in '"Ä"', '"ä"', 'Ab', 'aB') {
                Invoke-EltCtas -Schema analytics -Table $name -Sql 'SELECT 1 AS n' -Connection job.duckdb | Test-EltRowCount | Switch-EltTable
            }
            """).Succeeded();

        Assert.Equal(["analytics.aB", "analytics.temp_aB", "analytics.Ä", "analytics.ä"], _job.Database.Names().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_staging_table_that_only_SQL_lower_would_take_for_another_is_seen()
    {
        _job.Database.Execute("CREATE SCHEMA analytics; CREATE TABLE analytics.\"temp_İ\" AS SELECT 'mine' AS n");

        _job.Run("""Invoke-EltCtas -Schema analytics -Table '"İ"' -Sql 'SELECT 1 AS n' -Connection job.duckdb""")
            .FailedWith("EltStagingTaken,EltPs.Commands.InvokeEltCtasCommand");

        Assert.Equal(["mine"], _job.Database.Rows("SELECT n FROM analytics.\"temp_İ\""));
    }

    private Support.ScriptRun Stage(string sql) =>
        _job.Run($"Invoke-EltCtas -Schema analytics -Table t -Sql '{sql.Replace("'", "''", StringComparison.Ordinal)}' -Connection job.duckdb");
}
