using System.Text.Json.Nodes;
using EltPs.Engine.Alerts;
using EltPs.Engine.Definitions;
using EltPs.Engine.PipelineFiles;
using EltPs.Engine.Runs;
using EltPs.Engine.Secrets;
using EltPs.Tests.PipelineFiles;
using Xunit;

namespace EltPs.Tests.Alerts;

/// <summary>A channel beside Slack: the file, the rules, the memory and the outbox serve it without knowing it.</summary>
public sealed class SecondChannelTests : IAsyncDisposable
{
    private readonly AlertScene _scene = new() { Channels = JsonChannel.AndSlack };
    private readonly SlackServer _json = new();

    public SecondChannelTests() => File.WriteAllText(Path.Combine(_scene.Folder, "json.txt"), _json.Address);

    private ChannelSettings Json => new("Json", [new SecretReference(SecretKind.File, "json.txt")], _scene.Folder)
    {
        Own = new Dictionary<string, IReadOnlyList<string>> { ["Label"] = ["elt"] },
    };

    public async ValueTask DisposeAsync()
    {
        await _json.DisposeAsync();
        await _scene.DisposeAsync();
    }

    [Fact]
    public void Its_part_of_the_file_is_read_with_the_keys_of_every_channel_and_its_own()
    {
        using var file = new PipelineFile(PipelineFile.WithRoot(
            """
            Alerts = @{
                Json  = @{ Url = 'env:ALERT_URL'; On = 'Success'; Label = 'elt'; LinkUrl = 'https://ci/{runId}'; RepeatAfter = 60 }
                Slack = @{ Webhook = 'env:SLACK_WEBHOOK_URL' }
            }
            """));

        var channels = file.Load(WithJson).Alerts!.Channels;

        Assert.Equal(["Slack", "Json"], channels.Select(channel => channel.Channel));
        var json = channels[1];
        Assert.Equal(
            ("env:ALERT_URL", AlertOccasion.Success, "elt", "https://ci/{runId}", TimeSpan.FromMinutes(1)),
            (json.Targets[0].ToString(), json.On[0], json.Own["Label"][0], json.Link!.Text, json.RepeatAfter));
    }

    [Theory]
    [InlineData("Alerts = @{ Jsn = @{} }", "Unknown key 'Jsn'; did you mean Json?")]
    [InlineData("Alerts = @{ Json = @{ On = 'Failure' } }", "Json has no Url; add Url = 'env:ALERT_URL'.")]
    [InlineData("Alerts = @{ Json = @{ Url = 'env:X'; Label = '7' } }", "Label '7' is unknown; write letters.")]
    [InlineData(
        "Alerts = @{ Json = @{ Url = 'env:X'; Mention = '<!here>' } }",
        "Unknown key 'Mention'; known are Url, On, Label, LinkUrl, RepeatAfter.")]
    public void A_mistake_in_its_part_is_reported_with_what_to_write(string keys, string message)
    {
        using var file = new PipelineFile(PipelineFile.WithRoot(keys));

        Assert.Equal(message, Assert.Single(file.Refusal(WithJson).Complaints).Message);
    }

    [Fact]
    public async Task Each_channel_is_sent_an_alert_in_its_own_form_and_remembers_it_for_itself()
    {
        var often = Json with { RepeatAfter = TimeSpan.Zero, Link = Link("https://ci.example.org/{runId}") };
        var failure = Failure(_scene.Slack, often);

        await _scene.TellAsync(failure);
        await _scene.TellAsync(failure);
        await _scene.TellAsync(Results.Success() with { Alerts = Settings(_scene.Slack, often with { On = [AlertOccasion.Failure] }) });

        Assert.Equal(["RunELT_Alert failed", "RunELT_Alert recovered"], _scene.Texts.Select(text => text.Split(':')[0]));
        Assert.Equal(2, _json.Bodies.Count);
        var message = JsonNode.Parse(_json.Bodies[0])!;
        Assert.Equal(
            ("RunELT_Alert failed", "elt", "https://ci.example.org/20261124T030000Z-4f2a9c"),
            ((string?)message["title"], (string?)message["label"], (string?)message["link"]));
        Assert.Empty(_scene.Warnings);
    }

    [Fact]
    public async Task What_waits_goes_out_in_the_form_of_its_channel_and_one_that_is_out_of_reach_stops_no_other()
    {
        _json.Refuse();
        await _scene.TellAsync(Failure(_scene.Slack, Json));
        Assert.Single(_scene.Texts);
        Assert.Single(_scene.Waiting);
        Assert.Contains("the connection was refused", Assert.Single(_scene.Warnings), StringComparison.Ordinal);

        _json.AcceptAgain();
        var delivery = Assert.Single(await _scene.SendPendingAsync());

        Assert.Equal(
            ("Json", "file:json.txt", AlertDeliveryStatus.Delivered, "RunELT_Alert failed", true),
            (delivery.Channel, delivery.Target, delivery.Status, delivery.Text, delivery.IsDelayed));
        Assert.Equal("Delayed: written at 2026-11-24 03:00:00 UTC", (string?)JsonNode.Parse(_json.Bodies[^1])!["remark"]);
        Assert.Single(_scene.Texts);
    }

    [Fact]
    public async Task A_message_of_a_channel_that_is_not_there_is_left_alone()
    {
        _json.Refuse();
        await _scene.TellAsync(Failure(Json));
        await using var without = new AlertScene(_scene.Folder);

        Assert.Empty(await without.SendPendingAsync());

        Assert.Single(_scene.Waiting);
        Assert.Contains("is left alone: it is no message of ", Assert.Single(without.Warnings), StringComparison.Ordinal);
    }

    private RunResult Failure(params ChannelSettings[] channels) => Results.Failure() with { Alerts = Settings(channels) };

    private AlertSettings Settings(params ChannelSettings[] channels) => new(Path.Combine(_scene.Folder, "mau.psd1"), channels);

    private static PipelineFileContext WithJson(PipelineFileContext context) => context with { Channels = JsonChannel.AndSlack.Keys };

    private static LinkTemplate Link(string text)
    {
        Assert.True(LinkTemplate.TryParse(text, out var link, out var problem), problem);
        return link;
    }
}
