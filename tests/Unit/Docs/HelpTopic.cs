using System.Text.RegularExpressions;

namespace EltPs.Tests.Docs;

/// <summary>An about topic. Prose has four blanks in front, what explains a word six, and examples eight or more.</summary>
internal sealed partial class HelpTopic
{
    private const string Example = "        ";

    private readonly string[] _lines;

    public HelpTopic(string name)
    {
        Text = File.ReadAllText(ModuleHelp.Files.Single(file => Path.GetFileName(file) == $"{name}.help.txt")).ReplaceLineEndings("\n");
        _lines = Text.Split('\n');
    }

    /// <summary>The whole text.</summary>
    public string Text { get; }

    /// <summary>The words that it explains: those of the lines below which something stands further in.</summary>
    public IReadOnlySet<string> Explained => _lines
        .Zip(_lines.Skip(1))
        .Where(pair => Head().IsMatch(pair.First) && Explanation().IsMatch(pair.Second))
        .SelectMany(pair => pair.First.Trim().Split(", "))
        .ToHashSet(StringComparer.Ordinal);

    /// <summary>What it refers to.</summary>
    public IReadOnlyList<string> SeeAlso =>
        [.. _lines.SkipWhile(line => line != "SEE ALSO").Skip(1).Select(line => line.Trim()).Where(line => line.Length > 0)];

    /// <summary>Its examples, without the blanks in front.</summary>
    public IReadOnlyList<string> Examples
    {
        get
        {
            var examples = new List<List<string>>();
            var isInside = false;
            foreach (var line in _lines)
            {
                var isCode = line.StartsWith(Example, StringComparison.Ordinal) || (isInside && line.Length == 0);
                if (isCode && !isInside)
                {
                    examples.Add([]);
                }

                if (isCode)
                {
                    examples[^1].Add(line.Length == 0 ? line : line[Example.Length..]);
                }

                isInside = isCode;
            }

            return [.. examples.Select(lines => string.Join('\n', lines).TrimEnd())];
        }
    }

    /// <summary>Whether a word stands somewhere, by itself.</summary>
    public bool Has(string word) => Regex.IsMatch(Text, $@"(?<!\w){Regex.Escape(word)}(?!\w)");

    [GeneratedRegex(@"^ {4}\S")]
    private static partial Regex Head();

    [GeneratedRegex(@"^ {6}\S")]
    private static partial Regex Explanation();
}
