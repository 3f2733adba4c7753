using EltPs.Engine.Alerts;
using EltPs.Tests.Support;
using Xunit;

namespace EltPs.Tests.Alerts;

public sealed class SlackClientTests : IAsyncDisposable
{
    private static readonly AlertPayload Message = SlackMessage.Of(AlertOf.Text("words", Results.Context), []);
    private static readonly SlackChannel Slack = new();
    private readonly SlackServer _server = new();
    private readonly SkippingClock _clock = new();
    private readonly WebhookClient _client;

    public SlackClientTests() => _client = new WebhookClient(_clock);

    public ValueTask DisposeAsync()
    {
        _client.Dispose();
        return _server.DisposeAsync();
    }

    [Fact]
    public async Task Too_many_requests_are_waited_for_once()
    {
        _server.Next(SlackFault.TooMany(7));

        Assert.Equal(AlertAnswer.Accepted, await SendAsync());

        Assert.Equal([TimeSpan.FromSeconds(7)], _clock.Waits);
        Assert.Equal(2, _server.Bodies.Count);
    }

    [Fact]
    public async Task Too_many_requests_twice_are_a_refusal()
    {
        _server.Next(SlackFault.TooMany(1), SlackFault.TooMany(1));

        var answer = await SendAsync();

        Assert.Equal((AlertAnswerKind.Refused, "127.0.0.1/…ests answered 429 (rate_limited)"), (answer.Kind, answer.Reason));
        Assert.Equal(2, _server.Bodies.Count);
    }

    [Fact]
    public async Task A_long_silence_is_not_waited_for()
    {
        _server.Next(SlackFault.TooMany(600));

        var answer = await SendAsync();

        Assert.Equal("127.0.0.1/…ests answered 429 (rate_limited); it asks for a pause of 600 seconds", answer.Reason);
        Assert.Empty(_clock.Waits);
    }

    [Theory]
    [InlineData(500, "rollup_error", nameof(AlertAnswerKind.Refused), "127.0.0.1/…ests answered 500 (rollup_error)")]
    [InlineData(400, "invalid_blocks", nameof(AlertAnswerKind.Refused), "127.0.0.1/…ests answered 400 (invalid_blocks)")]
    [InlineData(
        404,
        "no_service",
        nameof(AlertAnswerKind.Refused),
        "127.0.0.1/…ests answered 404 (no_service); the webhook or its channel is gone, so make a new one")]
    [InlineData(302, "", nameof(AlertAnswerKind.Refused), "127.0.0.1/…ests answered 302")]
    [InlineData(502, "<html>/services/T0000</html>", nameof(AlertAnswerKind.Unknown), "127.0.0.1/…ests answered 502")]
    [InlineData(
        200,
        "<html>sign in</html>",
        nameof(AlertAnswerKind.Refused),
        "127.0.0.1/…ests answered 200, but not in Slack's words; a proxy may stand in between")]
    public async Task Another_answer_is_told(int status, string body, string kind, string reason)
    {
        _server.Next(new SlackFault(status, body));

        var answer = await SendAsync();

        Assert.Equal((kind, reason), (answer.Kind.ToString(), answer.Reason));
    }

    [Fact]
    public async Task No_answer_within_ten_seconds_leaves_open_whether_it_arrived()
    {
        _server.Next(SlackFault.Silence);
        _server.Received = _ =>
        {
            _clock.Advance(WebhookClient.Timeout);
            return Task.CompletedTask;
        };

        var answer = await SendAsync();

        Assert.Equal((AlertAnswerKind.Unknown, "127.0.0.1/…ests did not answer within 10 seconds"), (answer.Kind, answer.Reason));
    }

    [Fact]
    public async Task A_connection_that_breaks_leaves_open_whether_it_arrived()
    {
        _server.Next(SlackFault.Reset);

        Assert.Equal(AlertAnswerKind.Unknown, (await SendAsync()).Kind);
    }

    [Fact]
    public async Task A_refused_connection_is_a_refusal()
    {
        _server.Refuse();

        var answer = await SendAsync();

        Assert.Equal((AlertAnswerKind.Refused, "127.0.0.1/…ests: the connection was refused"), (answer.Kind, answer.Reason));
    }

    [Fact]
    public async Task A_name_that_nobody_knows_is_a_refusal()
    {
        Assert.True(
            WebhookAddress.TryParse("https://hooks.slack.invalid/services/T0000/B0000/s3cr3tT0kenOfTheTests", out var nowhere, out _));

        var answer = await SendAsync(nowhere.Address.AbsoluteUri, TestContext.Current.CancellationToken);

        Assert.Equal(
            (AlertAnswerKind.Refused, "hooks.slack.invalid/…ests: the name is not known here (DNS)"),
            (answer.Kind, answer.Reason));
    }

    [Fact]
    public async Task A_caller_who_stops_is_heard()
    {
        using var stop = new CancellationTokenSource();
        _server.Next(SlackFault.Silence);
        _server.Received = _ => stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => SendAsync(_server.Address, stop.Token));
    }

    [Theory]
    [InlineData("https://hooks.slack.com/services/T0000/B0000/s3cr3tT0kenOfTheTests", "hooks.slack.com/…ests")]
    [InlineData(" https://hooks.slack.com/x ", "hooks.slack.com/…")]
    [InlineData("http://localhost:8080/x", "localhost/…")]
    [InlineData("http://[::1]:8080/x", "[::1]/…")]
    [InlineData("http://hooks.slack.com/services/s3cr3t", null)]
    [InlineData("ftp://hooks.slack.com/services/s3cr3t", null)]
    [InlineData("https://user:s3cr3t@hooks.slack.com/services", null)]
    [InlineData("hooks.slack.com/services/s3cr3t", null)]
    [InlineData("file:///etc/s3cr3t", null)]
    [InlineData("", null)]
    public void A_webhook_is_https_or_loopback_and_shows_its_host_and_end_only(string address, string? shown)
    {
        Assert.Equal(shown is not null, WebhookAddress.TryParse(address, out var webhook, out var problem));
        Assert.Equal(shown, webhook?.ToString());
        Assert.DoesNotContain("s3cr3t", $"{webhook} {problem}", StringComparison.Ordinal);
    }

    private Task<AlertAnswer> SendAsync() => SendAsync(_server.Address, TestContext.Current.CancellationToken);

    private Task<AlertAnswer> SendAsync(string address, CancellationToken cancellationToken) =>
        Slack.SendAsync(Message, remark: null, address, _client, cancellationToken);
}
