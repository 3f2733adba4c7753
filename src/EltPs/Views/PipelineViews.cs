using EltPs.Validation;

namespace EltPs.Views;

/// <summary>A pipeline file that was written, and what a test of one found.</summary>
internal static class PipelineViews
{
    /// <summary>What New-EltPipeline calls the file that it wrote.</summary>
    public const string NewFile = "EltPs.PipelineFile";

    private const int SeverityWidth = 11;

    public static IEnumerable<string> Written(ViewedObject file, Screen screen) =>
        [
            file.Text("FullName") ?? file.ToString(),
            string.Empty,
            .. ViewText.Wrap(
                "It runs as it is. Next: edit the two lines behind (1) and (2), then Test-EltPipeline, then Invoke-EltPipeline.",
                screen,
                "  ",
                "  "),
            string.Empty,
        ];

    public static IEnumerable<string> Tested(ViewedObject test, Screen screen)
    {
        var isValid = test.Is(nameof(PipelineTestResult.IsValid));
        var verdict = isValid ? "Valid" : "Not valid";
        var connection = test.Text(nameof(PipelineTestResult.Connection));
        var path = test.Text(nameof(PipelineTestResult.Path)) ?? string.Empty;
        var lines = new List<string>(ViewText.Flow(
            [
                new(test.Text(nameof(PipelineTestResult.Pipeline)) ?? path[(path.LastIndexOfAny(['/', '\\']) + 1)..]),
                new(verdict, screen.Status(isValid ? "Valid" : "NotValid", verdict)),
                new(connection ?? string.Empty),
                new(connection is null ? string.Empty : ViewText.Count(test.Count(nameof(PipelineTestResult.Tables)) ?? 0, "table")),
            ],
            screen));
        var findings = test.Items(nameof(PipelineTestResult.Findings));
        if (findings.Count > 0)
        {
            lines.Add(string.Empty);
        }

        lines.AddRange(findings.SelectMany(finding => Lines(finding, screen)));
        return lines.Append(string.Empty);
    }

    public static IEnumerable<string> Found(ViewedObject finding, Screen screen) => Lines(finding, screen);

    private static List<string> Lines(ViewedObject finding, Screen screen)
    {
        var severity = finding.Text(nameof(PipelineFinding.Severity)) ?? string.Empty;
        var shown = (severity == "NotChecked" ? "Not checked" : severity).PadRight(SeverityWidth);
        var place = finding.Text(nameof(PipelineFinding.Location)) is { } location ? $"{location}: " : string.Empty;
        var indent = new string(' ', 2 + SeverityWidth + 2);
        var words = ViewText.Wrap($"{place}{finding.Text(nameof(PipelineFinding.Message))}", screen, indent, indent).ToList();
        words[0] = $"  {screen.Status(severity, shown)}  {words[0].TrimStart()}";
        return words;
    }
}
