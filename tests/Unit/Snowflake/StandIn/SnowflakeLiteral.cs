using System.Globalization;
using System.Text;

namespace EltPs.Tests.Snowflake.StandIn;

/// <summary>Text literals, read as Snowflake reads them.</summary>
/// <remarks>
/// Source: Snowflake documentation, "String &amp; binary data types", "Escape sequences in single-quoted string constants".
/// </remarks>
internal static class SnowflakeLiteral
{
    public static string Value(string literal) =>
        literal.StartsWith("$$", StringComparison.Ordinal) ? literal[2..^2] : Unescape(literal.AsSpan(1, literal.Length - 2));

    /// <summary>The same text as a literal of DuckDB's, which has no escapes but the doubled quote.</summary>
    public static string ForDuckDb(string value) => $"'{value.Replace("'", "''", StringComparison.Ordinal)}'";

    private static string Unescape(ReadOnlySpan<char> text)
    {
        var value = new StringBuilder(text.Length);
        for (var at = 0; at < text.Length; at++)
        {
            if (text[at] == '\'')
            {
                at++;
            }

            if (text[at] != '\\' || at + 1 == text.Length)
            {
                value.Append(text[at]);
                continue;
            }

            at++;
            var digits = text[at] switch
            {
                'x' => 2,
                'u' => 4,
                _ => 0,
            };
            if (digits > 0
                && at + digits < text.Length
                && int.TryParse(text.Slice(at + 1, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code))
            {
                value.Append((char)code);
                at += digits;
                continue;
            }

            value.Append(
                text[at] switch
                {
                    'n' => '\n',
                    't' => '\t',
                    'r' => '\r',
                    'b' => '\b',
                    'f' => '\f',
                    '0' => '\0',
                    var other => other,
                });
        }

        return value.ToString();
    }
}
