using System.Globalization;
using EltPs.Engine.Alerts;
using EltPs.Engine.Secrets;
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
        Assert.Contains("goes out with the next run, or with Send-EltSlackAlert -Pending.", Assert.Single(_scene.Warnings), StringComparison.Ordinal);
        var arrived = _scene.Texts.Count;
        _scene.Server.Received = null;
        _scene.Server.AcceptAgain();

        // The failure itself is not told again.
        await _scene.TellAsync(Results.Failure(slack: _scene.Slack));

        Assert.Empty(_scene.Waiting);
        var late = Assert.Single(_scene.Texts.Skip(arrived));
        Assert.StartsWith("RunELT_Alert failed", late, StringComparison.Ordinal);
        Assert.Contains(fault is "reset" or "timeout" ? "(Repeated: written at 2026-11-24 03:00:00 UTC, and it may have arrived before)" : "(Late: written at 2026-11-24 03:00:00 UTC)", late, StringComparison.Ordinal);
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
        _scene.Outbox.Put(Waiting("one"));
        _scene.Outbox.Put(Waiting("two"));
        Break("timeout");

        var deliveries = await _scene.SendPendingAsync();

        Assert.Single(_scene.Server.Bodies);
        Assert.Equal(2, deliveries.Count);
        Assert.All(deliveries, delivery => Assert.Equal("127.0.0.1/…ests did not answer within 10 seconds", delivery.Reason));
    }

    [Fact]
    public async Task A_message_that_Slack_does_not_accept_does_not_hold_up_the_others()
    {
        _scene.Outbox.Put(Waiting("one"));
        _scene.Clock.Advance(TimeSpan.FromSeconds(1));
        _scene.Outbox.Put(Waiting("two"));
        _scene.Server.Next(new SlackFault(400, "invalid_blocks"));

        await _scene.SendPendingAsync();

        Assert.Equal(2, _scene.Server.Bodies.Count);
        Assert.Single(_scene.Waiting);
    }

    [Fact]
    public async Task Torn_and_foreign_files_are_left_alone_with_a_warning()
    {
        _scene.Outbox.Put(Waiting("whole"));
        var torn = Path.Combine(_scene.Outbox.Folder, "20261124T025900000Z-00000000.json");
        var newer = Path.Combine(_scene.Outbox.Folder, "readme.json");
        File.WriteAllText(torn, """{"version":1,"payload":{"text":"x","blo""");
        File.WriteAllText(newer, """{"version":2,"payload":{"text":"x","blocks":[]}}""");
        File.WriteAllText(Path.Combine(_scene.Outbox.Folder, "note.txt"), "not json");

        await _scene.SendPendingAsync();

        Assert.Single(_scene.Texts);
        Assert.True(File.Exists(torn) && File.Exists(newer));
        Assert.Equal(
            [
                $"The waiting alert {torn} is left alone: it is no message of this version of EltPs, or is torn.",
                $"The waiting alert {newer} is left alone: it is no message of this version of EltPs, or is torn.",
            ],
            _scene.Warnings);
    }

    [Fact]
    public async Task No_more_than_a_hundred_wait_and_none_longer_than_a_week()
    {
        _scene.Outbox.Put(Waiting("old"));
        _scene.Clock.Advance(AlertOutbox.LongestAge + TimeSpan.FromSeconds(1));
        for (var number = 0; number < AlertOutbox.MostMessages + 5; number++)
        {
            _scene.Clock.Advance(TimeSpan.FromMilliseconds(1));
            _scene.Outbox.Put(Waiting(string.Create(CultureInfo.InvariantCulture, $"message {number}")));
        }

        await _scene.SendPendingAsync();

        Assert.Equal(AlertOutbox.MostMessages, _scene.Texts.Count);
        Assert.StartsWith("message 5 (Late", _scene.Texts[0], StringComparison.Ordinal);
        Assert.StartsWith("6 waiting alerts were dropped from ", Assert.Single(_scene.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_run_gives_a_thousand_messages_twenty_seconds_and_sends_its_own_all_the_same()
    {
        for (var number = 0; number < 1_000; number++)
        {
            _scene.Clock.Advance(TimeSpan.FromMilliseconds(1));
            _scene.Outbox.Put(Waiting(string.Create(CultureInfo.InvariantCulture, $"message {number}")));
        }

        // Slack takes about one message a second.
        _scene.Server.Received = _ =>
        {
            _scene.Clock.Advance(TimeSpan.FromSeconds(1));
            return Task.CompletedTask;
        };
        var began = _scene.Clock.GetUtcNow();

        await _scene.TellAsync(Results.Failure(slack: _scene.Slack));

        Assert.InRange(_scene.Clock.GetUtcNow() - began, TimeSpan.FromSeconds(20), TimeSpan.FromSeconds(22));
        Assert.Equal(21, _scene.Texts.Count);
        Assert.All(_scene.Texts.Take(20).Index(), text => Assert.StartsWith($"message {901 + text.Index} (Late", text.Item, StringComparison.Ordinal));
        Assert.StartsWith("RunELT_Alert failed", _scene.Texts[^1], StringComparison.Ordinal);
        Assert.Equal(79, _scene.Waiting.Count);
        Assert.Collection(
            _scene.Warnings,
            warning => Assert.StartsWith("901 waiting alerts were dropped from ", warning, StringComparison.Ordinal),
            warning => Assert.StartsWith("79 earlier alerts still wait in ", warning, StringComparison.Ordinal));

        await _scene.TellAsync(Results.Failure(slack: _scene.Slack));
        Assert.Equal(59, _scene.Waiting.Count);
    }

    [Fact]
    public async Task A_full_outbox_and_a_clock_that_was_set_back_do_not_drop_the_message_of_now()
    {
        _scene.Clock.Advance(TimeSpan.FromDays(3));
        for (var number = 0; number < AlertOutbox.MostMessages; number++)
        {
            _scene.Clock.Advance(TimeSpan.FromMilliseconds(1));
            _scene.Outbox.Put(Waiting("of the future"));
        }

        _scene.Server.Refuse();
        await using var back = new AlertScene(_scene.Folder);
        await back.TellAsync(Results.Failure(slack: _scene.Slack));

        Assert.Equal(AlertOutbox.MostMessages, _scene.Waiting.Count);
        Assert.StartsWith("20261124T030000", _scene.Waiting[0], StringComparison.Ordinal);
        _scene.Server.AcceptAgain();
        await back.SendPendingAsync();
        Assert.StartsWith("RunELT_Alert failed", _scene.Texts[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\0\0\0\0")]
    [InlineData("[]")]
    [InlineData("{\"version\":1,\"version\":1}")]
    [InlineData("{\"version\":\"one\"}")]
    [InlineData("{\"version\":1,\"payload\":{\"text\":5,\"blocks\":[]},\"webhook\":\"file:webhook.txt\"}")]
    [InlineData("{\"version\":1,\"payload\":{\"text\":\"x\",\"blocks\":[]},\"webhook\":\"file:webhook.txt\",\"baseFolder\":\"/\",\"writtenAt\":\"yesterday\"}")]
    public async Task What_is_no_message_keeps_none_back_and_stays(string content)
    {
        _scene.Outbox.Put(Waiting("whole"));
        var file = Path.Combine(_scene.Outbox.Folder, "20261124T025900000Z-00000000.json");
        File.WriteAllText(file, content);

        await _scene.TellAsync(Results.Failure(slack: _scene.Slack));

        Assert.Equal(2, _scene.Texts.Count);
        Assert.Equal(content, File.ReadAllText(file));
        Assert.Contains("is left alone", Assert.Single(_scene.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Many_files_that_are_no_messages_are_four_warnings()
    {
        _scene.Outbox.Put(Waiting("whole"));
        for (var number = 0; number < 50; number++)
        {
            File.WriteAllText(Path.Combine(_scene.Outbox.Folder, $"{number}.json"), "torn");
        }

        await _scene.SendPendingAsync();

        Assert.Single(_scene.Texts);
        Assert.Equal(4, _scene.Warnings.Count);
        Assert.StartsWith("47 more files in ", _scene.Warnings[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_another_process_is_sending_is_not_sent_twice()
    {
        var path = _scene.Outbox.Put(Waiting("mine"));
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
            _scene.Outbox.Put(Waiting(string.Create(CultureInfo.InvariantCulture, $"message {number}")));
        }

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(_scene.SendPendingAsync)));

        Assert.Equal(40, _scene.Texts.Distinct().Count());
        Assert.Equal(40, _scene.Texts.Count);
        Assert.Empty(_scene.Waiting);
    }

    [Fact]
    public void The_state_folder_hides_itself_from_git()
    {
        _scene.Outbox.Put(Waiting("x"));

        Assert.Equal("*\n", File.ReadAllText(_scene.State.PathOf(".gitignore")));
    }

    private WaitingAlert Waiting(string text) => new(
        SlackMessage.Of(AlertReports.Of(text, Results.Context)), new SecretReference(SecretKind.File, "webhook.txt"), _scene.Folder, _scene.Clock.GetUtcNow());

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
                    _scene.Clock.Advance(SlackClient.Timeout);
                    return Task.CompletedTask;
                };
                break;
        }
    }
}
