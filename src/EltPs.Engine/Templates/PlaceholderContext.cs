namespace EltPs.Engine.Templates;

/// <summary>Where in the SQL a placeholder stands, which decides how its value is written.</summary>
public enum PlaceholderContext
{
    /// <summary>Outside quotes: the value is written as a literal of its type.</summary>
    Expression,

    /// <summary>In <c>'…'</c>: the value's text, with quotes doubled.</summary>
    Text,

    /// <summary>In <c>'…'</c> where a backslash escapes: the value's text, with quotes and backslashes doubled.</summary>
    EscapedText,

    /// <summary>In <c>"…"</c>: the value's text, with quotes doubled.</summary>
    QuotedName,

    /// <summary>Between dollar signs, where nothing can be escaped: the value's text, which must not end it.</summary>
    DollarText,
}
