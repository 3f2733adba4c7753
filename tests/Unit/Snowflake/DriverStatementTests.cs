using EltPs.Engine.Errors;
using EltPs.Engine.Events;
using EltPs.Engine.Warehouses;
using EltPs.Tests.DuckDb;
using EltPs.Tests.Snowflake.Driver;
using EltPs.Warehouses.Snowflake;
using EltPs.Warehouses.Snowflake.Driver;
using Xunit;

namespace EltPs.Tests.Snowflake;

public sealed class DriverStatementTests
{
    private static readonly SnowflakeRequest Change = SnowflakeRequest.Change("CREATE TABLE t AS SELECT 1 AS n");
    private static readonly LoopbackAnswer Cancelled = LoopbackAnswer.Error(422, "000604", "57014", "SQL execution canceled");

    private readonly TraceObserver _trace = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private WorkScope Scope =>
        new(_trace)
        {
            Pipeline = "mau",
            RunId = "r1",
            Table = TestDatabase.Name("analytics.t"),
            Step = EltStep.Stage,
        };

    [Fact]
    public async Task Rows_come_as_text_that_no_culture_changes_and_null_is_null()
    {
        await using var api = new LoopbackSqlApi
        {
            Answer = _ => LoopbackAnswer.Rows(["fixed", "real", "boolean", "text"], ["12", "1.5", "true", "ä"], [null, null, null, null]),
        };
        await using var client = await StandInDriver.OpenAsync(api, Token);

        var result = await client.ExecuteAsync(SnowflakeRequest.Query("SELECT a, b, c, d FROM t"), Scope, Token);

        Assert.Equal(LoopbackAnswer.Handle, result.QueryId);
        Assert.Equal([["12", "1.5", "true", "ä"], [null, null, null, null]], result.Rows);
    }

    [Fact]
    public async Task The_session_has_the_pipelines_time_zone_and_each_request_its_tag()
    {
        await using var api = new LoopbackSqlApi();
        await using var client = await StandInDriver.OpenAsync(api, Token);

        await client.ExecuteAsync(Change, Scope, Token);

        var call = Assert.Single(api.Calls);
        Assert.Equal("Europe/Berlin", call.Parameter("timezone"));
        Assert.Equal("TRANSFORMER", call.Text("role"));
        Assert.StartsWith(
            """{"app":"EltPs","pipeline":"mau","run":"r1","table":"analytics.t","step":"Stage","request":""",
            call.Parameter("query_tag"),
            StringComparison.Ordinal);
        Assert.Equal(Change.Text, Assert.Single(_trace.Statements));
    }

    [Fact]
    public async Task Several_statements_are_sent_with_their_number()
    {
        await using var api = new LoopbackSqlApi
        {
            Answer = call => call.IsSubmit ? LoopbackAnswer.Handles("h1", "h2") : LoopbackAnswer.Rows(["text"], ["done"]),
        };
        await using var client = await StandInDriver.OpenAsync(api, Token);

        var result = await client.ExecuteAsync(SnowflakeRequest.Change("DROP TABLE IF EXISTS a", "CREATE TABLE a (n INT)"), Scope, Token);

        var submit = api.Calls.First();
        Assert.Equal("2", submit.Parameter("MULTI_STATEMENT_COUNT"));
        Assert.Equal("DROP TABLE IF EXISTS a;\nCREATE TABLE a (n INT)", submit.Text("statement"));
        Assert.Equal(["/api/v2/statements/h1", "/api/v2/statements/h2"], api.Calls.Skip(1).Select(call => call.Path));
        Assert.Equal(LoopbackAnswer.Handle, result.QueryId);
        Assert.Empty(result.Rows);
    }

    [Fact]
    public async Task An_error_of_a_later_statement_is_the_error_of_the_request()
    {
        await using var api = new LoopbackSqlApi
        {
            Answer = call => call.IsSubmit ? LoopbackAnswer.Handles("h1", "h2")
                : call.Path.EndsWith("h1", StringComparison.Ordinal) ? LoopbackAnswer.Rows(["text"], ["done"])
                : LoopbackAnswer.Error(422, "002003", "42S02", "Object does not exist."),
        };
        await using var client = await StandInDriver.OpenAsync(api, Token);

        var error = await Assert.ThrowsAsync<EltException>(() =>
            client.ExecuteAsync(SnowflakeRequest.Change("DROP TABLE a", "DROP TABLE b"), Scope, Token));

        Assert.Equal((EltErrorKind.StatementFailed, "002003"), (error.Kind, error.VendorCode));
    }

