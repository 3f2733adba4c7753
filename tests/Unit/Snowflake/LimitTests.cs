using EltPs.Engine.Errors;
using EltPs.Engine.Events;
using EltPs.Tests.Snowflake.StandIn;
using EltPs.Warehouses.Snowflake;
using Xunit;

namespace EltPs.Tests.Snowflake;

public sealed class LimitTests
{
    [Fact]
    public async Task A_query_without_an_answer_for_the_network_budget_fails_the_connection()
    {
        await using var test = new ClientTest();
        var began = test.Clock.GetUtcNow();
        test.Server.Faults.On("SELECT", new Fault.Status(503), times: FaultRules.Forever);

        var failure = await Assert.ThrowsAsync<EltException>(() => test.QueryAsync());

        Assert.Equal((EltErrorKind.ConnectionFailed, true), (failure.Kind, failure.IsTransient));
        Assert.Contains("HTTP 503", failure.Message, StringComparison.Ordinal);
        Assert.Equal(TimeSpan.FromMinutes(5), test.Clock.GetUtcNow() - began);
    }

    [Fact]
    public async Task A_change_that_never_arrived_fails_the_connection_because_nothing_can_have_taken_effect()
    {
        await using var test = new ClientTest();
        var began = test.Clock.GetUtcNow();
        test.Server.Refuse(TimeSpan.FromHours(1));

        var failure = await Assert.ThrowsAsync<EltException>(() => test.ChangeAsync());

        Assert.Equal((EltErrorKind.ConnectionFailed, true), (failure.Kind, failure.IsTransient));
        Assert.Contains("Nothing has taken effect", failure.Message, StringComparison.Ordinal);
        Assert.Equal(TimeSpan.FromMinutes(5), test.Clock.GetUtcNow() - began);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_change_that_may_have_run_is_unknown_and_says_what_to_look_up(bool hasHandle)
    {
        await using var test = new ClientTest();
        if (hasHandle)
        {
            test.Server.Faults.On("temp_t", new Fault.Slow(TimeSpan.FromMinutes(30)));
            test.Server.Faults.On("temp_t", new Fault.Status(503), FaultPhase.Poll, occurrence: 3, times: FaultRules.Forever);
        }
        else
        {
            test.Server.Faults.On("temp_t", new Fault.ResetAfter());
            test.Server.Faults.On("temp_t", new Fault.Status(503), occurrence: 2, times: FaultRules.Forever);
        }

        var failure = await Assert.ThrowsAsync<EltException>(() => test.ChangeAsync());

        Assert.Equal((EltErrorKind.Unknown, ClientTest.Ctas), (failure.Kind, failure.Statement));
        var id = hasHandle ? test.Server.Requests[^1].Path[^36..] : test.Server.Requests[0].Path[^36..];
        Assert.Equal(id, failure.QueryId);
        Assert.Contains(hasHandle ? $"query id is {id}" : $"request id is {id}", failure.Message, StringComparison.Ordinal);
        Assert.Contains(
            "TABLE(SNOWFLAKE.INFORMATION_SCHEMA.QUERY_HISTORY(RESULT_LIMIT => 10000))",
            failure.Message,
            StringComparison.Ordinal);
        Assert.Contains("WHERE query_tag LIKE '%20261124T030000-abcd%'", failure.Message, StringComparison.Ordinal);
        Assert.Contains("comment of analytics.t", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("Nothing has taken effect", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("503")]
    [InlineData("slow")]
    [InlineData("slow, then 503")]
    [InlineData("429")]
    [InlineData("refused")]
    [InlineData("never answered")]
    public async Task No_wait_exceeds_the_deadline(string fault)
    {
        await using var test = new ClientTest();
        var (limit, began) = (TimeSpan.FromMinutes(1), test.Clock.GetUtcNow());
        switch (fault)
        {
            case "503" or "429":
                test.Server.Faults.On(
                    "temp_t",
                    new Fault.Status(int.Parse(fault, null)) { RetryAfter = TimeSpan.FromMinutes(50) },
                    times: FaultRules.Forever);
                break;
            case "refused":
                test.Server.Refuse(TimeSpan.FromHours(1));
                break;
            case "never answered":
                test.Server.Faults.On("temp_t", new Fault.Hold());
                test.Server.Faults.On("QUERY_HISTORY", new Fault.Status(503), times: FaultRules.Forever);
                test.Server.Received = request => test.Clock.Advance(TimeSpan.FromSeconds(request.Statement == ClientTest.Ctas ? 56 : 0));
                break;
            default:
                test.Server.Faults.On("temp_t", new Fault.Slow(TimeSpan.FromHours(1)));
                test.Server.Faults.On(
                    "temp_t",
                    new Fault.Status(503),
                    FaultPhase.Poll,
                    occurrence: fault == "slow" ? int.MaxValue - 1 : 4,
                    times: FaultRules.Forever);
                break;
        }

        // As the steps do it: from outside the time is enforced too, but the session's own words must come first.
        var scope = test.Scope(limit);
        var failure = await Assert.ThrowsAsync<EltException>(() =>
            scope.Deadline.EnforceAsync(
                token => test.Client.ExecuteAsync(SnowflakeRequest.Change(ClientTest.Ctas), scope, token),
                "enforced",
                TestContext.Current.CancellationToken));

        Assert.DoesNotContain("enforced", failure.Message, StringComparison.Ordinal);
        Assert.True(test.Clock.GetUtcNow() - began <= limit, $"{test.Clock.GetUtcNow() - began}");
        Assert.Equal(fault is "slow" or "429" or "refused" ? EltErrorKind.Timeout : EltErrorKind.Unknown, failure.Kind);
        if (fault == "slow")
        {
            Assert.True(failure.IsTransient);
            Assert.Equal(0, test.Server.TimesExecuted("temp_t"));
            Assert.Single(test.Server.Requests, request => request.IsCancel);
        }
    }

    [Fact]
    public async Task A_statement_without_a_handle_is_stopped_by_its_tag_when_its_time_is_over()
    {
        await using var test = new ClientTest();
        var began = test.Clock.GetUtcNow();
        test.Server.Faults.On("temp_t", new Fault.Hold());
        var work = test.ChangeAsync(limit: TimeSpan.FromMinutes(1));
        await test.Server.Held;
        test.Clock.Advance(TimeSpan.FromSeconds(56));

        var failure = await Assert.ThrowsAsync<EltException>(() => work);

        Assert.Equal((EltErrorKind.Timeout, true, "000604"), (failure.Kind, failure.IsTransient, failure.VendorCode));
        Assert.Equal(0, test.Server.TimesExecuted("temp_t"));
        Assert.InRange(test.Clock.GetUtcNow() - began, TimeSpan.FromSeconds(55), TimeSpan.FromMinutes(1));
    }

    [Theory]
    [InlineData(408, "000630")]
    [InlineData(422, "000630")]
    public async Task Snowflakes_own_statement_timeout_is_a_timeout(int status, string code)
    {
        await using var test = new ClientTest();
        test.Server.Faults.On(
            "temp_t",
            new Fault.Status(status)
            {
                VendorCode = code,
                SqlState = "57014",
                Message = "Statement reached its statement timeout.",
            });

        var failure = await Assert.ThrowsAsync<EltException>(() => test.ChangeAsync());

        Assert.Equal(
            (EltErrorKind.Timeout, true, code, "57014"),
            (failure.Kind, failure.IsTransient, failure.VendorCode, failure.SqlState));
        Assert.Contains("STATEMENT_TIMEOUT_IN_SECONDS", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_statement_whose_time_is_over_already_is_not_sent()
    {
        await using var test = new ClientTest();
        var scope = test.Scope(TimeSpan.FromSeconds(1));
        test.Clock.Advance(TimeSpan.FromSeconds(2));

        var failure = await Assert.ThrowsAsync<EltException>(
            () => test.Client.ExecuteAsync(SnowflakeRequest.Change(ClientTest.Ctas), scope, TestContext.Current.CancellationToken));

        Assert.Equal(EltErrorKind.Timeout, failure.Kind);
        Assert.Empty(test.Server.Requests);
    }

    [Fact]
    public async Task A_statement_that_ended_just_when_its_time_was_over_gives_its_result()
    {
        await using var test = new ClientTest();
        test.Server.Faults.On("temp_t", new Fault.Slow(TimeSpan.FromSeconds(58)));
        test.Server.Faults.On("temp_t", new Fault.Status(422) { VendorCode = "000709" }, FaultPhase.Cancel, times: FaultRules.Forever);

        var result = await test.ChangeAsync(limit: TimeSpan.FromMinutes(1));

        Assert.Equal(1, test.Server.TimesExecuted("temp_t"));
        Assert.True(Guid.TryParse(result.QueryId, out _));
        Assert.True(Assert.Single(test.Trace.Events.OfType<StatementFinished>()).Succeeded);
    }

    [Fact]
    public async Task A_machine_that_slept_past_the_callers_limit_too_takes_that_for_no_cancel()
    {
        await using var test = new ClientTest();
        using var callers = new CancellationTokenSource(TimeSpan.FromSeconds(50), test.Clock);
        test.Server.Faults.On("temp_t", new Fault.Hold());
        var work = test.ChangeAsync(limit: TimeSpan.FromMinutes(1), token: callers.Token);
        await test.Server.Held;
        test.Clock.Sleep(TimeSpan.FromHours(2));

        var failure = await Assert.ThrowsAsync<EltException>(() => work);

        Assert.Equal(EltErrorKind.Unknown, failure.Kind);
        Assert.Contains("request id is", failure.Message, StringComparison.Ordinal);
    }
}
