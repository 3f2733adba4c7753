using System.Text.Json;
using System.Text.Json.Nodes;
using EltPs.Engine.Secrets;

namespace EltPs.Engine.Alerts;

/// <summary>A message that waits until its target takes it.</summary>
/// <param name="Channel">The channel whose form the payload has; null in files of versions that had but one channel.</param>
/// <param name="Payload">The message.</param>
/// <param name="Target">Where the target's address is; never the address.</param>
/// <param name="BaseFolder">The folder that a relative path of the reference starts from.</param>
/// <param name="WrittenAt">When it was written, in UTC.</param>
internal sealed record WaitingAlert(
    string? Channel, AlertPayload Payload, SecretReference Target, string BaseFolder, DateTimeOffset WrittenAt)
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
        ["channel"] = Channel,
        ["target"] = Target.ToString(),
        ["baseFolder"] = BaseFolder,
        ["payload"] = Payload.Copy(),
    }.ToJsonString();

    /// <summary>Reads one that a file kept; null if it is none, or one that a newer version wrote.</summary>
    public static WaitingAlert? FromJson(string text)
    {
        try
        {
            // Where there was but one channel, the reference was called webhook.
            return JsonNode.Parse(text) is JsonObject file
                && file["version"]?.GetValue<int>() == Version
                && file["payload"]?.DeepClone() is JsonObject payload
                && SecretReference.TryParse((file["target"] ?? file["webhook"])?.GetValue<string>(), out var target)
                && file["baseFolder"]?.GetValue<string>() is { } folder
                && file["writtenAt"]?.GetValue<DateTimeOffset>() is { } writtenAt
                ? new WaitingAlert(file["channel"]?.GetValue<string>(), new AlertPayload(payload), target, folder, writtenAt)
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
