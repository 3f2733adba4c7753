using System.Text.RegularExpressions;
using EltPs.Tests.Host;
using Xunit;

namespace EltPs.Tests.Engine;

/// <summary>The engine and the warehouses name no cmdlet and no parameter: they say what helps, and the cmdlets word it.</summary>
public sealed partial class AdviceIsDataTests
{
    // They write commands to paste and files that start the pipeline, and nothing else.
    private static readonly string[] CommandWriters = ["ResumeLine.cs", "ResumeCommand.cs"];
    private static readonly string CommandWritersRoom = Path.Combine("EltPs.Engine", "Schedulers");

    [Theory]
    [InlineData("EltPs.Engine")]
    [InlineData("EltPs.Warehouses")]
    public void No_text_names_a_cmdlet_or_a_parameter(string assembly)
    {
        var root = Path.Combine(EltProcess.RepositoryRoot, "src");
        var lines =
            from path in Directory.EnumerateFiles(Path.Combine(root, assembly), "*.cs", SearchOption.AllDirectories)
            let name = Path.GetRelativePath(root, path)
            where !name.Split(Path.DirectorySeparatorChar).Contains("obj")
            where !name.StartsWith(CommandWritersRoom, StringComparison.Ordinal) && !CommandWriters.Contains(Path.GetFileName(path))
            from line in File.ReadLines(path).Select((text, index) => (Text: text.Trim(), Place: $"{name}({index + 1})"))
            where !line.Text.StartsWith("//", StringComparison.Ordinal)
            where Cmdlet().IsMatch(line.Text) || Literal().Matches(line.Text).Any(text => Parameter().IsMatch(text.Value))
            select $"{line.Place}: {line.Text}";

        Assert.Empty(lines);
    }

    [GeneratedRegex("[A-Z][a-z]+-Elt[A-Z]")]
    private static partial Regex Cmdlet();

    [GeneratedRegex("""
        "(?:[^"\\]|\\.)*"
        """)]
    private static partial Regex Literal();

    [GeneratedRegex("""["\s(]-[A-Z][a-z]""")]
    private static partial Regex Parameter();
}
