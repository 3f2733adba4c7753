using EltPs.Engine.Errors;
using EltPs.Engine.Runs;
using EltPs.Tests.Snowflake.StandIn;

using Xunit;

namespace EltPs.Tests.Snowflake;

public sealed class RetryTests
{
    public static TheoryData<string> Recoverable => ["503", "504", "500", "502", "500 after it ran", "reset before", "reset after", "truncated", "truncated, framed", "gateway's 408", "slow, then 503", "slow, then reset", "slow, then truncated"];

    [Theory]
    [MemberData(nameof(Recoverable))]
    public async Task A_statement_takes_effect_exactly_once_whatever_happens_to_its_answer(string fault)
    {
        await using var test = new ClientTest();
        Inject(test.Server.Faults, fault);

        var result = await test.ChangeAsync();

        Assert.True(Guid.TryParse(result.QueryId, out _));
        Assert.Equal(1, test.Server.TimesExecuted("temp_t"));
        Assert.Equal(!fault.StartsWith("slow", StringComparison.Ordinal), result.WasRepeated);
        Assert.Single(test.Submits.Select(request => request.Path.Split('&')[0]).Distinct());
        Assert.DoesNotContain("retry", test.Submits.First().Path, StringComparison.Ordinal);
        Assert.All(test.Submits.Skip(1), request => Assert.EndsWith("&retry=true", request.Path, StringComparison.Ordinal));
        Assert.Single(test.Submits.Select(request => request.Body).Distinct());
    }

    [Fact]
    public async Task Without_retry_the_stand_in_runs_a_request_again_so_the_test_above_proves_something()
    {
        await using var test = new ClientTest();
        using var http = new HttpClient();
        test.Server.SignIn.Accept("OAUTH", "good");
        var id = Guid.NewGuid();

        foreach (var retry in (string[])["", "&retry=true", ""])
        {
            using var message = new HttpRequestMessage(HttpMethod.Post, new Uri(test.Server.Endpoint, $"api/v2/statements?requestId={id}{retry}"));
            message.Headers.Add("Authorization", "Bearer good");
            message.Headers.Add("X-Snowflake-Authorization-Token-Type", "OAUTH");
            message.Headers.Add("User-Agent", "test/1");
            message.Content = new StringContent("""{"statement":"INSERT INTO t VALUES (1)"}""");
            using var response = await http.SendAsync(message, TestContext.Current.CancellationToken);
            response.EnsureSuccessStatusCode();
        }

        Assert.Equal(2, test.Server.TimesExecuted("INSERT"));
    }

    [Theory]
    [InlineData(429)]
    [InlineData(503)]
    public async Task Retry_After_is_honoured(int status)
    {
        await using var test = new ClientTest();
        test.Server.Faults.On("temp_t", new Fault.Status(status) { RetryAfter = TimeSpan.FromSeconds(42) }, times: 2);

        await test.ChangeAsync();

        Assert.Equal([TimeSpan.FromSeconds(42), TimeSpan.FromSeconds(42)], test.Clock.Waits);
        Assert.Equal(1, test.Server.TimesExecuted("temp_t"));
    }

    [Fact]
    public async Task A_poll_that_is_too_many_waits_and_goes_on()
    {
        await using var test = new ClientTest();
        test.Server.Faults.On("temp_t", new Fault.Slow(TimeSpan.FromSeconds(20)));
        test.Server.Faults.On("temp_t", new Fault.Status(429) { RetryAfter = TimeSpan.FromSeconds(7) }, FaultPhase.Poll);

        await test.ChangeAsync();

        Assert.Contains(TimeSpan.FromSeconds(7), test.Clock.Waits);
        Assert.Single(test.Submits);
    }

    [Fact]
    public async Task A_refused_connection_is_tried_again_and_is_no_repetition_because_nothing_arrived()
    {
        await using var test = new ClientTest();
        test.Server.Refuse(TimeSpan.FromSeconds(30));

        var result = await test.ChangeAsync();

        Assert.False(result.WasRepeated);
        Assert.DoesNotContain("retry", Assert.Single(test.Server.Requests).Path, StringComparison.Ordinal);
        Assert.InRange(test.Clock.Waits.Count, 3, 100);
    }

