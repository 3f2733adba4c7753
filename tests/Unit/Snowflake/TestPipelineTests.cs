using EltPs.Validation;
using Xunit;

namespace EltPs.Tests.Snowflake;

/// <summary>Test-EltPipeline on Snowflake: EXPLAIN of what can be explained, and nothing that changes anything.</summary>
public sealed class TestPipelineTests : IAsyncDisposable
{
    private readonly SnowflakeAccount _account = new();

    public ValueTask DisposeAsync() => _account.DisposeAsync();

    [Fact]
    public void The_sample_is_valid_and_only_queries_were_sent()
    {
        var result = Test();

        Assert.Empty(result.Findings);
        Assert.Equal("Snowflake", result.Connection!.Split('(', ')')[1]);
        Assert.Single(_account.Submits, request =>
            request.Statement!.StartsWith("EXPLAIN USING TEXT\nSELECT\n    TO_VARCHAR(A.ts", StringComparison.Ordinal));
    }

    [Fact]
    public void A_mistake_is_told_at_its_place_in_the_file()
    {
        _account.Replace("COUNT(DISTINCT B.userid)", "COUNT(DISTINCT user_idx)");

        var error = Assert.Single(Test().Findings);

        Assert.Equal(("Error", PlaceOf("user_idx"), "EltStatementFailed"), (error.Severity, error.Location, error.ErrorId));
        Assert.Contains("invalid identifier 'USER_IDX'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void So_is_text_that_is_no_SQL()
    {
        _account.Replace("GROUP BY 1", "GROUPED BY 1 2");

        var error = Assert.Single(Test().Findings);

        Assert.Equal(("Error", PlaceOf("GROUPED")), (error.Severity, error.Location));
    }

    [Fact]
    public void A_source_that_is_not_there_and_the_table_that_reads_it_are_told()
    {
        _account.Catalogue.Run("DROP TABLE raw_data.user_session_channel");

        var result = Test();

        Assert.Equal(["Error EltSourceMissing", "NotChecked "], result.Findings.Select(finding => $"{finding.Severity} {finding.ErrorId}"));
        Assert.Contains("reads the source raw_data.user_session_channel", result.NotChecked[0].Message, StringComparison.Ordinal);
        Assert.DoesNotContain(_account.Submits, request => request.Statement!.StartsWith("EXPLAIN", StringComparison.Ordinal));
    }

    [Fact]
    public void A_table_that_reads_one_of_its_file_is_explained_if_that_is_there_already()
    {
        Write("SELECT 1 AS n", "SELECT n FROM analytics.first");

        var before = Test();
        var reason = Assert.Single(before.Findings);
        Assert.Equal(("NotChecked", "mau.psd1(4,73)"), (reason.Severity, reason.Location));
        Assert.Contains(
            "reads analytics.first, which this file builds before it and which is not in the warehouse yet",
            reason.Message,
            StringComparison.Ordinal);

        _account.Run("Invoke-EltPipeline mau.psd1 -Connection $connection").Succeeded();
        Assert.Empty(Test().Findings);
    }

    [Fact]
    public void A_column_that_the_table_before_may_get_is_a_warning()
    {
        Write("SELECT 1 AS n", "SELECT n FROM analytics.first");
        _account.Run("Invoke-EltPipeline mau.psd1 -Connection $connection").Succeeded();
        Write("SELECT 1 AS n, 2 AS m", "SELECT m FROM analytics.first");

        var warning = Assert.Single(Test().Findings);

        Assert.Equal(("Warning", "mau.psd1(4,66)"), (warning.Severity, warning.Location));
        Assert.Contains(
            "analytics.second reads analytics.first, which this file builds before it",
            warning.Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void The_order_of_the_file_is_judged_by_Snowflakes_own_names()
    {
        Write("SELECT 1 AS n FROM PROD.ANALYTICS.SECOND", "SELECT 1 AS n FROM analytics.\"second\"");

        var result = Test();

        Assert.Equal("EltReadsBeforeBuilt", result.Errors[0].ErrorId);
        Assert.Equal("mau.psd1(3,77)", result.Errors[0].Location);
        Assert.Equal("EltStatementFailed", result.Errors[1].ErrorId);
    }

    [Fact]
    public void A_schema_that_is_not_there_is_an_error_because_no_run_makes_it()
    {
        _account.Replace("Schema      = 'analytics'", "Schema      = 'nowhere'");

        Assert.Equal("EltSchemaMissing", Assert.Single(Test().Errors).ErrorId);
    }

    [Fact]
    public void A_kind_that_a_run_will_not_change_is_a_warning()
    {
        _account.Run("Invoke-EltPipeline mau.psd1 -Connection $connection").Succeeded();
        _account.Replace("MinimumRows = 1", "MinimumRows = 1; Transient = $true");

        var result = Test();

        Assert.True(result.IsValid);
        Assert.Contains("is permanent and stays so", Assert.Single(result.Warnings).Message, StringComparison.Ordinal);
    }

    private void Write(string first, string second) => _account.Folder.File(
        "mau.psd1",
        $$"""
        @{
            Tables = @(
                @{ Schema = 'analytics'; Table = 'first'; Sql = '{{first}}' }
                @{ Schema = 'analytics'; Table = 'second'; Sql = '{{second}}' }
            )
        }
        """);

    private string PlaceOf(string text)
    {
        var lines = File.ReadAllText(_account.Folder.File("mau.psd1")).ReplaceLineEndings("\n").Split('\n');
        var line = Array.FindIndex(lines, candidate => candidate.Contains(text, StringComparison.Ordinal));
        return $"mau.psd1({line + 1},{lines[line].IndexOf(text, StringComparison.Ordinal) + 1})";
    }

    // Whatever comes out, nothing has changed there.
    private PipelineTestResult Test()
    {
        var (requests, effects, before) = (
            _account.Submits.Count,
            _account.Catalogue.Effects.Count,
            Directory.GetFileSystemEntries(_account.Folder.Path).Order().ToList());

        var run = _account.Run("Test-EltPipeline mau.psd1 -Connection $connection -ErrorAction SilentlyContinue");

        Assert.Equal(effects, _account.Catalogue.Effects.Count);
        Assert.All(_account.Submits.Skip(requests), request => Assert.Matches(@"\A(SELECT|EXPLAIN)\b", request.Statement));
        Assert.Equal(before, Directory.GetFileSystemEntries(_account.Folder.Path).Order());
        return Assert.IsType<PipelineTestResult>(Assert.Single(run.Output));
    }
}
