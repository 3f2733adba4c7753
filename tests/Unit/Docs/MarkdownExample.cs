using System.Text.RegularExpressions;

namespace EltPs.Tests.Docs;

/// <summary>A PowerShell example of a Markdown page.</summary>
/// <param name="Line">Its first line in the page, counted from 1.</param>
/// <param name="Code">Its text.</param>
/// <param name="Mark">What stands behind the language: <c>parse</c> if it needs more than the engine's own cmdlets, or is no command;
/// <c>fails</c> if it is a run that must fail; else empty.</param>
/// <param name="Shown">What the page shows right behind it as printed; null for nothing.</param>
internal sealed partial record MarkdownExample(int Line, string Code, string Mark, string? Shown)
{
    /// <summary>Whether it is only parsed.</summary>
    public bool IsParsedOnly => Mark == "parse";

    /// <summary>Whether it is a run that must fail.</summary>
    public bool Fails => Mark == "fails";

    /// <summary>The examples of a page, in its order.</summary>
    public static IReadOnlyList<MarkdownExample> Of(string path)
    {
        var page = File.ReadAllText(path).ReplaceLineEndings("\n");
        return [.. Fence().Matches(page).Select(match => new MarkdownExample(
            page[..match.Groups["code"].Index].Count(character => character == '\n') + 1,
            match.Groups["code"].Value,
            match.Groups["mark"].Value,
            match.Groups["shown"] is { Success: true, Value: var shown } ? shown : null))];
    }

    [GeneratedRegex(
        @"^```powershell(?: (?<mark>\w+))?\n(?<code>.*?)^```$(?:\n\n```text\n(?<shown>.*?)^```$)?",
        RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Fence();
}
