using System.Text.Json;
using System.Text.Json.Nodes;
using EltPs.Engine.Secrets;

namespace EltPs.Engine.Alerts;

/// <summary>A message that waits until a webhook takes it.</summary>
/// <param name="Message">The message.</param>
/// <param name="Webhook">Where the webhook's address is; never the address.</param>
/// <param name="BaseFolder">The folder that a relative path of the reference starts from.</param>
/// <param name="WrittenAt">When it was written, in UTC.</param>
public sealed record WaitingAlert(SlackMessage Message, SecretReference Webhook, string BaseFolder, DateTimeOffset WrittenAt)
{
    private const int Version = 1;

    /// <summary>The pipeline; null if there is none.</summary>
    public string? Pipeline { get; init; }

    /// <summary>The run; null outside of one.</summary>
    public string? RunId { get; init; }

    /// <summary>The alert as a file keeps it.</summary>
    public string ToJson() => new JsonObject
    {
        ["version"] = Version,
        ["writtenAt"] = WrittenAt,
        ["pipeline"] = Pipeline,
        ["runId"] = RunId,
        ["webhook"] = Webhook.ToString(),
        ["baseFolder"] = BaseFolder,
        ["payload"] = Message.ToJsonObject(),
    }.ToJsonString();

    /// <summary>Reads one that a file kept; null if it is none, or one that a newer version wrote.</summary>
    public static WaitingAlert? FromJson(string text)
    {
        try
        {
            return JsonNode.Parse(text) is JsonObject file
                && file["version"]?.GetValue<int>() == Version
                && SlackMessage.FromJson(file["payload"]) is { } message
                && SecretReference.TryParse(file["webhook"]?.GetValue<string>(), out var webhook)
                && file["baseFolder"]?.GetValue<string>() is { } folder
                && file["writtenAt"]?.GetValue<DateTimeOffset>() is { } writtenAt
                ? new WaitingAlert(message, webhook, folder, writtenAt)
                {
                    Pipeline = file["pipeline"]?.GetValue<string>(),
                    RunId = file["runId"]?.GetValue<string>(),
                }
                : null;
        }
        catch (Exception torn) when (torn is JsonException or InvalidOperationException or FormatException or ArgumentException)
        {
            return null;
        }
    }
}
