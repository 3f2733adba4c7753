using System.Text.RegularExpressions;
using Xunit;

namespace EltPs.Tests.House;

/// <summary>The engine and the warehouses name no cmdlet and no parameter: they say what helps, and the cmdlets word it.</summary>
public sealed partial class AdviceIsDataTests
{
    // They write commands to paste and files that start the pipeline, and nothing else.
    private static readonly string[] CommandWriters = ["Journal/Resume/ResumeCommand.cs", "Schedulers/"];

    [Theory]
    [InlineData("EltPs.Engine")]
    [InlineData("EltPs.Warehouses")]
    public void No_text_names_a_cmdlet_or_a_parameter(string assembly)
    {
        var lines =
            from file in Sources.Of(assembly)
            where !CommandWriters.Any(writer => file.Path.StartsWith(writer, StringComparison.Ordinal))
            from line in file.Text.Split('\n').Select((text, index) => (Text: text.Trim(), Number: index + 1))
            where !line.Text.StartsWith("//", StringComparison.Ordinal)
            where Cmdlet().IsMatch(line.Text) || Literal().Matches(line.Text).Any(text => Parameter().IsMatch(text.Value))
            select $"{file.Path}({line.Number}): {line.Text}";

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
