using System.Net;
using System.Text.Json.Nodes;
using EltPs.Engine.Alerts;
using EltPs.Engine.Definitions;
using EltPs.Engine.PipelineFiles;

namespace EltPs.Tests.Alerts;

/// <summary>A second channel, as small as one can be: plain JSON to an address, with a label of its own.</summary>
internal sealed class JsonChannel : IAlertChannel
{
    private const string LabelKey = "Label";

    /// <summary>It and the channels of EltPs.</summary>
    public static AlertChannels AndSlack { get; } = new([new SlackChannel(), new JsonChannel()]);

    public ChannelKeys Keys { get; } = new("Json", "Url", "env:ALERT_URL")
    {
        Own = [new ChannelKey(LabelKey, text => text.All(char.IsAsciiLetter) ? text : null, "write letters.")],
    };

    public AlertPayload Format(Alert alert, ChannelSettings? settings) => new(new JsonObject
    {
        ["title"] = alert.Title,
        ["label"] = settings?.Own.GetValueOrDefault(LabelKey) is [var label, ..] ? label : null,
        ["link"] = alert.Link?.AbsoluteUri,
    });

    public string? TextOf(AlertPayload payload) => payload.Copy()["title"]?.GetValue<string>();

    public string? FindProblem(string? address) => WebhookAddress.TryParse(address, out _, out var problem) ? null : problem;

    public async Task<AlertAnswer> SendAsync(
        AlertPayload payload, string? remark, string address, WebhookClient client, CancellationToken cancellationToken)
    {
        var message = payload.Copy();
        message["remark"] = remark;
        return WebhookAddress.TryParse(address, out var webhook, out var problem)
            ? await client.PostAsync(
                webhook,
                message.ToJsonString(),
                (status, _) => status == HttpStatusCode.OK ? null : string.Empty,
                cancellationToken)
            : AlertAnswer.NoTarget(problem);
    }
}
