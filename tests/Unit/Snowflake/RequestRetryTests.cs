using EltPs.Tests.Snowflake.StandIn;

using Xunit;

namespace EltPs.Tests.Snowflake;

public sealed class RequestRetryTests
{
    public static TheoryData<string> Recoverable =>
    [
            "503",
            "504",
            "500",
            "502",
            "500 after it ran",
            "gateway's 408",
            "reset before",
            "reset after",
            "truncated",
            "truncated, framed",
            "reset before, on a used connection",
            "reset after, on a used connection",
            "slow, then 503",
            "slow, then reset",
            "slow, then truncated",
    ];

    [Theory]
    [MemberData(nameof(Recoverable))]
    public async Task A_statement_takes_effect_exactly_once_whatever_happens_to_its_answer(string fault)
    {
        await using var test = new ClientTest();
        Inject(test.Server.Faults, fault);
        if (fault.EndsWith("used connection", StringComparison.Ordinal))
        {
            // The HTTP handler itself sends some requests again when a kept connection turns out to be dead; it must not do so with these.
            await test.QueryAsync();
        }

        var result = await test.ChangeAsync();
        var submits = test.Submits.Where(request => request.Statement == ClientTest.Ctas).ToList();

        Assert.True(Guid.TryParse(result.QueryId, out _));
        Assert.Equal(1, test.Server.TimesExecuted("temp_t"));
        Assert.Equal(!fault.StartsWith("slow", StringComparison.Ordinal), result.WasRepeated);
        Assert.Single(submits.Select(request => request.Path.Split('&')[0]).Distinct());
        Assert.DoesNotContain("retry", submits[0].Path, StringComparison.Ordinal);
        Assert.All(submits.Skip(1), request => Assert.EndsWith("&retry=true", request.Path, StringComparison.Ordinal));
        Assert.Single(submits.Select(request => request.Body).Distinct());
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
            using var message = new HttpRequestMessage(
                HttpMethod.Post,
                new Uri(test.Server.Endpoint, $"api/v2/statements?requestId={id}{retry}"));
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

    private static void Inject(FaultRules faults, string fault)
    {
        if (fault.StartsWith("slow", StringComparison.Ordinal))
        {
            faults.On("temp_t", new Fault.Slow(TimeSpan.FromMinutes(1)));
        }

        Fault injected = fault switch
        {
            "reset before" or "reset before, on a used connection" => new Fault.ResetBefore(),
            "reset after" or "reset after, on a used connection" or "slow, then reset" => new Fault.ResetAfter(),
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
