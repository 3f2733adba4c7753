using EltPs.Tests.Cmdlets;
using EltPs.Validation;
using Xunit;

namespace EltPs.Tests.Validation;

/// <summary>Values in the SQL of a file that is tested.</summary>
public sealed class PlaceholderTests : IDisposable
{
    private readonly Job _job = new();

    public void Dispose() => _job.Dispose();

    [Fact]
    public void A_schedule_gives_the_dates_of_its_latest_interval_in_their_types()
    {
        _job.Keys = "; Schedule = '@daily'";
        _job.Write(
            (
                "first",
                "SELECT date_diff('day', {{ ds }}, DATE '2025-01-01') AS d, {{ data_interval_end }} - {{ data_interval_start }} AS i, {{ "
                    + "run_id }} AS r"),
            ("second", "SELECT * FROM read_csv('nothing_{{ ds_nodash }}.csv')"),
            ("third", "SELECT {{ ds }} + 'x' + [1] AS n"));

        var errors = Test().Errors;

        var yesterday = DateTime.UtcNow.Date.AddDays(-1);
        Assert.Equal(["analytics.second", "analytics.third"], errors.Select(error => error.Table));
        Assert.Contains(new[] { yesterday, yesterday.AddDays(1), yesterday.AddDays(-1) }, day =>
            errors[0].Message.Contains($"nothing_{day:yyyyMMdd}.csv", StringComparison.Ordinal));
        Assert.Contains("DATE", errors[1].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_schedule_an_end_of_the_interval_is_an_error_at_its_place()
    {
        _job.Write(
            ("first", "SELECT 1 AS a, {{ ds }} AS s, {{ data_interval_start }} AS d, {{ data_interval_end }} AS n"),
            ("second", "SELECT d FROM analytics.first"));

        var result = Test();

        Assert.Equal(
            ["job.psd1(4,88) EltPlaceholderUnfilled", "job.psd1(4,120) EltPlaceholderUnfilled"],
            result.Errors.Select(error => $"{error.Location} {error.ErrorId}"));
        Assert.Equal("analytics.second", Assert.Single(result.NotChecked).Table);
    }

    [Theory]
    [InlineData("", "job.psd1(4,103)")]
    [InlineData(" -Variable @{ region = 'a much longer value than its placeholder' }", "job.psd1(4,103)")]
    [InlineData(" -Variable @{ REGION = '' }", "job.psd1(4,103)")]
    public void The_place_of_an_error_is_that_of_the_file_whatever_the_values(string parameter, string place)
    {
        _job.Keys = "; Variables = @{ region = 'emea' }";
        _job.Write(("t", "SELECT {{ region }} AS r, $${{ region }}$$ AS s, nope"));

        Assert.Equal(place, Assert.Single(Test(parameter).Errors).Location);
    }

    [Fact]
    public void A_variable_that_is_given_counts_in_its_type()
    {
        _job.Keys = "; Variables = @{ days = 28; names = 'a', 'b' }";
        _job.Write(("t", "SELECT [1][{{ days }}] + 1 AS n WHERE 'a' IN ({{ names }})"));

        Assert.Empty(Test().Findings);
        Assert.Empty(Test(" -Variable @{ names = @('x'); days = 3 }").Findings);
        Assert.Equal("EltStatementFailed", Assert.Single(Test(" -Variable @{ days = [datetime] '2025-01-10' }").Findings).ErrorId);
    }

    [Fact]
    public void A_variable_that_the_file_has_not_is_an_error_of_its_own()
    {
        _job.Write(("t", "SELECT 1 AS n"));

        var error = _job.Run("Test-EltPipeline job.psd1 -Variable @{ nope = 1 }")
            .FailedWith("EltInvalidVariable,EltPs.Commands.TestEltPipelineCommand");

        Assert.Contains("There is no variable 'nope'", error.Exception.Message, StringComparison.Ordinal);
    }

    private PipelineTestResult Test(string parameters = "") =>
        Assert.IsType<PipelineTestResult>(
            Assert.Single(_job.Run($"Test-EltPipeline job.psd1{parameters} -ErrorAction SilentlyContinue").Output));
}
