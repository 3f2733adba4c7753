using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace EltPs.Engine.Alerts;

/// <summary>A message as a webhook takes it: blocks, and a text for notifications and for readers that show no blocks.</summary>
/// <remarks>Source: Slack API documentation, "Block Kit" and "Formatting text for app surfaces".</remarks>
internal static class SlackMessage
{
    private const string Blocks = "blocks";
    private const string FallbackText = "text";
    private const string Started = "Started";

    /// <summary>The message of an alert.</summary>
    /// <param name="alert">The alert.</param>
    /// <param name="mentions">Who is mentioned.</param>
    public static AlertPayload Of(Alert alert, IReadOnlyList<SlackMention> mentions)
    {
        var blocks = new JsonArray([.. Build(alert, mentions).Take(SlackLimits.Blocks - 1)]);
        return new AlertPayload(new JsonObject { [FallbackText] = Fallback(alert), [Blocks] = blocks, ["unfurl_links"] = false });
    }

    /// <summary>The text for notifications, as it is sent; null if it is no message.</summary>
    public static string? TextOf(AlertPayload payload) =>
        payload.Copy() is { } message
        && message[FallbackText] is JsonValue text
        && text.GetValueKind() == JsonValueKind.String
        && message[Blocks] is JsonArray
            ? text.GetValue<string>()
            : null;

    /// <summary>The same message with a remark below it, which notifications show too.</summary>
    public static AlertPayload WithRemark(AlertPayload payload, string remark)
    {
        var message = payload.Copy();
        ((JsonArray)message[Blocks]!).Add((JsonNode)Remark(SlackText.Escape(remark)));
        message[FallbackText] = $"{message[FallbackText]!.GetValue<string>()} ({SlackText.Escape(remark)})";
        return new AlertPayload(message);
    }

    private static IEnumerable<JsonNode> Build(Alert alert, IReadOnlyList<SlackMention> mentions)
    {
        if (alert.Occasion is not null)
        {
            var mark = alert.IsProblem ? "🔴" : "🟢";
            yield return new JsonObject
            {
                ["type"] = "header",
                ["text"] = new JsonObject
                {
                    ["type"] = "plain_text",
                    ["text"] = SlackText.Line($"{mark} {alert.Title}", SlackLimits.Header),
                    ["emoji"] = false,
                },
            };
        }

        if (mentions.Count > 0)
        {
            yield return Section(string.Join(' ', mentions.Select(mention => mention.Markup)));
        }

        if (alert.Text is { } words)
        {
            yield return Plain(words);
        }

        if (Fields(alert) is { Count: > 0 } fields)
        {
            yield return new JsonObject { ["type"] = "section", ["fields"] = fields };
        }

        if (alert.Error is { } error)
        {
            yield return Section($"*Error*\n{SlackText.CodeBlock(error, SlackLimits.Section - 8)}");
        }

        if (alert.EarlierErrors.Count > 0)
        {
            yield return Section(
                $"*Earlier attempts*\n{SlackText.CodeBlock(string.Join('\n', alert.EarlierErrors), SlackLimits.Section - 19)}");
        }

        if (alert.Tables.Count > 0)
        {
            yield return Section($"*Tables*\n{SlackText.CodeBlock(string.Join('\n', alert.Tables), SlackLimits.Section - 9)}");
        }

        if (alert.NextCommand is { } command)
        {
            yield return Section($"*Next command*\n{SlackText.CodeBlock(command, SlackLimits.Section - 15)}");
        }

        if (alert.Link is { } link)
        {
            yield return Section(
                $"<{SlackText.Escape(link.AbsoluteUri).Replace("|", "%7C", StringComparison.Ordinal)}|More about this run>");
        }

        if (alert.Occasion is null && alert.Host is { } host)
        {
            yield return Remark($"from {SlackText.Code(host, SlackLimits.Header)}");
        }
    }

    private static JsonArray Fields(Alert alert)
    {
        (string Name, string? Value)[] fields = alert.Occasion is null ? [] :
        [
            ("Interval", alert.Interval),
            ("Due", alert.DueAt),
            ("State folder", alert.StateFolder),
            ("Table", alert.Table),
            ("Step", alert.Step),
            ("Rows", alert.Rows?.ToString("N0", CultureInfo.InvariantCulture)),
            ("Duration", alert.Duration is { } time ? Show(time) : null),
            ("Attempt", alert.Attempt),
            ("Run", alert.RunId),
            (Started, alert.StartedAt?.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture)),
            ("Query id", alert.QueryId),
            ("Connection", alert.Connection),
            ("Host", alert.Host),
        ];

        // The run's id says when it began.
        var given = fields.Where(field => !string.IsNullOrEmpty(field.Value)).ToList();
        var shown = given.Count <= SlackLimits.Fields ? given : given.Where(field => field.Name != Started);
        return [.. shown.Take(SlackLimits.Fields).Select(field =>
            Markup($"*{field.Name}*\n{SlackText.Code(field.Value!, SlackLimits.Field - field.Name.Length - 3)}"))];
    }

    private static string Fallback(Alert alert)
    {
        var place = string.Join(", ", new[] { alert.Table, alert.Step }.Where(part => part is not null));
        var parts = new[] { alert.Title, place, alert.Error ?? (alert.Occasion is null ? null : alert.Text) }.Where(part =>
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