    [Fact]
    public async Task A_cancel_stops_the_statement_in_Snowflake()
    {
        await using var api = Sleeper(afterCancel: Cancelled, out var running);
        await using var client = await StandInDriver.OpenAsync(api, Token);
        using var source = new CancellationTokenSource();

        var work = client.ExecuteAsync(Change, Scope, source.Token);
        await running;
        await source.CancelAsync();

        var cancelled = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => work);
        Assert.Equal(source.Token, cancelled.CancellationToken);
        Assert.Contains(api.Calls, call => call.IsCancel && call.Path.Contains(LoopbackAnswer.Handle, StringComparison.Ordinal));
        Assert.False(Assert.IsType<StatementFinished>(Assert.Single(_trace.Events)).Succeeded);
    }

    [Fact]
    public async Task A_statement_that_took_effect_before_the_cancel_came_gives_its_result()
    {
        await using var api = Sleeper(afterCancel: LoopbackAnswer.Rows(["text"], ["created"]), out var running);
        await using var client = await StandInDriver.OpenAsync(api, Token);
        using var source = new CancellationTokenSource();

        var work = client.ExecuteAsync(Change, Scope, source.Token);
        await running;
        await source.CancelAsync();

        Assert.Equal("created", Assert.Single((await work).Rows)[0]);
    }

    [Fact]
    public async Task A_cancelled_change_that_is_never_answered_for_is_unknown()
    {
        await using var api = Sleeper(afterCancel: null, out var running);
        await using var client = await StandInDriver.OpenAsync(api, Token);
        using var source = new CancellationTokenSource();

        var work = client.ExecuteAsync(Change, Scope, source.Token);
        await running;
        await source.CancelAsync();

        var error = await Assert.ThrowsAsync<EltException>(() => work);
        Assert.Equal((EltErrorKind.Unknown, LoopbackAnswer.Handle), (error.Kind, error.QueryId));
        Assert.StartsWith("The statement was cancelled, but Snowflake did not confirm it.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_deadline_stops_the_statement_in_Snowflake_and_is_told_as_a_timeout()
    {
        await using var api = Sleeper(afterCancel: Cancelled, out _);
        await using var client = await StandInDriver.OpenAsync(api, Token);
        var scope = Scope with { Deadline = Deadline.In(TimeSpan.FromSeconds(5), TimeProvider.System) };

        var error = await Assert.ThrowsAsync<EltException>(() => client.ExecuteAsync(Change, scope, Token));

        Assert.Equal((EltErrorKind.Timeout, LoopbackAnswer.Handle, "000604"), (error.Kind, error.QueryId, error.VendorCode));
        Assert.StartsWith("it did not end within 00:00:05 ", error.Message, StringComparison.Ordinal);
        Assert.Contains(api.Calls, call => call.IsCancel);

        // For the look at what a stopped block has published.
        Assert.True(scope.Deadline.Remaining > TimeSpan.Zero);
    }

    [Fact]
    public async Task Snowflake_knows_the_time_limit_too()
    {
        await using var api = new LoopbackSqlApi();
        await using var client = await StandInDriver.OpenAsync(api, Token);

        foreach (var limit in new[] { 90, 90, 120 })
        {
            await client.ExecuteAsync(
                Change,
                Scope with
                {
                    Deadline = Deadline.In(TimeSpan.FromSeconds(limit), TimeProvider.System),
                },
                Token);
        }

        await client.ExecuteAsync(Change, Scope, Token);

        Assert.Equal(["90", "90", "120", null], api.Calls.Select(call => call.Text("timeout")));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_Snowflake_that_goes_on_in_spite_of_the_cancel_is_not_waited_for_without_end(bool changes)
    {
        await using var api = Sleeper(afterCancel: LoopbackAnswer.Running, out var running);
        var options = StandInDriver.Options(api.Endpoint);
        await using var client = await DriverClient.OpenAsync(
            options,
            "UTC",
            StandInDriver.Secrets,
            StandInDriver.Folder,
            new FastTime(),
            Token);
        using var source = new CancellationTokenSource();

        var work = client.ExecuteAsync(Change with { Changes = changes }, Scope, source.Token);
        await running;
        await source.CancelAsync();

        var exception = await Assert.ThrowsAnyAsync<Exception>(() => work);
        Assert.InRange(api.Calls.Count(call => call.IsCancel), 2, 100);
        if (changes)
        {
            Assert.Equal(EltErrorKind.Unknown, Assert.IsType<EltException>(exception).Kind);
        }
        else
        {
            Assert.IsAssignableFrom<OperationCanceledException>(exception);
        }
    }

    [Fact]
    public async Task A_change_that_is_never_answered_for_after_its_deadline_is_unknown()
    {
        await using var api = Sleeper(afterCancel: null, out _);
        await using var client = await StandInDriver.OpenAsync(api, Token);
        var scope = Scope with { Deadline = Deadline.In(TimeSpan.FromMilliseconds(250), TimeProvider.System) };

        var error = await Assert.ThrowsAsync<EltException>(() => client.ExecuteAsync(Change, scope, Token));

        Assert.Equal((EltErrorKind.Unknown, LoopbackAnswer.Handle), (error.Kind, error.QueryId));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_Snowflake_that_goes_on_is_not_waited_for_beyond_the_deadline(bool isCancelled)
    {
        await using var api = Sleeper(afterCancel: LoopbackAnswer.Running, out var running);
        await using var client = await StandInDriver.OpenAsync(api, Token);
        var scope = Scope with { Deadline = Deadline.In(TimeSpan.FromSeconds(3), TimeProvider.System) };
        using var source = new CancellationTokenSource();
        var watch = System.Diagnostics.Stopwatch.StartNew();

        var work = client.ExecuteAsync(Change, scope, source.Token);
        await running;
        if (isCancelled)
        {
            await source.CancelAsync();
        }

        var error = await Assert.ThrowsAsync<EltException>(() => work);

        // Snowflake's statement has no end, and a busy machine has time.
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(30));
        Assert.Equal(EltErrorKind.Unknown, error.Kind);
        Assert.Contains(api.Calls, call => call.IsCancel);
        Assert.Equal(
            isCancelled,
            _trace.Events.OfType<MessageRaised>().Any(message => message.Text.Contains(LoopbackAnswer.Handle, StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_change_may_have_been_repeated_because_the_driver_does_not_tell(bool changes)
    {
        await using var api = new LoopbackSqlApi();
        await using var client = await StandInDriver.OpenAsync(api, Token);

        Assert.Equal(changes, (await client.ExecuteAsync(Change with { Changes = changes }, Scope, Token)).WasRepeated);
    }

    [Fact]
    public async Task Signing_in_can_be_cancelled()
    {
        await using var api = new LoopbackSqlApi();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => StandInDriver.OpenAsync(api, new CancellationToken(canceled: true)));
    }

    [Fact]
    public void A_driver_without_a_tag_for_each_command_gets_one_for_the_session_when_it_changes()
    {
        var session = new DriverSession();

        var first = session.QueryTag("""{"a":"it's \ = "}""")!;
        session.Accepted(first);

        Assert.Equal("""ALTER SESSION SET QUERY_TAG = '{"a":"it''s \\ = "}'""", first);
        Assert.Null(session.QueryTag("""{"a":"it's \ = "}"""));
        Assert.Equal("ALTER SESSION SET QUERY_TAG = 'b'", session.QueryTag("b"));
    }

    [Fact]
    public async Task Nothing_is_sent_when_it_is_too_late()
    {
        await using var api = new LoopbackSqlApi();
        await using var client = await StandInDriver.OpenAsync(api, Token);

        var late = await Assert.ThrowsAsync<EltException>(() =>
            client.ExecuteAsync(Change, Scope with { Deadline = Deadline.In(TimeSpan.Zero, TimeProvider.System) }, Token));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            client.ExecuteAsync(Change, Scope, new CancellationToken(canceled: true)));

        Assert.Equal(EltErrorKind.Timeout, late.Kind);
        Assert.Empty(api.Calls);
    }

    // Answers that the statement runs, until it is cancelled.
    private static LoopbackSqlApi Sleeper(LoopbackAnswer? afterCancel, out Task running)
    {
        var seen = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        running = seen.Task;
        var isCancelled = false;
        return new LoopbackSqlApi
        {
            Answer = call =>
            {
                if (call.IsSubmit)
                {
                    return LoopbackAnswer.Running;
                }

                seen.TrySetResult();
                isCancelled |= call.IsCancel;
                return call.IsCancel ? new LoopbackAnswer(200, "{}") : isCancelled ? afterCancel : LoopbackAnswer.Running;
            },
        };
    }
}
