using System.Globalization;
using EltPs.Engine.Alerts;
using Xunit;

namespace EltPs.Tests.Alerts;

/// <summary>What happens to messages that do not arrive at once.</summary>
public sealed class AlertOutboxTests : IAsyncDisposable
{
    private readonly AlertScene _scene = new();

    public ValueTask DisposeAsync() => _scene.DisposeAsync();

    public static TheoryData<string> Faults => ["refused", "500", "429 for long", "reset", "timeout"];

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task A_message_waits_and_goes_out_with_the_next_run(string fault)
    {
        Break(fault);
        await _scene.TellAsync(Results.Failure(slack: _scene.Slack));
        Assert.Single(_scene.Waiting);
        Assert.Contains(
            "Waiting alerts are sent with the next run, or by Send-EltSlackAlert -Pending.",
            Assert.Single(_scene.Warnings),
            StringComparison.Ordinal);
        var arrived = _scene.Texts.Count;
        _scene.Server.Received = null;
        _scene.Server.AcceptAgain();

        // The failure itself is not told again.
        await _scene.TellAsync(Results.Failure(slack: _scene.Slack));

        Assert.Empty(_scene.Waiting);
        var late = Assert.Single(_scene.Texts.Skip(arrived));
        Assert.StartsWith("RunELT_Alert failed", late, StringComparison.Ordinal);
        Assert.Contains(
            fault is "reset" or "timeout"
                ? "(Repeated: written at 2026-11-24 03:00:00 UTC, and it may have arrived before)"
                : "(Delayed: written at 2026-11-24 03:00:00 UTC)",
            late,
            StringComparison.Ordinal);
        Assert.Contains("20261124T030000Z-4f2a9c", _scene.Server.Bodies[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_caller_who_stops_leaves_the_message_as_one_that_may_have_arrived()
    {
        using var stop = new CancellationTokenSource();
        _scene.Server.Next(SlackFault.Silence);
        _scene.Server.Received = _ => stop.CancelAsync();

        await _scene.TellUntilAsync(Results.Failure(slack: _scene.Slack), stop.Token);

        Assert.Equal([".sending.json"], _scene.Waiting.Select(name => name[20..]));
        _scene.Server.Received = null;
        Assert.True(Assert.Single(await _scene.SendPendingAsync()).IsRepeated);
    }

    [Fact]
    public async Task What_waits_goes_out_first_and_in_its_order()
    {
        _scene.Server.Refuse();
        for (var run = 1; run <= 3; run++)
        {
            _scene.Clock.Advance(TimeSpan.FromMinutes(1));
            await _scene.TellAsync(Results.Failure($"error {(char)('a' + run)}", _scene.Slack));
        }

        Assert.Equal(3, _scene.Waiting.Count);
        Assert.Contains("2 earlier alerts still wait", _scene.Warnings[^1], StringComparison.Ordinal);
        _scene.Server.AcceptAgain();

        await _scene.TellAsync(Results.Success(_scene.Slack));

        Assert.Collection(
            _scene.Texts,
            text => Assert.Contains("error b", text, StringComparison.Ordinal),
            text => Assert.Contains("error c", text, StringComparison.Ordinal),
            text => Assert.Contains("error d", text, StringComparison.Ordinal),
            text => Assert.Contains("recovered", text, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_webhook_that_does_not_answer_is_asked_once_and_not_for_each_message()
    {
        _scene.Outbox.Put(_scene.Message("one"));
        _scene.Outbox.Put(_scene.Message("two"));
        Break("timeout");

        var deliveries = await _scene.SendPendingAsync();

        Assert.Single(_scene.Server.Bodies);
        Assert.Equal(2, deliveries.Count);
        Assert.All(deliveries, delivery => Assert.Equal("127.0.0.1/…ests did not answer within 10 seconds", delivery.Reason));
    }

    [Fact]
    public async Task A_message_that_Slack_does_not_accept_does_not_hold_up_the_others()
    {
        _scene.Outbox.Put(_scene.Message("one"));
        _scene.Clock.Advance(TimeSpan.FromSeconds(1));
        _scene.Outbox.Put(_scene.Message("two"));
        _scene.Server.Next(new SlackFault(400, "invalid_blocks"));

        await _scene.SendPendingAsync();

        Assert.Equal(2, _scene.Server.Bodies.Count);
        Assert.Single(_scene.Waiting);
    }

    [Fact]
    public async Task What_another_process_is_sending_is_not_sent_twice()
    {
        var path = _scene.Outbox.Put(_scene.Message("mine"));
        using (new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None))
        {
            Assert.Empty(await _scene.SendPendingAsync());
        }

        Assert.Single(await _scene.SendPendingAsync());
        Assert.Single(_scene.Texts);
    }

    [Fact]
    public async Task Eight_at_once_send_each_message_once()
    {
        for (var number = 0; number < 40; number++)
        {
            _scene.Outbox.Put(_scene.Message(string.Create(CultureInfo.InvariantCulture, $"message {number}")));
        }

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(_scene.SendPendingAsync)));

        Assert.Equal(40, _scene.Texts.Distinct().Count());
        Assert.Equal(40, _scene.Texts.Count);
        Assert.Empty(_scene.Waiting);
    }

    [Fact]
    public void The_state_folder_hides_itself_from_git()
    {
        _scene.Outbox.Put(_scene.Message("x"));

        Assert.Equal("*\n", File.ReadAllText(_scene.State.PathOf(".gitignore")));
    }

    private void Break(string fault)
    {
        switch (fault)
        {
            case "refused":
                _scene.Server.Refuse();
                break;
            case "500":
                _scene.Server.Next(new SlackFault(500, "rollup_error"));
                break;
            case "429 for long":
                _scene.Server.Next(SlackFault.TooMany(600));
                break;
            case "reset":
                _scene.Server.Next(SlackFault.Reset);
                break;
            default:
                _scene.Server.Next(SlackFault.Silence);
                _scene.Server.Received = _ =>
                {
                    _scene.Clock.Advance(WebhookClient.Timeout);
                    return Task.CompletedTask;
                };
                break;
        }
    }
}