    [Fact]
    public async Task Connections_refused_between_two_statements_cost_nothing_but_time()
    {
        await using var test = new ClientTest();
        test.Server.Faults.On("temp_t", new Fault.ThenRefused(TimeSpan.FromSeconds(60)));
        test.Server.Faults.On("SWAP", new Fault.Refused(TimeSpan.FromSeconds(60)));

        await test.ChangeAsync();
        var result = await test.ChangeAsync("ALTER TABLE t SWAP WITH temp");

        Assert.True(result.WasRepeated);
        Assert.Equal([ClientTest.Ctas, "ALTER TABLE t SWAP WITH temp"], test.Server.Executions);
        Assert.Equal(3, test.Server.Requests.Count);
    }

    [Fact]
    public async Task Waits_between_attempts_grow_with_jitter()
    {
        await using var test = new ClientTest();
        test.Server.Faults.On("temp_t", new Fault.Status(503), times: 6);

        await test.ChangeAsync();

        Assert.Equal(6, test.Clock.Waits.Distinct().Count());
        Assert.InRange(test.Clock.Waits.Max(), TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(20));
    }

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
                test.Server.Faults.On("temp_t", new Fault.Status(int.Parse(fault, null)) { RetryAfter = TimeSpan.FromMinutes(50) }, times: FaultRules.Forever);
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
                test.Server.Faults.On("temp_t", new Fault.Status(503), FaultPhase.Poll, occurrence: fault == "slow" ? int.MaxValue - 1 : 4, times: FaultRules.Forever);
                break;
        }

        var failure = await Assert.ThrowsAsync<EltException>(() => test.ChangeAsync(limit: limit));

        Assert.True(test.Clock.GetUtcNow() - began <= limit, $"{test.Clock.GetUtcNow() - began}");
        Assert.Equal(fault is "slow" or "429" or "refused" ? EltErrorKind.Timeout : EltErrorKind.Unknown, failure.Kind);
        if (fault == "slow")
        {
            Assert.True(failure.IsTransient);
            Assert.Equal(0, test.Server.TimesExecuted("temp_t"));
            Assert.Single(test.Server.Requests, request => request.IsCancel);
        }
    }

    [Theory]
    [InlineData(408, "000630")]
    [InlineData(422, "000630")]
    public async Task Snowflakes_own_statement_timeout_is_a_timeout(int status, string code)
    {
        await using var test = new ClientTest();
        test.Server.Faults.On("temp_t", new Fault.Status(status) { VendorCode = code, SqlState = "57014", Message = "Statement reached its statement timeout." });

        var failure = await Assert.ThrowsAsync<EltException>(() => test.ChangeAsync());

        Assert.Equal((EltErrorKind.Timeout, true, code, "57014"), (failure.Kind, failure.IsTransient, failure.VendorCode, failure.SqlState));
        Assert.Contains("STATEMENT_TIMEOUT_IN_SECONDS", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_statement_whose_time_is_over_already_is_not_sent()
    {
        await using var test = new ClientTest();
        var scope = test.Scope(TimeSpan.FromSeconds(1));
        test.Clock.Advance(TimeSpan.FromSeconds(2));

        var failure = await Assert.ThrowsAsync<EltException>(
            () => test.Client.ExecuteAsync(EltPs.Warehouses.Snowflake.SnowflakeRequest.Change(ClientTest.Ctas), scope, TestContext.Current.CancellationToken));

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
        Assert.True(Assert.IsType<StatementFinished>(Assert.Single(test.Trace.Events)).Succeeded);
    }

    private static void Inject(FaultRules faults, string fault)
    {
        if (fault.StartsWith("slow", StringComparison.Ordinal))
        {
            faults.On("temp_t", new Fault.Slow(TimeSpan.FromMinutes(1)));
        }

        Fault injected = fault switch
        {
            "reset before" => new Fault.ResetBefore(),
            "reset after" or "slow, then reset" => new Fault.ResetAfter(),
            "truncated" or "slow, then truncated" => new Fault.TruncatedAnswer(),
            "truncated, framed" => new Fault.TruncatedAnswer(IsFramed: true),
            "500 after it ran" => new Fault.Status(500) { HasRun = true },
            "gateway's 408" => new Fault.Status(408),
            "slow, then 503" => new Fault.Status(503),
            _ => new Fault.Status(int.Parse(fault, null)),
        };
        faults.On("temp_t", injected, fault.StartsWith("slow", StringComparison.Ordinal) ? FaultPhase.Poll : FaultPhase.Submit);
    }
}
