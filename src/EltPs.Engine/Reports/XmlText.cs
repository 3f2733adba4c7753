using System.Xml;

namespace EltPs.Engine.Reports;

/// <summary>Text for XML, which cannot hold everything that a warehouse says.</summary>
internal static class XmlText
{
    private const char Replacement = '\uFFFD';

    /// <summary>
    /// The text with a replacement character for each one that XML 1.0 has no way to write, also not as an entity: control characters and
    /// halves of pairs.
    /// </summary>
    /// <remarks>Source: W3C, "Extensible Markup Language (XML) 1.0 (Fifth Edition)", section 2.2.</remarks>
    public static string Of(string text)
    {
        if (IsWhole(text))
        {
            return text;
        }

        return string.Create(text.Length, text, static (whole, text) =>
        {
            text.CopyTo(whole);
            for (var index = 0; index < whole.Length; index++)
            {
                if (IsPair(text, index))
                {
                    index++;
                }
                else if (!XmlConvert.IsXmlChar(whole[index]))
                {
                    whole[index] = Replacement;
                }
            }
        });
    }

    private static bool IsWhole(string text) => !text.AsSpan().ContainsAnyExceptInRange(' ', '~');

    private static bool IsPair(string text, int index) =>
        index + 1 < text.Length && XmlConvert.IsXmlSurrogatePair(text[index + 1], text[index]);
}
