using System.Text.RegularExpressions;

namespace EltPs.Tests.Docs;

/// <summary>The links of a Markdown page, and the headings that links lead to.</summary>
internal static partial class MarkdownLink
{
    /// <summary>Where each link leads, as written.</summary>
    public static IEnumerable<string> Of(string path) =>
        Link().Matches(File.ReadAllText(path)).Select(match => match.Groups["target"].Value);

    /// <summary>The names of a page's headings as links write them behind <c>#</c>.</summary>
    public static IEnumerable<string> Anchors(string path) =>
        Heading().Matches(File.ReadAllText(path).ReplaceLineEndings("\n"))
            .Select(match => NoPartOfAnAnchor().Replace(match.Groups["text"].Value.ToLowerInvariant(), string.Empty).Replace(' ', '-'));

    [GeneratedRegex(@"\]\((?<target>[^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex("^#+ (?<text>.+)$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex(@"[^\w\- ]")]
    private static partial Regex NoPartOfAnAnchor();
}
