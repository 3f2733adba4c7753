using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;

namespace EltPs.Engine.Alerts;

/// <summary>
/// A mention in a message: <c>&lt;!here&gt;</c>, <c>&lt;!channel&gt;</c>, a user <c>&lt;@U…&gt;</c> or a group <c>&lt;!subteam^S…&gt;</c>.
/// </summary>
/// <remarks>
/// Source: Slack API documentation, "Formatting text for app surfaces", mentions. Only the known forms are accepted, so nothing else gets
/// into the markup.
/// </remarks>
internal sealed partial record SlackMention
{
    /// <summary>What to write instead of what is no mention.</summary>
    public const string Advice = "write '<!here>', '<!channel>', a user '<@U…>' or a group '<!subteam^S…>', by its id.";

    private SlackMention(string markup) => Markup = markup;

    /// <summary>The mention as Slack's markup has it.</summary>
    public string Markup { get; }

    /// <summary>Reads a mention: the markup itself, <c>here</c>, <c>channel</c>, or an id of a user or a group.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out SlackMention? mention)
    {
        var written = (text ?? string.Empty).Trim();
        var match = Form().Match(written);
        mention = !match.Success ? null
            : match.Groups["everybody"] is { Success: true } everybody ? new SlackMention($"<!{everybody.Value}>")
            : match.Groups["user"] is { Success: true } user ? new SlackMention($"<@{user.Value}>")
            : new SlackMention($"<!subteam^{match.Groups["group"].Value}>");
        return mention is not null;
    }

    /// <summary>The mention as Slack's markup has it.</summary>
    public override string ToString() => Markup;

    [GeneratedRegex(
        """
        \A(?:
            <!(?<everybody>here|channel|everyone)> | @?(?<everybody>here|channel|everyone)
          | <@(?<user>[UW][A-Z0-9]{2,30})> | @?(?<user>[UW][A-Z0-9]{2,30})
          | <!subteam\^(?<group>S[A-Z0-9]{2,30})> | @?(?<group>S[A-Z0-9]{2,30})
        )\z
        """,
        RegexOptions.IgnorePatternWhitespace | RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}
