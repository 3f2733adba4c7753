using System.Text;
using System.Text.RegularExpressions;
using EltPs.Engine.Definitions;

namespace EltPs.Tests.Docs;

/// <summary>What documentation says of an option, made of the option's declaration.</summary>
internal static partial class OptionText
{
    private const int Width = 80;

    // A blank at which no line ends: the default is easier to find, and to search for.
    private const char Together = '\u00a0';

    /// <summary>A row of the table of keys.</summary>
    public static string Row(TableOption option) => option.IsForFile
        ? $"| `{option.Key}` | {option.Help.Value} | The file's, else {option.Without}. |"
        : $"| `{option.Key}` | {option.Help.Value} | {Sentence(option.Without)} |";

    /// <summary>The row of the keys that a file may have for all tables.</summary>
    public static string FileRow(IEnumerable<TableOption> options) =>
        $"| {string.Join(", ", options.Where(option => option.IsForFile).Select(option => $"`{option.Key}`"))} | What holds for all tables "
            + "that do not say otherwise: see [below](#keys-of-a-table). | See below. |";

    /// <summary>An entry of an about topic.</summary>
    public static string Entry(TableOption option) =>
        $"    {option.Key}\n{Wrap($"{Plain(option.Help.Value)} {Default(option)}", indent: 6)}\n";

    private static string Default(TableOption option) => Plain($"Without it {option.Without}.").Replace(' ', Together);

    private static string Sentence(string text) => text[0] == '`' ? text : $"{char.ToUpperInvariant(text[0])}{text[1..]}.";

    // A page of the documentation has a topic of its name.
    private static string Plain(string markdown) => Link()
        .Replace(markdown, match => $"{match.Groups["text"]} (about_EltPs_{Capital(match.Groups["page"].Value)})")
        .Replace("`", string.Empty, StringComparison.Ordinal);

    private static string Capital(string word) => char.ToUpperInvariant(word[0]) + word[1..];

    private static string Wrap(string text, int indent)
    {
        var lines = new List<StringBuilder>();
        foreach (var word in text.Split(' '))
        {
            if (lines.Count == 0 || lines[^1].Length + 1 + word.Length > Width)
            {
                lines.Add(new StringBuilder(new string(' ', indent)).Append(word));
            }
            else
            {
                lines[^1].Append(' ').Append(word);
            }
        }

        return string.Join('\n', lines).Replace(Together, ' ');
    }

    [GeneratedRegex(@"\[(?<text>[^\]]+)\]\((?<page>\w+)\.md[^)]*\)")]
    private static partial Regex Link();
}
