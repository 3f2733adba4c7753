using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;

namespace EltPs.Engine.Names;

/// <summary>One part of a table's name, as its author wrote it.</summary>
/// <remarks>
/// A plain identifier (a letter or <c>_</c>, then letters, digits, <c>_</c> and <c>$</c>, all ASCII) is rendered without quotes, so that
/// each warehouse folds its case as its users expect. A quoted one is kept exactly; <c>""</c> stands for a quote in it. Nothing else is an
/// identifier. Source: Snowflake documentation, "Identifier requirements"; DuckDB documentation, "Keywords and Identifiers".
/// </remarks>
public readonly partial record struct Identifier
{
    private Identifier(string text, bool isQuoted)
    {
        Text = text;
        IsQuoted = isQuoted;
    }

    /// <summary>The name itself, without quotes.</summary>
    public string Text { get; }

    /// <summary>Whether the author quoted it, so that its case is kept.</summary>
    public bool IsQuoted { get; }

    /// <summary>Reads one identifier; false if the text is neither a plain nor a quoted one.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out Identifier identifier)
    {
        identifier = default;
        if (text is null)
        {
            return false;
        }

        if (Plain().IsMatch(text))
        {
            identifier = new Identifier(text, isQuoted: false);
            return true;
        }

        if (text.Length > 2 && Quoted().IsMatch(text))
        {
            identifier = new Identifier(text[1..^1].Replace("\"\"", "\"", StringComparison.Ordinal), isQuoted: true);
            return true;
        }

        return false;
    }

    /// <summary>The same kind of identifier with a text put in front of it: <c>t</c> → <c>temp_t</c>.</summary>
    public Identifier WithPrefix(string prefix) => new(prefix + Text, IsQuoted);

    /// <summary>The identifier as SQL.</summary>
    public override string ToString() => IsQuoted ? Quote(Text) : Text;

    /// <summary>Any text as a quoted SQL identifier.</summary>
    public static string Quote(string text) => $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    [GeneratedRegex(@"\A[A-Za-z_][A-Za-z0-9_$]*\z")]
    private static partial Regex Plain();

    // Control characters have no business in a name, and a NUL ends the statement early in drivers written in C.
    [GeneratedRegex(@"\A""(?:[^""\p{Cc}]|"""")+""\z")]
    private static partial Regex Quoted();
}
