using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace EltPs.Engine.Alerts;

/// <summary>A message in a channel's form. Only the channel knows what is in it; the outbox keeps it as it is.</summary>
/// <param name="content">The content, which belongs to the payload from now on.</param>
internal sealed class AlertPayload(JsonObject content)
{
    // The message is no part of a page, and people read it before it is sent.
    private static readonly JsonSerializerOptions Readable = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        WriteIndented = true,
        NewLine = "\n",
    };

    /// <summary>The message as text, indented.</summary>
    public string Json => content.ToJsonString(Readable);

    /// <summary>A copy of the content.</summary>
    public JsonObject Copy() => (JsonObject)content.DeepClone();

    /// <summary>The message as text, indented.</summary>
    public override string ToString() => Json;
}
