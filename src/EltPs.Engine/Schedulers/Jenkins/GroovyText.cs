namespace EltPs.Engine.Schedulers;

/// <summary>Writes texts as Groovy reads them in a Jenkinsfile.</summary>
internal static class GroovyText
{
    /// <summary>A text in single quotes, in which only the backslash means anything (Groovy, "Single-quoted string").</summary>
    public static string Quote(string text)
    {
        var escaped = text.Replace(@"\", @"\\", StringComparison.Ordinal)
            .Replace("'", @"\'", StringComparison.Ordinal)
            .Replace("\n", @"\n", StringComparison.Ordinal);
        return $"'{escaped}'";
    }

    /// <summary>
    /// A comment's text. Groovy reads <c>\u</c> as the begin of a letter's number even in comments (language specification, "Unicode
    /// escapes").
    /// </summary>
    public static string Comment(string text) => CommentText.Of(text).Replace('\\', '/');
}
