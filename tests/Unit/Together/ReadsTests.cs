using EltPs.Engine.Sql;
using EltPs.Tests.Support;
using EltPs.Warehouses;
using Xunit;

namespace EltPs.Tests.Together;

/// <summary>On Snowflake a file whose tables read each other cannot be published together, and says where.</summary>
public sealed class ReadsTests : IDisposable
{
    private const string Snowflake = "@{ Account = 'myorg-x'; User = 'u'; PrivateKeyFile = 'k.p8' }";
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("SELECT n FROM analytics.a", true)]
    [InlineData("SELECT n FROM ANALYTICS.A", true)]
    [InlineData("SELECT n FROM \"ANALYTICS\".\"A\"", true)]
    [InlineData("SELECT n FROM \"analytics\".\"a\"", false)]
    [InlineData("SELECT n FROM prod.analytics.a", true)]
    [InlineData("SELECT n FROM other.a", false)]
    [InlineData("SELECT n FROM a", true)]
    [InlineData("SELECT n FROM raw.x JOIN a USING (n)", true)]
    [InlineData("SELECT n FROM raw.x, a", true)]
    [InlineData("SELECT n FROM raw.x LEFT JOIN (a JOIN raw.y USING (n)) USING (n)", true)]
    [InlineData("SELECT n FROM raw.x WHERE EXISTS (SELECT 1 FROM a)", true)]
    [InlineData("SELECT n FROM (SELECT n FROM (SELECT n FROM a))", true)]
    [InlineData("WITH a AS (SELECT 1 AS n) SELECT n FROM a", false)]
    [InlineData("WITH x AS (SELECT 2 AS n), a (n) AS (SELECT 1) SELECT n FROM a, x", false)]
    [InlineData("WITH a AS (SELECT 1 AS n) SELECT n FROM analytics.a", true)]
    [InlineData("SELECT a FROM raw.x", false)]
    [InlineData("SELECT x, a, n FROM raw.x GROUP BY x, a", false)]
    [InlineData("SELECT EXTRACT(month FROM a) FROM raw.x", false)]
    [InlineData("SELECT n IS DISTINCT FROM a FROM raw.x", false)]
    [InlineData("SELECT 'FROM analytics.a' AS n FROM raw.x -- JOIN analytics.a", false)]
    [InlineData("SELECT a(1) FROM raw.x, LATERAL a(n)", false)]
    [InlineData("SELECT n FROM analytics.b", false)]
    [InlineData("SELECT x.n FROM raw.a_b x", false)]
    public void A_table_that_reads_another_one_of_the_file_is_found(string sql, bool isRefused)
    {
        Write($"Sql = '{sql.Replace("'", "''", StringComparison.Ordinal)}'");

        var run = ScriptExecutor.RunIn(_folder.Path, $"Get-EltTable job.psd1 -Connection {Snowflake}");

        if (!isRefused)
        {
            run.Succeeded();
            return;
        }

        var message = run.FailedWith("EltInvalidPipelineFile,EltPs.Commands.GetEltTableCommand").Exception.Message;
        Assert.Matches(
            @"^job\.psd1\(5,\d+\): analytics\.b reads analytics\.a, which this file builds too: with PublishTogether Snowflake builds all",
            message);
        Assert.Contains("or take PublishTogether out", message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_place_is_that_of_the_name_within_the_SQL()
    {
        Write("Sql = @'\nSELECT n\nFROM raw.x\n  JOIN analytics.a USING (n)\n'@");

        var error = ScriptExecutor
            .RunIn(_folder.Path, $"Get-EltTable job.psd1 -Connection {Snowflake}")
            .FailedWith("EltInvalidPipelineFile,EltPs.Commands.GetEltTableCommand");

        Assert.StartsWith("job.psd1(8,8): analytics.b reads analytics.a", error.Exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Sql = 'SELECT 1 AS n'; Publish = 'Clone'", "", "job.psd1(5,80): A clone leaves nothing to go back to")]
    [InlineData("Sql = 'SELECT 1 AS n'", "; Publish = 'Clone'", "job.psd1(2,40): A clone leaves nothing to go back to")]
    public void A_clone_is_refused_with_its_place(string table, string file, string complaint)
    {
        Write(table, file);

        var error = ScriptExecutor
            .RunIn(_folder.Path, $"Get-EltTable job.psd1 -Connection {Snowflake}")
            .FailedWith("EltInvalidPipelineFile,EltPs.Commands.GetEltTableCommand");

        Assert.StartsWith(complaint, error.Exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Exception.Message);
    }

    [Fact]
    public void DuckDb_and_a_file_without_the_key_have_neither_complaint()
    {
        Write("Sql = 'SELECT n FROM analytics.a'; Publish = 'Clone'");
        Assert.Equal(2, ScriptExecutor.RunIn(_folder.Path, "Get-EltTable job.psd1").Succeeded().Output.Count);

        Write("Sql = 'SELECT n FROM analytics.a'; Publish = 'Clone'", together: "$false");
        Assert.Equal(2, ScriptExecutor.RunIn(_folder.Path, $"Get-EltTable job.psd1 -Connection {Snowflake}").Succeeded().Output.Count);
    }

    [Fact]
    public void A_long_query_is_read_in_no_time()
    {
        var sql =
            string.Concat(Enumerable.Repeat("SELECT n FROM raw.x JOIN raw.y USING (n) UNION ALL\n", 20_000)) + "SELECT n FROM analytics.a";
        var dialect = new WarehouseRegistry().Providers.Single(provider => provider.Type == "Snowflake").Dialect;

        var mentions = TableMentions.Of(sql, dialect.Syntax, dialect.Identifiers.Fold);

        Assert.Equal(40_001, mentions.Count);
        Assert.Equal(sql.Length - "analytics.a".Length, mentions[^1].Offset);
    }

    private void Write(string table, string file = "", string together = "$true") => _folder.File(
        "job.psd1",
        $$"""
        @{
            PublishTogether = {{together}}{{file}}
            Tables = @(
                @{ Schema = 'analytics'; Table = 'a'; Sql = 'SELECT 1 AS n' }
                @{ Schema = 'analytics'; Table = 'b'; {{table}} }
            )
        }
        """);
}
