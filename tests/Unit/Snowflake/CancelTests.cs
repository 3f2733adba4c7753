using EltPs.Engine.Errors;
using EltPs.Engine.Events;
using EltPs.Tests.Snowflake.StandIn;
using EltPs.Warehouses.Snowflake;
using EltPs.Warehouses.Snowflake.SqlApi;
using Xunit;

namespace EltPs.Tests.Snowflake;

public sealed class CancelTests
{
    [Fact]
    public async Task A_cancel_with_a_handle_stops_the_statement_in_Snowflake()
    {
        await using var test = new ClientTest();
        using var source = new CancellationTokenSource();
        test.Server.Faults.On("temp_t", new Fault.Slow(TimeSpan.FromHours(1)));
        test.Server.Received = request => CancelOn(request.IsPoll, source);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => test.ChangeAsync(limit: TimeSpan.FromHours(2), token: source.Token));

        Assert.Single(test.Server.Requests, request => request.IsCancel);
        Assert.Equal(0, test.Server.TimesExecuted("temp_t"));
        Assert.False(Assert.Single(test.Trace.Events.OfType<StatementFinished>()).Succeeded);
    }

    [Fact]
    public async Task A_cancel_before_the_first_answer_finds_the_statement_by_its_tag()
    {
        await using var test = new ClientTest();
        using var source = new CancellationTokenSource();
        test.Server.Faults.On("temp_t", new Fault.Hold());
        var work = test.ChangeAsync(token: source.Token);
        await test.Server.Held;
        await source.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => work);

        var requestId = test.Server.Requests[0].Path[^36..];

        // It may look again while the answer is on its way.
        Assert.InRange(test.Server.Requests.Count, 3, 10);
        Assert.Contains($"CONTAINS(query_tag, '{requestId}')", test.Server.Requests[1].Statement, StringComparison.Ordinal);
        Assert.Contains(
            "FROM TABLE(\"PROD\".INFORMATION_SCHEMA.QUERY_HISTORY_BY_USER(",
            test.Server.Requests[1].Statement,
            StringComparison.Ordinal);
        Assert.StartsWith("SELECT SYSTEM$CANCEL_QUERY('", test.Server.Requests[2].Statement, StringComparison.Ordinal);
        Assert.All(test.Server.Requests.Skip(1), request => Assert.DoesNotContain(requestId, request.QueryTag, StringComparison.Ordinal));
        Assert.Equal(0, test.Server.TimesExecuted("temp_t"));
        Assert.DoesNotContain(test.Trace.Events, runEvent => runEvent is MessageRaised);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_change_that_had_taken_effect_before_the_cancel_reached_it_gives_its_result(bool hasHandle)
    {
        // The clock runs faster than the answer that is on its way over a real socket.
        await using var test = new ClientTest(limits: new SqlApiLimits { Settle = TimeSpan.FromDays(1) });
        using var source = new CancellationTokenSource();
        if (hasHandle)
        {
            test.Server.Faults.On("temp_t", new Fault.Slow(TimeSpan.Zero, Polls: 2));
            test.Server.Faults.On("temp_t", new Fault.Status(422) { VendorCode = "000709" }, FaultPhase.Cancel, times: FaultRules.Forever);
            test.Server.Received = request => CancelOn(request.IsPoll, source);
        }
        else
        {
            test.Server.Faults.On("temp_t", new Fault.Hold());
            test.Server.Received = request =>
                ReleaseOn(request.Statement!.Contains("QUERY_HISTORY", StringComparison.Ordinal), test.Server);
        }

        var work = test.ChangeAsync(token: source.Token);
        if (!hasHandle)
        {
            await test.Server.Held;
            await source.CancelAsync();
        }

        var result = await work;

        Assert.Equal(1, test.Server.TimesExecuted("temp_t"));
        Assert.True(Guid.TryParse(result.QueryId, out _));
    }

    [Fact]
    public async Task A_cancel_without_a_definite_answer_warns_what_to_look_up_and_does_not_hang()
    {
        await using var test = new ClientTest();
        using var source = new CancellationTokenSource();
        var began = test.Clock.GetUtcNow();
        test.Server.Faults.On("temp_t", new Fault.Slow(TimeSpan.FromHours(1)));
        test.Server.Faults.On("temp_t", new Fault.ResetBefore(), FaultPhase.Cancel, times: FaultRules.Forever);
        test.Server.Faults.On("temp_t", new Fault.Status(503), FaultPhase.Poll, occurrence: 2, times: FaultRules.Forever);
        test.Server.Received = request => CancelOn(request.IsPoll, source);

        // Not a cancel: it has no definite end, and what still runs may take effect later.
        var error = await Assert.ThrowsAsync<EltException>(() => test.ChangeAsync(limit: TimeSpan.FromHours(2), token: source.Token));

        Assert.Equal(EltErrorKind.Unknown, error.Kind);
        var warning = Assert.Single(test.Trace.Events.OfType<MessageRaised>());
        Assert.Equal(MessageLevel.Warning, warning.Level);
        Assert.Contains("query id is", warning.Text, StringComparison.Ordinal);
        Assert.Contains("20261124T030000-abcd", warning.Text, StringComparison.Ordinal);
        Assert.InRange(test.Clock.GetUtcNow() - began, TimeSpan.Zero, TimeSpan.FromSeconds(11));
    }

    [Fact]
    public async Task A_cancel_of_several_statements_that_met_none_of_them_is_sent_again()
    {
        await using var test = new ClientTest(limits: new SqlApiLimits { Settle = TimeSpan.FromDays(1) });
        using var source = new CancellationTokenSource();
        test.Server.Faults.On("temp_t", new Fault.Hold());

        // As if the statement that was found had just ended, and the next one of the request ran by then.
        test.Server.Faults.On("CANCEL_QUERY", new Fault.Status(422) { VendorCode = "000709" });
        var work = test.Client.ExecuteAsync(SnowflakeRequest.Change("DROP TABLE IF EXISTS a", ClientTest.Ctas), test.Scope(), source.Token);
        await test.Server.Held;
        await source.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            work.WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken));

        Assert.Equal(0, test.Server.Running);
        Assert.Equal(0, test.Server.TimesExecuted("temp_t"));
    }

    [Fact]
    public async Task A_cancelled_query_is_just_cancelled()
    {
        await using var test = new ClientTest();
        using var source = new CancellationTokenSource();
        test.Server.Faults.On("SELECT 1", new Fault.Status(503), times: FaultRules.Forever);
        test.Server.Received = request => CancelOn(test.Server.Requests.Count == 3, source);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => test.QueryAsync(token: source.Token));

        Assert.DoesNotContain(test.Trace.Events, runEvent => runEvent is MessageRaised);
    }

    [Fact]
    public async Task Nothing_is_sent_when_the_cancel_came_before()
    {
        await using var test = new ClientTest();
        using var source = new CancellationTokenSource();
        await source.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => test.ChangeAsync(token: source.Token));

        Assert.Empty(test.Server.Requests);
    }

    // To its end: the look-up that it is done for must not still find the statement, or it would be cancelled.
    private static void ReleaseOn(bool isDue, SqlApiServer server)
    {
        if (isDue)
        {
            server.ReleaseAsync().GetAwaiter().GetResult();
        }
    }

    private static void CancelOn(bool isNow, CancellationTokenSource source)
    {
        if (isNow)
        {
            source.Cancel();
        }
    }
}
