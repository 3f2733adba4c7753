using System.Text.RegularExpressions;

namespace EltPs.Tests.Docs;

/// <summary>The links of a Markdown page.</summary>
internal static partial class MarkdownLink
{
    /// <summary>Where each of them leads, as written.</summary>
    public static IEnumerable<string> Of(string path) =>
        Link().Matches(File.ReadAllText(path)).Select(match => match.Groups["target"].Value).Where(target => !target.StartsWith('#'));

    [GeneratedRegex(@"\]\((?<target>[^)\s]+)\)")]
    private static partial Regex Link();
}
