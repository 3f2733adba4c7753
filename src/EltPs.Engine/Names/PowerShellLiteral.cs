using System.Globalization;
using System.Text;

namespace EltPs.Engine.Names;

/// <summary>Writes texts as PowerShell reads them.</summary>
internal static class PowerShellLiteral
{
    /// <summary>
    /// A text in single quotes. All of PowerShell's single quotes end such a text (language specification, "Verbatim string literals").
    /// </summary>
    public static string Quote(string text) =>
        $"'{string.Concat(text.Select(letter => IsQuote(letter) ? $"{letter}{letter}" : letter.ToString()))}'";

    /// <summary>A text as an argument of a command: in quotes if it needs them.</summary>
    public static string Argument(string text) =>
        text.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '_' or '-' or '.') ? text : Quote(text);

    /// <summary>
    /// A text in single quotes, where letters that something on the way would take for its own are written as numbers:
    /// <c>('50' + [char]37 + ' off')</c>.
    /// </summary>
    /// <param name="text">The text.</param>
    /// <param name="isUnsafe">Which letters those are; null for none.</param>
    public static string Quote(string text, Func<char, bool>? isUnsafe)
    {
        if (isUnsafe is null || !text.Any(isUnsafe))
        {
            return Quote(text);
        }

        var parts = new List<string>();
        var safe = new StringBuilder();
        foreach (var letter in text)
        {
            if (!isUnsafe(letter))
            {
                safe.Append(letter);
                continue;
            }

            // A text comes first: PowerShell adds what follows to the kind of the first.
            if (safe.Length > 0 || parts.Count == 0)
            {
                parts.Add(Quote(safe.ToString()));
                safe.Clear();
            }

            parts.Add("[char]" + ((int)letter).ToString(CultureInfo.InvariantCulture));
        }

        if (safe.Length > 0)
        {
            parts.Add(Quote(safe.ToString()));
        }

        return $"({string.Join(" + ", parts)})";
    }

    private static bool IsQuote(char letter) => letter is '\'' or '\u2018' or '\u2019' or '\u201a' or '\u201b';
}
