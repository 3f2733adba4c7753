using EltPs.Engine.Errors;
using EltPs.Engine.Events;
using EltPs.Engine.Warehouses;
using EltPs.Tests.DuckDb;
using EltPs.Tests.Snowflake.Driver;
using EltPs.Warehouses.Snowflake;
using Xunit;

namespace EltPs.Tests.Snowflake;

public sealed class DriverErrorTests
{
    private const string Create = "CREATE TABLE t AS SELECT 1 AS n";

    private static readonly WorkScope Scope = new(new TraceObserver()) { RunId = "r1", Step = EltStep.Stage };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_refused_statement_tells_code_sqlstate_and_query_id_that_only_the_drivers_own_type_has()
    {
        await using var api = new LoopbackSqlApi
        {
            Answer = _ => LoopbackAnswer.Error(422, "002003", "42S02", "Object 'RAW.T' does not exist."),
        };

        var error = await FailAsync(api, SnowflakeRequest.Change(Create));

        Assert.Equal(EltErrorKind.StatementFailed, error.Kind);
        Assert.Equal($"Object 'RAW.T' does not exist. (query {LoopbackAnswer.Handle})", error.Message);
        Assert.Equal(
            ("002003", "42S02", LoopbackAnswer.Handle, Create),
            (error.VendorCode, error.SqlState, error.QueryId, error.Statement));
        Assert.False(error.IsTransient);
    }

    [Fact]
    public async Task A_refused_sign_in_is_found_two_levels_down()
    {
        await using var api = new LoopbackSqlApi { SignIn = LoopbackAnswer.Error(401, "390303", "08004", "Invalid OAuth access token.") };

        var error = await Assert.ThrowsAsync<EltException>(() => StandInDriver.OpenAsync(api, Token));

        Assert.Equal(EltErrorKind.SignInFailed, error.Kind);
        Assert.Equal(
            "Connection 'prod' could not sign in to 127.0.0.1 as JOB (OAuth token, ADO.NET driver): Invalid OAuth access token.",
            error.Message);
        Assert.Equal(("390303", "08004"), (error.VendorCode, error.SqlState));
    }

    [Fact]
    public async Task A_host_that_does_not_answer_is_no_refused_sign_in()
    {
        await using var api = new LoopbackSqlApi { SignIn = null };

        var error = await Assert.ThrowsAsync<EltException>(() => StandInDriver.OpenAsync(api, Token));

        Assert.Equal(EltErrorKind.ConnectionFailed, error.Kind);
        Assert.StartsWith(
            $"Connection 'prod' could not reach Snowflake at {api.Endpoint.Authority}: ",
            error.Message,
            StringComparison.Ordinal);
        Assert.True(error.IsTransient);
    }

    [Theory]
    [InlineData(422, "000604", "57014", EltErrorKind.StatementFailed, true)]
    [InlineData(408, "000630", "57014", EltErrorKind.Timeout, true)]
    [InlineData(422, "000625", "57014", EltErrorKind.StatementFailed, true)]
    [InlineData(401, "390318", "08001", EltErrorKind.SignInFailed, false)]
    [InlineData(422, "390111", "08001", EltErrorKind.ConnectionFailed, true)]
    [InlineData(422, "390505", "08001", EltErrorKind.ConnectionFailed, true)]
    public async Task What_Snowflake_answers_decides_the_kind(int status, string code, string state, EltErrorKind kind, bool isTransient)
    {
        await using var api = new LoopbackSqlApi { Answer = _ => LoopbackAnswer.Error(status, code, state, "As documented.") };

        var error = await FailAsync(api, SnowflakeRequest.Change(Create));

        Assert.Equal((kind, isTransient, code), (error.Kind, error.IsTransient, error.VendorCode));
    }

    [Fact]
    public async Task A_change_without_an_answer_is_unknown_and_its_tag_finds_it()
    {
        await using var api = new LoopbackSqlApi { Answer = _ => null };

        var error = await FailAsync(api, SnowflakeRequest.Change(Create));

        var tag = api.Calls.First(call => call.IsSubmit).Parameter("query_tag")!;
        var request = System.Text.Json.JsonDocument.Parse(tag).RootElement.GetProperty("request").GetString()!;
        Assert.Equal(EltErrorKind.Unknown, error.Kind);
        Assert.Null(error.QueryId);
        Assert.Contains($"its query tag has the request {request}", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_change_whose_answer_is_lost_later_is_unknown_with_its_query_id()
    {
        await using var api = new LoopbackSqlApi { Answer = call => call.IsSubmit ? LoopbackAnswer.Running : null };

        var error = await FailAsync(api, SnowflakeRequest.Change(Create));

        Assert.Equal((EltErrorKind.Unknown, LoopbackAnswer.Handle), (error.Kind, error.QueryId));
        Assert.Contains($"Look up query {LoopbackAnswer.Handle} in Snowflake's query history", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_query_without_an_answer_can_just_be_asked_again()
    {
        await using var api = new LoopbackSqlApi { Answer = _ => null };

        var error = await FailAsync(api, SnowflakeRequest.Query("SELECT COUNT(*) FROM t"));

        Assert.Equal((EltErrorKind.ConnectionFailed, true), (error.Kind, error.IsTransient));
    }

    [Fact]
    public async Task The_tag_is_valid_json_of_at_most_2000_characters_however_long_the_names_are()
    {
        await using var api = new LoopbackSqlApi();
        await using var client = await StandInDriver.OpenAsync(api, Token);
        var scope = Scope with
        {
            Pipeline = string.Concat(Enumerable.Repeat("\"😀\\", 2000)),
            Table = TestDatabase.Name("analytics." + new string('t', 250)),
        };

        await client.ExecuteAsync(SnowflakeRequest.Query("SELECT 2"), scope, Token);

        var tag = api.Calls.Single().Parameter("query_tag")!;
        Assert.InRange(tag.Length, 500, 2000);
        var json = System.Text.Json.JsonDocument.Parse(tag).RootElement;
        Assert.Equal(
            ("EltPs", "r1", "Stage"),
            (json.GetProperty("app").GetString(), json.GetProperty("run").GetString(), json.GetProperty("step").GetString()));
        Assert.StartsWith("\"😀\\", json.GetProperty("pipeline").GetString(), StringComparison.Ordinal);
    }

    private static async Task<EltException> FailAsync(LoopbackSqlApi api, SnowflakeRequest request)
    {
        await using var client = await StandInDriver.OpenAsync(api, Token);
        return await Assert.ThrowsAsync<EltException>(() => client.ExecuteAsync(request, Scope, Token));
    }
}
