using EltPs.Tests.Cmdlets;
using EltPs.Validation;
using Xunit;

namespace EltPs.Tests.Validation;

/// <summary>Test-EltPipeline on embedded DuckDB: the SQL of a file, in its order.</summary>
public sealed class PipelineTests : IDisposable
{
    private const string Command = "EltPs.Commands.TestEltPipelineCommand";

    private readonly Job _job = new();

    public void Dispose() => _job.Dispose();

    [Fact]
    public void A_table_sees_those_before_it_with_the_columns_that_they_would_get()
    {
        _job.Database.Execute("CREATE SCHEMA analytics; CREATE TABLE analytics.first AS SELECT 1 AS old");
        _job.Write(
            ("first", "SELECT 1 AS fresh"),
            ("second", "SELECT fresh + 1 AS n FROM analytics.first"),
            ("third", "SELECT n FROM analytics.second"));

        var result = Test();

        Assert.Empty(result.Findings);
        Assert.Equal(
            (true, "job", "duckdb (DuckDb)", 3, Path.Combine(_job.Folder, "job.psd1")),
            (result.IsValid, result.Pipeline, result.Connection, result.Tables, result.Path));
    }

    [Fact]
    public void A_column_that_the_new_build_no_longer_has_is_an_error()
    {
        _job.Database.Execute("CREATE SCHEMA analytics; CREATE TABLE analytics.first AS SELECT 1 AS old");
        _job.Write(("first", "SELECT 1 AS fresh"), ("second", "SELECT old FROM analytics.first"));

        var error = Assert.Single(Test().Findings);

        Assert.Equal(
            ("Error", "job.psd1(5,66)", "analytics.second", "EltStatementFailed"),
            (error.Severity, error.Location, error.Table, error.ErrorId));
        Assert.StartsWith("Binder Error: Referenced column \"old\" not found", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void All_errors_are_told_at_once_each_at_its_place()
    {
        _job.WriteText("ok.csv", "id\n1\n");
        _job.WriteText("part.sql", "SELECT\n    'é😀' AS é,\n    gone\nFROM raw.ok -- why");
        _job.WriteText(
            "job.psd1",
            """
            @{
                Sources = @{ 'raw.ok' = 'ok.csv'; 'raw.none' = 'none.csv' }
                Tables = @(
                    @{ Schema = 'a'; Table = 't1'; SqlFile = 'part.sql' }
                    @{ Schema = 'a'; Table = 't2'; Sql = @'
            SELECT id,
                   nofunction(id)
            FROM raw.ok
            '@ }
                    @{ Schema = 'a'; Table = 't3'; Sql = 'SELECT * FROM a.t1' }
                    @{ Schema = 'a'; Table = 't4'; Sql = 'SELECT id FROM raw.ok WHERE' }
                    @{ Schema = 'a'; Table = 't5'; Sql = 'SELECT 1 AS é FORM raw.ok' }
                    @{ Schema = 'a'; Table = 't6'; Sql = 'SELECT * FROM raw.none' }
                    @{ Schema = 'a'; Table = 't7'; Sql = 'SELECT * FROM read_csv(''gone.csv'')' }
                    @{ Schema = 'a'; Table = 't8'; Sql = 'SELECT id + 1 AS n FROM raw.ok' }
                    @{ Schema = 'a'; Table = 't9'; Sql = 'SELECT n, m FROM a.t8' }
                )
            }
            """);

        var run = _job.Run("Test-EltPipeline job.psd1");

        var result = Assert.IsType<PipelineTestResult>(Assert.Single(run.Output));
        Assert.Equal(
            [
                "Error job.psd1(2,39) EltSourceMissing",
                "Error part.sql(3,5) EltStatementFailed",
                "Error job.psd1(7,8) EltStatementFailed",
                "NotChecked job.psd1(10,61) ",
                "Error job.psd1(11,47) EltStatementFailed",
                "Error job.psd1(12,61) EltStatementFailed",
                "NotChecked job.psd1(13,61) ",
                "Error job.psd1(14,61) EltStatementFailed",
                "Error job.psd1(16,57) EltStatementFailed",
            ],
            result.Findings.Select(finding => $"{finding.Severity} {finding.Location} {finding.ErrorId}"));
        Assert.Contains("at end of input", result.Errors[3].Message, StringComparison.Ordinal);
        Assert.Contains("it reads a.t1, whose own columns are not known", result.NotChecked[0].Message, StringComparison.Ordinal);
        Assert.Contains("it reads the source raw.none, which cannot be read", result.NotChecked[1].Message, StringComparison.Ordinal);

        var error = run.FailedWith($"EltPipelineNotValid,{Command}");
        Assert.Same(result, error.TargetObject);
        Assert.All(result.Errors, finding => Assert.Contains(finding.ToString(), error.Exception.Message, StringComparison.Ordinal));
    }

    [Fact]
    public void Errors_that_end_the_transaction_hide_nothing_behind_them()
    {
        _job.Write([
            .. Enumerable
                .Range(0, 60)
                .SelectMany(index =>
                    new[]
                    {
                        ($"good{index}", index == 0 ? "SELECT 1 AS n" : $"SELECT n FROM analytics.good{index - 1}"),
                        ($"bad{index}", "SELECT * FROM read_csv('gone.csv')"),
                    }),
        ]);

        var result = Test();

        Assert.Equal(Enumerable.Range(0, 60).Select(index => $"analytics.bad{index}"), result.Findings.Select(finding => finding.Table));
    }

    [Theory]
    [InlineData("SELECT TO_VARCHAR([n], 'YYYY') AS t FROM analytics.first", "job.psd1(5,59)")]
    [InlineData("SELECT   n, bad FROM analytics.v", "job.psd1(5,71)")]
    [InlineData("SELECT 1, n + [1] AS t FROM analytics.first", "job.psd1(5,71)")]
    public void An_error_within_a_macro_is_at_the_tables_place_and_any_other_at_its_own(string sql, string place)
    {
        _job.Database.Execute(
            "CREATE SCHEMA analytics; CREATE TABLE analytics.raw AS SELECT 1 AS n; CREATE VIEW analytics.v AS SELECT n FROM analytics.raw");
        _job.Write(("first", "SELECT 1 AS n"), ("second", sql));

        Assert.Equal(place, Assert.Single(Test().Findings).Location);
    }

    [Fact]
    public void A_table_that_reads_a_later_one_or_itself_is_a_warning_if_that_is_there_and_an_error_if_not()
    {
        _job.Write(
            ("first", "SELECT n FROM analytics.last"),
            ("self", "SELECT n FROM analytics.self"),
            ("after", "SELECT * FROM analytics.first"),
            ("last", "SELECT 1 AS n"));

        var missing = Test();
        Assert.Equal(
            [
                "Error job.psd1(4,72) analytics.first EltReadsBeforeBuilt",
                "Error job.psd1(5,71) analytics.self EltReadsBeforeBuilt",
                "NotChecked job.psd1(6,72) analytics.after ",
            ],
            missing.Findings.Select(finding => $"{finding.Severity} {finding.Location} {finding.Table} {finding.ErrorId}"));
        Assert.Contains(
            "reads analytics.last, which this file builds later, at job.psd1(7,57), and it is not in the warehouse yet",
            missing.Findings[0].Message,
            StringComparison.Ordinal);
        Assert.Contains(
            "analytics.self reads itself, and it is not in the warehouse yet",
            missing.Findings[1].Message,
            StringComparison.Ordinal);

        _job.Database.Execute(
            "CREATE SCHEMA analytics; CREATE TABLE analytics.last AS SELECT 1 AS n; CREATE TABLE analytics.self AS SELECT 1 AS n");
        var there = Test();
        Assert.True(there.IsValid);
        Assert.Equal(["job.psd1(4,72)", "job.psd1(5,71)"], there.Findings.Select(finding => finding.Location));
        Assert.All(there.Warnings, finding =>
            Assert.EndsWith("it sees the rows that the run before has published.", finding.Message, StringComparison.Ordinal));
    }

    [Fact]
    public void An_unqualified_name_is_a_table_of_the_sessions_own_schema_only()
    {
        _job.Database.Execute("CREATE TABLE later AS SELECT 1 AS n");
        _job.Write(("first", "SELECT n FROM later"), ("later", "SELECT 1 AS n"));

        Assert.Empty(Test().Findings);
    }

    [Fact]
    public void The_databases_own_name_can_be_used_with_and_without_a_file()
    {
        _job.WriteText(
            "job.psd1",
            "@{ Tables = @( @{ Schema = 'job.a'; Table = 't'; Sql = 'SELECT 1 AS n' }; @{ Schema = 'a'; Table = 'u'; Sql = 'SELECT n FROM "
                + "job.a.t' } ) }");

        Assert.Empty(Test().Findings);
        _job.Run("Invoke-EltPipeline job.psd1").Succeeded();
        Assert.Empty(Test().Findings);
    }

    [Theory]
    [InlineData("main", "main_db")]
    [InlineData("temp", "temp_db")]
    [InlineData("memory", "memory")]
    [InlineData("a.b", "a")]
    [InlineData("my db", "\"my db\"")]
    public void A_database_that_is_not_there_has_the_name_that_it_would_have(string file, string database)
    {
        _job.Write(file, ("t", "SELECT 1 AS n"), ("u", $"SELECT n FROM {database}.analytics.t"));
        using var session = _job.Session();

        Assert.True(session.Run($"Test-EltPipeline '{file}.psd1' -Quiet").Single<bool>());
        session.Run($"Invoke-EltPipeline '{file}.psd1'").Succeeded();
        Assert.True(session.Run($"Test-EltPipeline '{file}.psd1' -Quiet").Single<bool>());
    }

    [Fact]
    public void Quoted_names_and_a_schema_that_a_run_would_make_are_no_errors()
    {
        _job.WriteText(
            "job.psd1",
            """@{ Tables = @( @{ Schema = '"My Schema"'; Table = '"My Table"'; Sql = 'SELECT 1 AS n' }; @{ Schema = 'b'; Table = 'u'; Sql = 'SELECT n FROM "My Schema"."My Table"' } ) }"""
        );

        Assert.Empty(Test().Findings);
    }

    [Fact]
    public void A_macro_of_the_database_and_the_functions_of_every_session_are_known()
    {
        _job.Database.Execute("CREATE MACRO double(x) AS x * 2");
        _job.Write(("first", "SELECT double(1) AS n, IFF(true, 1, 2) AS i, TO_VARCHAR(DATE '2025-01-01', 'YYYY-MM') AS m"));

        Assert.Empty(Test().Findings);
    }

    [Fact]
    public void What_stands_in_the_way_of_a_run_is_an_error_and_the_SQL_is_tried_all_the_same()
    {
        _job.Database.Execute(
            "CREATE SCHEMA analytics; CREATE VIEW analytics.v AS SELECT 1 AS n; CREATE TABLE analytics.temp_t AS SELECT 1 AS n");
        _job.Write(("v", "SELECT bad"), ("t", "SELECT worse"));

        Assert.Equal(
            ["analytics.v EltNotATable", "analytics.v EltStatementFailed", "analytics.t EltStagingTaken", "analytics.t EltStatementFailed"],
            Test().Errors.Select(finding => $"{finding.Table} {finding.ErrorId}"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("; PublishTogether = $true")]
    public void A_view_and_an_index_that_the_new_table_does_not_fit_are_errors(string keys)
    {
        _job.Keys = keys;
        _job.Database.Execute(
            """
            CREATE SCHEMA analytics;
            CREATE TABLE analytics.t AS SELECT 1 AS n, 2 AS m;
            CREATE TABLE analytics.i AS SELECT 1 AS n, 2 AS m;
            CREATE INDEX by_m ON analytics.i(m);
            CREATE VIEW analytics.reader AS SELECT m FROM analytics.t;
            """);
        _job.Write(("t", "SELECT 1 AS n"), ("i", "SELECT 1 AS n"), ("fits", "SELECT n FROM analytics.t"));

        var errors = Test().Errors;

        Assert.Equal(
            ["analytics.t EltPublishFailed", "analytics.i EltPublishFailed"],
            errors.Select(finding => $"{finding.Table} {finding.ErrorId}"));
        Assert.Contains(
            "would break the view \"analytics\".\"reader\": Binder Error: Referenced column \"m\" not found",
            errors[0].Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_view_over_two_tables_that_are_published_together_is_bound_to_both()
    {
        _job.Keys = "; PublishTogether = $true";
        _job.Database.Execute(
            "CREATE SCHEMA analytics; CREATE TABLE analytics.t AS SELECT 1 AS a; CREATE TABLE analytics.u AS SELECT 1 AS a; CREATE VIEW "
                + "analytics.both AS SELECT COLUMNS('a|b') FROM (FROM analytics.t UNION ALL FROM analytics.u)");
        _job.Write(("t", "SELECT 1 AS a, 2 AS b"), ("u", "SELECT 1 AS a, 2 AS b"));

        Assert.Empty(Test().Findings);
        _job.Keys = string.Empty;
        _job.Write(("t", "SELECT 1 AS a, 2 AS b"), ("u", "SELECT 1 AS a, 2 AS b"));
        Assert.Equal("EltPublishFailed", Assert.Single(Test().Errors).ErrorId);
    }

    [Fact]
    public void Nothing_is_lost_by_a_query_that_ends_with_a_comment() => Assert.Empty(Tested("SELECT 1 AS n -- one").Findings);

    [Fact]
    public void A_query_is_not_run()
    {
        // Half a minute of work, and a value that no row may have.
        Assert.Empty(
            Tested("SELECT sum(a.range * b.range) + CAST('x' AS INTEGER) AS n FROM range(10000000) a, range(10000000) b").Findings);
    }

    private PipelineTestResult Tested(string sql)
    {
        _job.Write(("t", sql));
        return Test();
    }

    private PipelineTestResult Test() =>
        Assert.IsType<PipelineTestResult>(Assert.Single(_job.Run("Test-EltPipeline job.psd1 -ErrorAction SilentlyContinue").Output));
}
