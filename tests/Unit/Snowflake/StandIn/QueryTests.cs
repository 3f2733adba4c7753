using System.Globalization;

using EltPs.Tests.Samples;

using Xunit;

namespace EltPs.Tests.Snowflake.StandIn;

/// <summary>Queries run for real in the stand-in, and fail with Snowflake's codes.</summary>
public sealed class QueryTests : IDisposable
{
    private const string MonthlyActiveUsers =
        """
        SELECT
            TO_VARCHAR(A.ts, 'YYYY-MM') AS month, -- the month
            COUNT(DISTINCT B.userid) AS mau
        FROM raw_data.session_timestamp A
        JOIN raw_data.user_session_channel B ON A.sessionid = B.sessionid
        GROUP BY 1
        """;

    private readonly StandInCatalogue _catalogue = new();

    public void Dispose() => _catalogue.Dispose();

    [Fact]
    public void The_sample_comes_out_as_twelve_months_of_active_users()
    {
        _catalogue.LoadSample();

        _catalogue.Run($"CREATE OR REPLACE TABLE analytics.temp_mau_summary COMMENT = 'x' AS\n{MonthlyActiveUsers}\n");

        var rows = _catalogue.Run("SELECT month, mau FROM analytics.temp_mau_summary ORDER BY 1");
        Assert.Equal(12, rows.Count);
        Assert.Equal(
            MauExpectation.Compute(MauSample.DataFolder).Select(month => (month.Key, month.Value.ToString(CultureInfo.InvariantCulture))),
            rows.Select(row => (row[0]!, row[1]!)));
    }

    [Theory]
    [InlineData("SELECT * FROM public.missing", "002003", "42S02", "Object 'PROD.PUBLIC.MISSING' does not exist or not authorized.")]
    [InlineData("SELECT * FROM missing.t", "002003", "02000", "Schema 'PROD.MISSING' does not exist or not authorized.")]
    [InlineData("SELECT * FROM other.public.t", "002003", "02000", "Database 'OTHER' does not exist or not authorized.")]
    [InlineData("SELECT a b c", "001003", "42000", "SQL compilation error")]
    [InlineData("SELECT nothing FROM public.t", "000904", "42000", "invalid identifier 'NOTHING'")]
    [InlineData("SELECT nonsense(1)", "002140", "42601", "Unknown function NONSENSE")]
    [InlineData("SELECT CAST('x' AS INT)", "100038", "22018", "x")]
    [InlineData("MERGE INTO public.t", "001003", "42000", "syntax error line 1 at position 0 unexpected 'MERGE'.")]
    [InlineData("CREATE TABLE public.u AS SELECT 'open", "001003", "42000", "syntax error")]
    [InlineData("CREATE TABLE public.t AS SELECT 1 AS i", "002002", "42710", "Object 'PROD.PUBLIC.T' already exists.")]
    [InlineData(
        "ALTER TABLE public.t SWAP WITH public.missing",
        "002003",
        "42S02",
        "Table 'PROD.PUBLIC.MISSING' does not exist or not authorized.")]
    [InlineData("DROP TABLE public.missing", "002003", "42S02", "does not exist or not authorized.")]
    public void What_fails_has_Snowflakes_code_and_leaves_nothing_behind(string statement, string code, string sqlState, string message)
    {
        _catalogue.Run("CREATE TABLE public.t AS SELECT 1 AS i");

        var outcome = _catalogue.Execute(statement, StandInCatalogue.As(), TestContext.Current.CancellationToken);

        Assert.Equal((false, code, sqlState), (outcome.IsSuccess, outcome.Code, outcome.SqlState));
        Assert.Contains(message, outcome.Message, StringComparison.Ordinal);
        Assert.Equal(["CREATE TABLE public.t AS SELECT 1 AS i"], _catalogue.Effects);
        Assert.Equal([statement], _catalogue.Executed);
    }

    [Theory]
    [InlineData("SELECT COUNT(*) FROM public.t, public.t AS other", "1")]
    [InlineData("SELECT public.t.i FROM public.t", "1")]
    [InlineData("SELECT t.i FROM t WHERE i IN (SELECT i FROM public.t)", "1")]
    [InlineData("WITH mine AS (SELECT i + 1 AS i FROM t) SELECT i FROM mine", "2")]
    [InlineData("SELECT EXTRACT(YEAR FROM a.d) FROM (SELECT DATE '2025-01-10' AS d) AS a", "2025")]
    [InlineData("SELECT i IS DISTINCT FROM t.i FROM t // a comment of Snowflake's", "false")]
    [InlineData(@"SELECT 'a\'b' || '\\'", @"a'b\")]
    [InlineData("SELECT DATE '1970-01-03'", "2")]
    [InlineData("SELECT i FROM public.v", "1")]
    public void Names_and_literals_are_read_as_Snowflake_reads_them(string query, string value)
    {
        _catalogue.Run("CREATE TABLE public.t AS SELECT 1 AS i");
        _catalogue.Run("CREATE VIEW public.v AS SELECT i FROM public.t");

        Assert.Equal(value, _catalogue.Run(query)[0][0]);
    }

    [Fact]
    public void A_view_reads_what_stands_at_the_name_now()
    {
        _catalogue.Run("CREATE TABLE public.t AS SELECT 1 AS i");
        _catalogue.Run("CREATE TABLE public.u AS SELECT 2 AS i");
        _catalogue.Run("CREATE VIEW public.v AS SELECT i FROM public.t");

        _catalogue.Run("ALTER TABLE public.t SWAP WITH public.u");

        Assert.Equal("2", _catalogue.Run("SELECT i FROM public.v")[0][0]);
    }

    [Fact]
    public void The_context_functions_say_what_the_request_said()
    {
        var context = new StatementContext(Guid.Empty, "ELT", "WH", "PROD", "PUBLIC", "Asia/Seoul", null);

        var row = _catalogue.Run(
            "SELECT CURRENT_ORGANIZATION_NAME() || '-' || CURRENT_ACCOUNT_NAME(), CURRENT_USER(), CURRENT_ROLE(), CURRENT_WAREHOUSE(), "
            + "CURRENT_DATABASE(), CURRENT_SCHEMA(), CURRENT_VERSION(), CURRENT_ACCOUNT(), CURRENT_REGION()",
            context)[0];

        Assert.Equal(["MYORG-MYACCOUNT", "ELT_USER", "ELT", "WH", "PROD", "PUBLIC"], row.Take(6));
        Assert.Equal("9", _catalogue.Run("SELECT EXTRACT(HOUR FROM TIMESTAMPTZ '2025-01-01 00:00:00+00')", context)[0][0]);
    }

    [Fact]
    public void A_name_without_a_database_needs_a_current_one()
    {
        var outcome = _catalogue.Execute(
            "SELECT * FROM public.t",
            StandInCatalogue.As(database: null),
            TestContext.Current.CancellationToken);

        Assert.Equal("090105", outcome.Code);
    }
}
