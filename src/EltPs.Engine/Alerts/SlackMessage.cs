using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using EltPs.Engine.Definitions;

namespace EltPs.Engine.Alerts;

/// <summary>A message as a webhook takes it: blocks, and a text for notifications and for readers that show no blocks.</summary>
/// <remarks>Source: Slack API documentation, "Block Kit" and "Formatting text for app surfaces".</remarks>
public sealed class SlackMessage
{
    private const string Blocks = "blocks";
    private const string FallbackText = "text";
    private const string Started = "Started";

    // The message is no part of a page, and people read it in tests and with -WhatIf.
    private static readonly JsonSerializerOptions Readable = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        WriteIndented = true,
        NewLine = "\n",
    };
    private readonly JsonObject _payload;

    private SlackMessage(JsonObject payload) => _payload = payload;

    /// <summary>The message as it is sent, indented.</summary>
    public string Json => _payload.ToJsonString(Readable);

    /// <summary>The text for notifications, as it is sent.</summary>
    public string Text => _payload[FallbackText]!.GetValue<string>();

    /// <summary>The message of a report.</summary>
    public static SlackMessage Of(AlertReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        var blocks = new JsonArray([.. Build(report).Take(SlackLimits.Blocks - 1)]);
        return new SlackMessage(new JsonObject { [FallbackText] = Fallback(report), [Blocks] = blocks, ["unfurl_links"] = false });
    }

    /// <summary>A message that was kept; null if it is none.</summary>
    public static SlackMessage? FromJson(JsonNode? payload) =>
        payload?.DeepClone() is JsonObject message
        && message[FallbackText] is JsonValue text
        && text.GetValueKind() == JsonValueKind.String
        && message[Blocks] is JsonArray
            ? new SlackMessage(message)
            : null;

    /// <summary>The message's parts, for whoever keeps it.</summary>
    public JsonObject ToJsonObject() => (JsonObject)_payload.DeepClone();

    /// <summary>The same message with a remark below it, which notifications show too.</summary>
    public SlackMessage WithRemark(string remark)
    {
        var message = ToJsonObject();
        ((JsonArray)message[Blocks]!).Add((JsonNode)Remark(SlackText.Escape(remark)));
        message[FallbackText] = $"{Text} ({SlackText.Escape(remark)})";
        return new SlackMessage(message);
    }

    private static IEnumerable<JsonNode> Build(AlertReport report)
    {
        if (report.Occasion is { } occasion)
        {
            var mark = occasion is AlertOccasion.Failure or AlertOccasion.Late ? "🔴" : "🟢";
            yield return new JsonObject
            {
                ["type"] = "header",
                ["text"] = new JsonObject
                {
                    ["type"] = "plain_text",
                    ["text"] = SlackText.Line($"{mark} {report.Title}", SlackLimits.Header),
                    ["emoji"] = false,
                },
            };
        }

        if (report.Mentions.Count > 0)
        {
            yield return Section(string.Join(' ', report.Mentions.Select(mention => mention.Markup)));
        }

        if (report.Text is { } words)
        {
            yield return Plain(words);
        }

        if (Fields(report) is { Count: > 0 } fields)
        {
            yield return new JsonObject { ["type"] = "section", ["fields"] = fields };
        }

        if (report.Error is { } error)
        {
            yield return Section($"*Error*\n{SlackText.CodeBlock(error, SlackLimits.Section - 8)}");
        }

        if (report.EarlierErrors.Count > 0)
        {
            yield return Section(
                $"*Earlier attempts*\n{SlackText.CodeBlock(string.Join('\n', report.EarlierErrors), SlackLimits.Section - 19)}");
        }

        if (report.Tables.Count > 0)
        {
            yield return Section($"*Tables*\n{SlackText.CodeBlock(string.Join('\n', report.Tables), SlackLimits.Section - 9)}");
        }

        if (report.Resume is { } resume)
        {
            yield return Section($"*To go on from here*\n{SlackText.CodeBlock(resume, SlackLimits.Section - 21)}");
        }

        if (report.Link is { } link)
        {
            yield return Section(
                $"<{SlackText.Escape(link.AbsoluteUri).Replace("|", "%7C", StringComparison.Ordinal)}|More about this run>");
        }

        if (report.Occasion is null && report.Host is { } host)
        {
            yield return Remark($"from {SlackText.Code(host, SlackLimits.Header)}");
        }
    }

    private static JsonArray Fields(AlertReport report)
    {
        (string Name, string? Value)[] fields = report.Occasion is null ? [] :
        [
            ("Interval", report.Interval),
            ("Due", report.DueAt),
            ("State folder", report.StateFolder),
            ("Table", report.Table),
            ("Step", report.Step),
            ("Rows", report.Rows?.ToString("N0", CultureInfo.InvariantCulture)),
            ("Duration", report.Duration is { } time ? Show(time) : null),
            ("Attempt", report.Attempt),
            ("Run", report.RunId),
            (Started, report.StartedAt?.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture)),
            ("Query id", report.QueryId),
            ("Connection", report.Connection),
            ("Host", report.Host),
        ];

        // The run's id tells when it began.
        var given = fields.Where(field => !string.IsNullOrEmpty(field.Value)).ToList();
        var shown = given.Count <= SlackLimits.Fields ? given : given.Where(field => field.Name != Started);
        return [.. shown.Take(SlackLimits.Fields).Select(field =>
            Markup($"*{field.Name}*\n{SlackText.Code(field.Value!, SlackLimits.Field - field.Name.Length - 3)}"))];
    }

    private static string Fallback(AlertReport report)
    {
        var place = string.Join(", ", new[] { report.Table, report.Step }.Where(part => part is not null));
        var parts = new[] { report.Title, place, report.Error ?? (report.Occasion is null ? null : report.Text) }.Where(part =>
            !string.IsNullOrEmpty(part));
        return SlackText.Line(string.Join(": ", parts), SlackLimits.Fallback);
    }

    private static JsonObject Section(string markup) => new() { ["type"] = "section", ["text"] = Markup(markup) };

    private static JsonObject Remark(string markup) => new() { ["type"] = "context", ["elements"] = new JsonArray(Markup(markup)) };

    // Words of people: no formatting, but their own lines.
    private static JsonObject Plain(string text) => new()
    {
        ["type"] = "section",
        ["text"] = new JsonObject { ["type"] = "plain_text", ["text"] = SlackText.Paragraph(text, SlackLimits.Section), ["emoji"] = false },
    };

    // Verbatim: Slack turns no name or address of a foreign text into a link.
    private static JsonObject Markup(string markup) => new() { ["type"] = "mrkdwn", ["text"] = markup, ["verbatim"] = true };

    private static string Show(TimeSpan time) => time.TotalMinutes < 1
        ? string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.000} s")
        : time.ToString(time.TotalDays < 1 ? @"hh\:mm\:ss" : @"d\.hh\:mm\:ss", CultureInfo.InvariantCulture);
}
