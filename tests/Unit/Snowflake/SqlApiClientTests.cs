using System.Text.Json;
using EltPs.Engine.Errors;
using EltPs.Engine.Events;
using EltPs.Tests.Snowflake.StandIn;
using EltPs.Warehouses.Snowflake;
using Xunit;

namespace EltPs.Tests.Snowflake;

public sealed class SqlApiClientTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_query_gives_its_rows_as_text_with_null_for_NULL_in_one_request_without_a_sign_in()
    {
        await using var test = new ClientTest(
            new ScriptedWarehouse(
                (_, _) =>
                    StatementOutcome.Success(
                        ["A", "B"],
                        [
                            ["1", null],
                            ["2", "x"],
                        ])));

        var result = await test.QueryAsync();

        Assert.Equal([["1", null], ["2", "x"]], result.Rows);
        Assert.False(result.WasRepeated);
        Assert.True(Guid.TryParse(result.QueryId, out _));
        Assert.Single(test.Server.Requests);
        var finished = Assert.Single(test.Trace.Events.OfType<StatementFinished>());
        Assert.Equal(("SELECT 1", true, result.QueryId), (finished.Sql, finished.Succeeded, finished.QueryId));
    }

    [Fact]
    public async Task A_request_carries_what_the_documentation_asks_for()
    {
        await using var test = new ClientTest();

        await test.ChangeAsync(limit: TimeSpan.FromMinutes(10));

        var request = Assert.Single(test.Server.Requests);
        Assert.Matches(@"\A/api/v2/statements\?requestId=[0-9a-f-]{36}\z", request.Path);
        Assert.Matches(@"\AEltPs/\d+\.\d+\.\d+\z", request.Headers["User-Agent"]);
        Assert.Equal("application/json", request.Headers["Accept"]);
        Assert.Equal("KEYPAIR_JWT", request.Headers["X-Snowflake-Authorization-Token-Type"]);
        using var body = JsonDocument.Parse(request.Body);
        Assert.Equal(ClientTest.Ctas, body.RootElement.GetProperty("statement").GetString());
        Assert.Equal(600, body.RootElement.GetProperty("timeout").GetInt32());
        Assert.Equal(("PROD", "ELT_WH", "ELT"), (Text("database"), Text("warehouse"), Text("role")));
        Assert.False(body.RootElement.TryGetProperty("schema", out _));
        var parameters = body.RootElement.GetProperty("parameters");
        Assert.Equal("UTC", parameters.GetProperty("timezone").GetString());
        Assert.False(parameters.TryGetProperty("MULTI_STATEMENT_COUNT", out _));
        using var tag = JsonDocument.Parse(parameters.GetProperty("query_tag").GetString()!);
        Assert.Equal(
            ["EltPs", "RunELT_Alert", "20261124T030000-abcd", "analytics.t", "Stage", request.Path[^36..]],
            tag.RootElement.EnumerateObject().Select(label => label.Value.GetString()));

        string? Text(string name) => body.RootElement.GetProperty(name).GetString();
    }

    [Fact]
    public async Task Several_statements_go_in_one_request_and_what_ran_before_a_failure_stays()
    {
        await using var test = new ClientTest(
            new ScriptedWarehouse(
                (statement, _) =>
                    statement.Contains("broken", StringComparison.Ordinal)
                        ? StatementOutcome.Failure("001003", "42000", "syntax error")
                        : StatementOutcome.Success()));

        var result = await test.Client.ExecuteAsync(
            SnowflakeRequest.Change("CREATE TABLE a (t VARCHAR) COMMENT = 'x;y'", "DROP TABLE b"),
            test.Scope(),
            Token);
        Assert.Empty(result.Rows);
        Assert.Equal(2, test.Server.Executions.Count);
        Assert.Contains("\"MULTI_STATEMENT_COUNT\":\"2\"", Assert.Single(test.Server.Requests).Body, StringComparison.Ordinal);

        var failure = await Assert.ThrowsAsync<EltException>(() =>
            test.Client.ExecuteAsync(SnowflakeRequest.Change("CREATE TABLE c (i INT)", "broken", "DROP TABLE d"), test.Scope(), Token));
        Assert.Equal(EltErrorKind.StatementFailed, failure.Kind);
        Assert.Equal(["CREATE TABLE c (i INT)", "broken"], test.Server.Executions.Skip(2));
    }

    [Fact]
    public async Task A_refused_statement_tells_Snowflakes_message_code_state_query_id_and_the_statement()
    {
        await using var test = new ClientTest(new ScriptedWarehouse((_, _) =>
            StatementOutcome.Failure("002003", "42S02", "Object 'RAW.T' does not exist or not authorized.")));

        var failure = await Assert.ThrowsAsync<EltException>(() => test.ChangeAsync());

        Assert.Equal(
            (
                EltErrorKind.StatementFailed,
                $"Object 'RAW.T' does not exist or not authorized. (query {failure.QueryId})",
                "002003",
                "42S02",
                ClientTest.Ctas,
                false),
            (failure.Kind, failure.Message, failure.VendorCode, failure.SqlState, failure.Statement, failure.IsTransient));
        Assert.True(Guid.TryParse(failure.QueryId, out _));
        var finished = Assert.Single(test.Trace.Events.OfType<StatementFinished>());
        Assert.False(finished.Succeeded);
        Assert.Equal(failure.QueryId, finished.QueryId);
    }

    [Fact]
    public async Task Later_partitions_come_compressed_and_in_order()
    {
        await using var test = new ClientTest(
            new ScriptedWarehouse(
                (_, _) =>
                    StatementOutcome.Success(
                        ["I"],
                        [.. Enumerable.Range(0, 25).Select(i => (IReadOnlyList<string?>)[i % 7 == 0 ? null : $"{i}"])])));
        test.Server.RowsPerPartition = 10;

        var result = await test.QueryAsync();

        Assert.Equal(Enumerable.Range(0, 25).Select(i => i % 7 == 0 ? null : $"{i}"), result.Rows.Select(row => row[0]));
        Assert.Equal(
            ["?partition=1", "?partition=2"],
            test.Server.Requests.Skip(1).Select(request => request.Path[request.Path.IndexOf('?', StringComparison.Ordinal)..]));
        Assert.All(test.Server.Requests, request => Assert.Contains("gzip", request.Headers["Accept-Encoding"], StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_result_that_is_too_large_is_an_error_although_its_status_is_200()
    {
        await using var test = new ClientTest(new ScriptedWarehouse((_, _) => StatementOutcome.Success() with { Code = "391908" }));

        var failure = await Assert.ThrowsAsync<EltException>(() => test.QueryAsync());

        Assert.Equal((EltErrorKind.StatementFailed, "391908"), (failure.Kind, failure.VendorCode));
        Assert.Contains("too large", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_statement_that_takes_long_is_polled_with_growing_waits_of_five_seconds_at_most()
    {
        await using var test = new ClientTest();
        test.Server.Faults.On("temp_t", new Fault.Slow(TimeSpan.FromMinutes(2)));

        var result = await test.ChangeAsync();

        Assert.False(result.WasRepeated);
        Assert.Single(test.Submits);
        Assert.Equal(1, test.Server.TimesExecuted("temp_t"));
        Assert.Equal([0.5, 0.75, 1.125], test.Clock.Waits.Take(3).Select(wait => wait.TotalSeconds));
        Assert.Equal(TimeSpan.FromSeconds(5), test.Clock.Waits.Max());
        Assert.All(test.Server.Requests.Skip(1), request => Assert.EndsWith(result.QueryId, request.Path, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_token_is_never_older_than_55_minutes_while_a_statement_runs_for_five_hours()
    {
        await using var test = new ClientTest();
        test.Server.Faults.On("temp_t", new Fault.Slow(TimeSpan.FromHours(5)));

        await test.ChangeAsync(limit: TimeSpan.FromHours(6));

        Assert.True(test.Server.Requests[^1].At - test.Server.Requests[0].At >= TimeSpan.FromHours(5));
        Assert.All(test.Server.Requests, request => Assert.InRange(request.TokenAge!.Value, TimeSpan.Zero, TimeSpan.FromMinutes(55)));
        Assert.InRange(test.Server.Requests.Max(request => request.TokenAge!.Value), TimeSpan.FromMinutes(49), TimeSpan.FromMinutes(55));
    }
}
