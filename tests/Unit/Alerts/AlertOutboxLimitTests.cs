using System.Globalization;
using EltPs.Engine.Alerts;
using Xunit;

namespace EltPs.Tests.Alerts;

/// <summary>An outbox that is full, old, torn, or has what is none of it.</summary>
public sealed class AlertOutboxLimitTests : IAsyncDisposable
{
    private readonly AlertScene _scene = new();

    public ValueTask DisposeAsync() => _scene.DisposeAsync();

    [Fact]
    public async Task Torn_and_foreign_files_are_left_alone_with_a_warning()
    {
        _scene.Outbox.Put(_scene.Message("whole"));
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
                $"The waiting alert {torn} is left alone: it is no message of this version of EltPs, or is damaged.",
                $"The waiting alert {newer} is left alone: it is no message of this version of EltPs, or is damaged.",
            ],
            _scene.Warnings);
    }

    [Fact]
    public async Task No_more_than_a_hundred_wait_and_none_longer_than_a_week()
    {
        _scene.Outbox.Put(_scene.Message("old"));
        _scene.Clock.Advance(AlertOutbox.LongestAge + TimeSpan.FromSeconds(1));
        for (var number = 0; number < AlertOutbox.MostMessages + 5; number++)
        {
            _scene.Clock.Advance(TimeSpan.FromMilliseconds(1));
            _scene.Outbox.Put(_scene.Message(string.Create(CultureInfo.InvariantCulture, $"message {number}")));
        }

        await _scene.SendPendingAsync();

        Assert.Equal(AlertOutbox.MostMessages, _scene.Texts.Count);
        Assert.StartsWith("message 5 (Delayed", _scene.Texts[0], StringComparison.Ordinal);
        Assert.StartsWith("6 waiting alerts were dropped from ", Assert.Single(_scene.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_run_gives_a_thousand_messages_twenty_seconds_and_sends_its_own_all_the_same()
    {
        for (var number = 0; number < 1_000; number++)
        {
            _scene.Clock.Advance(TimeSpan.FromMilliseconds(1));
            _scene.Outbox.Put(_scene.Message(string.Create(CultureInfo.InvariantCulture, $"message {number}")));
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
        Assert.All(_scene.Texts.Take(20).Index(), text =>
            Assert.StartsWith($"message {901 + text.Index} (Delayed", text.Item, StringComparison.Ordinal));
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
            _scene.Outbox.Put(_scene.Message("of the future"));
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
    [InlineData(
        "{\"version\":1,\"payload\":{\"text\":\"x\",\"blocks\":[]},\"webhook\":\"file:webhook.txt\",\"baseFolder\":\"/\",\"writtenAt\":\"yesterday\"}"
    )]
    public async Task What_is_no_message_keeps_none_back_and_stays(string content)
    {
        _scene.Outbox.Put(_scene.Message("whole"));
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
        _scene.Outbox.Put(_scene.Message("whole"));
        for (var number = 0; number < 50; number++)
        {
            File.WriteAllText(Path.Combine(_scene.Outbox.Folder, $"{number}.json"), "torn");
        }

        await _scene.SendPendingAsync();

        Assert.Single(_scene.Texts);
        Assert.Equal(4, _scene.Warnings.Count);
        Assert.StartsWith("47 more files in ", _scene.Warnings[^1], StringComparison.Ordinal);
    }
}
