using System.Text.RegularExpressions;

namespace EltPs.Tests.Docs;

/// <summary>A PowerShell example of a Markdown page.</summary>
/// <param name="Line">Its first line in the page, counted from 1.</param>
/// <param name="Code">Its text.</param>
/// <param name="IsParsedOnly">Whether it is marked <c>parse</c>: it needs more than the engine's own cmdlets, or is no command.</param>
internal sealed partial record MarkdownExample(int Line, string Code, bool IsParsedOnly)
{
    /// <summary>The examples of a page, in its order.</summary>
    public static IReadOnlyList<MarkdownExample> Of(string path)
    {
        var page = File.ReadAllText(path).ReplaceLineEndings("\n");
        return [.. Fence().Matches(page).Select(match => new MarkdownExample(
            page[..match.Groups["code"].Index].Count(character => character == '\n') + 1,
            match.Groups["code"].Value,
            match.Groups["mark"].Value == "parse"))];
    }

    [GeneratedRegex(@"^```powershell(?: (?<mark>\w+))?\n(?<code>.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Fence();
}
