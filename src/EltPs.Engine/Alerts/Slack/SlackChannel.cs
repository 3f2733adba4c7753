using System.Net;
using EltPs.Engine.Definitions;
using EltPs.Engine.PipelineFiles;

namespace EltPs.Engine.Alerts;

/// <summary>Slack, by incoming webhooks: one JSON POST a message.</summary>
/// <remarks>
/// Source: Slack API documentation, "Sending messages using incoming webhooks" (a taken message is answered with 200 and <c>ok</c>) and
/// "Rate limits".
/// </remarks>
internal sealed class SlackChannel : IAlertChannel
{
    /// <summary>The channel's name.</summary>
    public const string Name = "Slack";

    private const string MentionKey = "Mention";

    /// <inheritdoc/>
    public ChannelKeys Keys { get; } = new(Name, "Webhook", "env:SLACK_WEBHOOK_URL")
    {
        Own =
        [
            new ChannelKey(MentionKey, text => SlackMention.TryParse(text, out var mention) ? mention.Markup : null, SlackMention.Advice),
        ],
    };

    /// <summary>Who is mentioned in every message, besides those whom the settings name for problems.</summary>
    public IReadOnlyList<SlackMention> Mentions { get; init; } = [];

    /// <inheritdoc/>
    public AlertPayload Format(Alert alert, ChannelSettings? settings)
    {
        ArgumentNullException.ThrowIfNull(alert);
        return SlackMessage.Of(alert, [.. (alert.IsProblem ? MentionsOf(settings) : []).Union(Mentions)]);
    }

    /// <inheritdoc/>
    public string? TextOf(AlertPayload payload) => SlackMessage.TextOf(payload);

    /// <inheritdoc/>
    public string? FindProblem(string? address) => WebhookAddress.TryParse(address, out _, out var problem) ? null : problem;

    /// <inheritdoc/>
    public async Task<AlertAnswer> SendAsync(
        AlertPayload payload, string? remark, string address, WebhookClient client, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(client);
        var message = remark is null ? payload : SlackMessage.WithRemark(payload, remark);
        return WebhookAddress.TryParse(address, out var webhook, out var problem)
            ? await client.PostAsync(webhook, message.Json, Judge, cancellationToken)
            : AlertAnswer.NoTarget(problem);
    }

    private static IEnumerable<SlackMention> MentionsOf(ChannelSettings? settings) =>
        (settings?.Own.GetValueOrDefault(MentionKey) ?? [])
            .Select(text => SlackMention.TryParse(text, out var mention) ? mention : null)
            .OfType<SlackMention>();

    // Something else with 200 is the page of a proxy or of a sign-in, and does not reach the channel.
    private static string? Judge(HttpStatusCode status, string body) => status switch
    {
        HttpStatusCode.OK when body.Trim() == "ok" => null,
        HttpStatusCode.OK => ", but not in Slack's words; a proxy may stand in between",
        HttpStatusCode.NotFound or HttpStatusCode.Gone or HttpStatusCode.Forbidden =>
            "; the webhook or its channel is gone, so make a new one",
        _ => string.Empty,
    };
}
