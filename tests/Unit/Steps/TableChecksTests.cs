using EltPs.Engine.Definitions;
using EltPs.Engine.Errors;
using EltPs.Engine.Events;
using EltPs.Engine.Sql;
using EltPs.Engine.Steps;
using EltPs.Engine.Templates;
using EltPs.Engine.Warehouses;
using EltPs.Tests.DuckDb;
using EltPs.Warehouses.DuckDb;
using EltPs.Warehouses.Snowflake;
using Xunit;

namespace EltPs.Tests.Steps;

/// <summary>Checks beside the row count: what stands beyond a check knows none of them.</summary>
public sealed class TableChecksTests
{
    private static readonly TableChecks Both = new([new RowCountCheck(2), new NoNullCheck("a"), new NoNullCheck("b")]);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task All_checks_are_read_with_one_statement_and_verified()
    {
        await using var database = await TestDatabase.OpenAsync();

        var verified = await VerifyAsync(database, "SELECT 1 AS a, 2 AS b UNION ALL SELECT 3, 4");

        Assert.Equal(2, verified.Rows);
        Assert.Equal(
            ["row count: 2 rows", "no NULL in a: 0 NULL in a", "no NULL in b: 0 NULL in b"],
            verified.Checks.Select(check => check.ToString()));
        Assert.Equal(
            ["SELECT count(*), count(a), count(b) FROM analytics.temp_t"],
            database.Trace.Statements.Where(sql => sql.Contains("count(", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task All_that_do_not_hold_are_told_at_once()
    {
        await using var database = await TestDatabase.OpenAsync();

        var failure = await Assert.ThrowsAsync<EltException>(() => VerifyAsync(database, "SELECT NULL AS a, 1 AS b"));

        Assert.Equal(
            "analytics.t: check failed: 1 row in analytics.temp_t, at least 2 expected; 1 NULL in a in analytics.temp_t, none expected.\n"
                + "analytics.t was not created.",
            failure.Message);
        Assert.Equal(EltErrorKind.TooFewRows, failure.Kind);
        Assert.Equal([false, false, true], failure.Checks.Select(check => check.HasPassed));
    }

    [Fact]
    public void On_Snowflake_they_are_one_scan_and_one_request()
    {
        var dialect = new SnowflakeDialect();

        Assert.Equal(
            """
            SELECT
                measured.row_count, measured.measure_1,
                table_schema, table_name, table_type, is_transient, is_dynamic, is_iceberg, clustering_key, comment
            FROM information_schema.tables
            CROSS JOIN (SELECT COUNT(*) AS row_count, count(a) AS measure_1 FROM analytics.temp_t) AS measured
            WHERE table_schema = 'ANALYTICS' AND table_name IN ('T', 'TEMP_T')
            """.ReplaceLineEndings("\n"),
            dialect.Measure(TestDatabase.Name("analytics.t"), new TableChecks([new NoNullCheck("a")]).Aggregates(dialect)).Sql);
    }

    [Fact]
    public void What_several_checks_ask_for_is_read_once()
    {
        var dialect = new DuckDbDialect();

        Assert.Equal(["count(*)", "count(a)"], new TableChecks([new NoNullCheck("a"), new NoNullCheck("a")]).Aggregates(dialect));
        Assert.Equal(["count(*)"], new TableChecks([]).Aggregates(dialect));
    }

    private static async Task<VerifiedTable> VerifyAsync(TestDatabase database, string sql)
    {
        var definition = new TableDefinition
        {
            Name = TestDatabase.Name("analytics.t"),
            Query = SqlTemplate.Of(sql, SqlSyntax.Standard),
            Session = database.Settings,
        };
        var session = new WarehouseSession(database.Settings, TestDatabase.Provider);
        var staged = await new StageStep(session, TimeProvider.System, SilentObserver.Instance)
            .StageAsync(definition, new StageOptions("run-1"), Token);
        return await new TableCheck(TimeProvider.System, database.Trace).VerifyAsync(staged, Both, Token);
    }

    private sealed record NoNullCheck(string Column) : ITableCheck
    {
        public string Name => $"no NULL in {Column}";

        public IReadOnlyList<string> Aggregates(IDialect dialect) => [dialect.RowCount, $"count({Column})"];

        public CheckResult Judge(CheckValues values)
        {
            var missing = values.Count(0) - values.Count(1);
            return new CheckResult(Name, "none", $"{missing} NULL in {Column}")
            {
                Failure = missing > 0 ? EltErrorKind.TooManyRows : null,
            };
        }
    }
}
