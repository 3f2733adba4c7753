using System.Text.RegularExpressions;
using Xunit;

namespace EltPs.Tests.Reports;

public sealed class ResultsPageTests
{
    private static readonly string Page = RepositoryFile.Text("docs/results.md");

    [Fact]
    public void Its_JSON_is_what_is_written() => Assert.Equal(SampleReport.OfTheDocumentation.Json(), Example("json"));

    [Fact]
    public void Its_XML_is_what_is_written() => Assert.Equal(SampleReport.OfTheDocumentation.JUnit(), Example("xml"));

    private static string Example(string language) =>
        Assert
            .Single(Regex.Matches(Page, $"^```{language}\n(.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline))
            .Groups[1]
            .Value;
}
