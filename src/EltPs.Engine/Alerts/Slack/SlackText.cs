using System.Globalization;
using System.Text;

namespace EltPs.Engine.Alerts;

/// <summary>
/// Puts foreign text into Slack's markup so that it stays text: it makes no mention, no link, no formatting and no end of a code block.
/// </summary>
/// <remarks>
/// Source: Slack API documentation, "Formatting text for app surfaces": <c>&amp;</c>, <c>&lt;</c> and <c>&gt;</c> are the characters to
/// escape; all markup that does something begins with <c>&lt;</c>.
/// </remarks>
internal static class SlackText
{
    // Breaks up what would be read as one mark, and is not seen.
    private const char Break = '\u200b';
    private const char Backtick = '`';
    private static readonly string[] Everybody = ["here", "channel", "everyone"];

    /// <summary>Text on one line, for headers and notifications.</summary>
    public static string Line(string text, int most) => Cut(OneLine(text), most, "…");

    /// <summary>Text as code within a line.</summary>
    public static string Code(string text, int most) => $"`{Cut(OneLine(text).Replace(Backtick, '\''), most - 2, "…")}`";

    /// <summary>Text as a block of code; of a long one the middle is left out, and a remark says how much.</summary>
    public static string CodeBlock(string text, int most)
    {
        const string Fence = "```";
        return $"{Fence}\n{Paragraph(text, most - (2 * Fence.Length) - 2)}\n{Fence}";
    }

    /// <summary>Text with its own lines; of a long one the middle is left out, and a remark says how much.</summary>
    public static string Paragraph(string text, int most)
    {
        var whole = text.ReplaceLineEndings("\n").Trim('\n');
        var escaped = Escape(whole);
        return escaped.Length <= most ? escaped : WithoutMiddle(whole, most);
    }

    /// <summary>The text with what Slack would act on made harmless.</summary>
    public static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length);
        for (var index = 0; index < text.Length; index++)
        {
            Append(escaped, text, index);
        }

        return escaped.ToString();
    }

    // Both ends are kept: what went wrong stands in front, and what is left of the table behind.
    private static string WithoutMiddle(string text, int most)
    {
        var remark = Remark(text.Length);
        var room = most - remark.Length;
        var front = Longest(text, room * 3 / 4, fromEnd: false);
        var back = Longest(text, room - Escape(front).Length, fromEnd: true);
        return $"{Escape(front)}{Remark(text.Length - front.Length - back.Length)}{Escape(back)}";

        static string Remark(int count) => string.Create(CultureInfo.InvariantCulture, $"\n… {count} characters are left out here …\n");
    }

    private static string Cut(string text, int most, string remark)
    {
        var escaped = Escape(text);
        return escaped.Length <= most ? escaped : Escape(Longest(text, most - remark.Length, fromEnd: false)) + remark;
    }

    // The longest part from one end that fits when it is escaped; no character is cut in half.
    private static string Longest(string text, int most, bool fromEnd)
    {
        var (fits, tooLong) = (0, text.Length + 1);
        while (tooLong - fits > 1)
        {
            var length = (fits + tooLong) / 2;
            if (Escape(Part(length)).Length <= most)
            {
                fits = length;
            }
            else
            {
                tooLong = length;
            }
        }

        return Part(fits);

        string Part(int length) => fromEnd ? text[NotWithin(text.Length - length, 1)..] : text[..NotWithin(length, -1)];

        int NotWithin(int place, int step) =>
            place > 0 && place < text.Length && char.IsLowSurrogate(text[place]) && char.IsHighSurrogate(text[place - 1])
                ? place + step
                : place;
    }

    private static string OneLine(string text) =>
        string.Join(' ', text.Split(['\r', '\n', '\t'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));

    private static void Append(StringBuilder escaped, string text, int index)
    {
        switch (text[index])
        {
            case '&':
                escaped.Append("&amp;");
                break;
            case '<':
                escaped.Append("&lt;");
                break;
            case '>':
                escaped.Append("&gt;");
                break;
            case Backtick when index > 0 && text[index - 1] == Backtick:
                escaped.Append(Break).Append(Backtick);
                break;
            case '@'
                when Array.Exists(Everybody, name =>
                    string.Compare(text, index + 1, name, 0, name.Length, StringComparison.OrdinalIgnoreCase) == 0):
                escaped.Append('@').Append(Break);
                break;
            case var letter when char.IsControl(letter) && letter is not ('\n' or '\t'):
                escaped.Append(' ');
                break;
            case var letter:
                escaped.Append(letter);
                break;
        }
    }
}
