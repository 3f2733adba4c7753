using EltPs.Engine.Errors;
using EltPs.Engine.Steps;
using EltPs.Objects;
using Xunit;

namespace EltPs.Tests.Cmdlets;

public sealed class RowCountTests : IDisposable
{
    private const string Stage =
        "Invoke-EltCtas -Schema analytics -Table t -Sql 'SELECT range AS n FROM range(3)' -Connection :memory: | Test-EltRowCount";

    private readonly Job _job = new();

    public void Dispose() => _job.Dispose();

    [Theory]
    [InlineData("")]
    [InlineData("-Minimum 0")]
    [InlineData("-Minimum 3")]
    [InlineData("-Maximum 3")]
    [InlineData("-Minimum 3 -Maximum 3")]
    public void A_count_between_the_bounds_gives_a_verified_table(string bounds) =>
        Assert.Equal(3, _job.Run($"{Stage} {bounds}").Single<VerifiedTable>().Rows);

    [Theory]
    [InlineData("-Minimum 4", "EltTooFewRows", "analytics.t: check failed: 3 rows in analytics.temp_t, at least 4 expected.\nanalytics.t was not created.")]
    [InlineData("-Maximum 2", "EltTooManyRows", "analytics.t: check failed: 3 rows in analytics.temp_t, at most 2 expected.\nanalytics.t was not created.")]
    public void A_count_beyond_a_bound_is_an_error(string bounds, string id, string message)
    {
        var error = _job.Run($"{Stage} {bounds}").FailedWith($"{id},EltPs.Commands.TestEltRowCountCommand");

        Assert.Equal(message, error.ToString());
        Assert.IsType<StagedTable>(EltObject.Unwrap(error.TargetObject));
    }

    [Theory]
    [InlineData("", true)]
    [InlineData("-Minimum 4", false)]
    [InlineData("-Maximum 2", false)]
    public void Quiet_answers_true_or_false(string bounds, bool answer) =>
        Assert.Equal(answer, _job.Run($"{Stage} {bounds} -Quiet").Single<bool>());

    [Fact]
    public void Quiet_does_not_hide_another_error() =>
        _job.Run(
            """
            $staged = Invoke-EltCtas -Schema analytics -Table t -Sql 'SELECT 1 AS n' -Connection :memory:
            $staged | Test-EltRowCount -Quiet
            """).FailedWith("EltSessionEnded,EltPs.Commands.TestEltRowCountCommand");

    [Theory]
    [InlineData("-Minimum -1")]
    [InlineData("-Maximum -1")]
    public void A_bound_is_never_negative(string bounds) =>
        _job.Run($"{Stage} {bounds}").FailedWith("ParameterArgumentValidationError,EltPs.Commands.TestEltRowCountCommand");

    [Fact]
    public void Without_a_minimum_the_definitions_own_counts()
    {
        _job.WriteText(
            "few.psd1",
            """
            @{
                Name   = 'few'
                Tables = @(
                    @{ Schema = 'analytics'; Table = 't'; Sql = 'SELECT 1 AS n'; MinimumRows = 2 }
                )
            }
            """);

        _job.Run("Get-EltTable few.psd1 | Invoke-EltCtas | Test-EltRowCount")
            .FailedWith("EltTooFewRows,EltPs.Commands.TestEltRowCountCommand");
        _job.Run("Get-EltTable few.psd1 | Invoke-EltCtas | Test-EltRowCount -Minimum 1").Succeeded();
    }

    [Theory]
    [InlineData("Get-EltTable many.psd1 | Invoke-EltCtas | Test-EltRowCount", "TestEltRowCount")]
    [InlineData("$null = Get-EltTable many.psd1 | Invoke-EltCtas; Get-EltTable many.psd1 | Switch-EltTable", "SwitchEltTable")]
    [InlineData("Invoke-EltPipeline many.psd1", "InvokeEltPipeline")]
    public void The_definition_may_have_a_maximum(string script, string command)
    {
        _job.WriteText(
            "many.psd1",
            "@{ Tables = @( @{ Schema = 'analytics'; Table = 't'; Sql = 'SELECT * FROM range(3)'; MaximumRows = 2 } ) }");

        var error = _job.Run(script).FailedWith($"EltTooManyRows,EltPs.Commands.{command}Command");

        Assert.Contains("3 rows in analytics.temp_t, at most 2 expected", error.ToString(), StringComparison.Ordinal);
        var result = Assert.Single(Assert.IsType<EltException>(error.Exception).Checks);
        Assert.Equal(("row count", "at most 2", "3 rows", false), (result.Check, result.Expected, result.Found, result.HasPassed));
        _job.Run("Get-EltTable many.psd1 | Invoke-EltCtas | Test-EltRowCount -Maximum 3").Succeeded();
    }
}
