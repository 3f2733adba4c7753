using System.Management.Automation.Language;
using System.Reflection;
using EltPs.Tests.Support;
using Xunit;

namespace EltPs.Tests.Docs;

public sealed class ReadmeTests
{
    private static readonly string Root = typeof(ReadmeTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(entry => entry.Key == "RepositoryRoot").Value!;

    private static readonly string[] Cmdlets =
    [
        "Get-EltTable",
        "Invoke-EltCtas",
        "Test-EltRowCount",
        "Switch-EltTable",
        "Invoke-EltPipeline",
        "New-EltPipeline",
        "Test-EltPipeline",
        "Get-EltRun",
        "Get-EltConnection",
        "Test-EltConnection",
        "Export-EltSchedule",
        "Test-EltSchedule",
        "Send-EltSlackAlert",
    ];

    public static TheoryData<string> Pages =>
        [
            "README.md",
            "docs/pipeline-file.md",
            "docs/checking.md",
            "docs/how-it-works.md",
            "docs/snowflake.md",
            "docs/taking-over.md",
            "docs/run-journal.md",
            "docs/alerts.md",
            "docs/reliability.md",
            "docs/schedules.md",
            "docs/schedulers.md",
            "docs/results.md",
            "bench/README.md",
        ];

    [Fact]
    public void Every_example_of_the_readme_runs_in_its_order()
    {
        using var folder = new TemporaryFolder();
        Copy(Path.Combine(Root, "samples", "mau", "mau.psd1"), folder.File("mau.psd1"));
        foreach (var data in Directory.EnumerateFiles(Path.Combine(Root, "samples", "mau", "data")))
        {
            Copy(data, folder.File(Path.Combine("data", Path.GetFileName(data))));
        }

        var examples = MarkdownExample.Of(Path.Combine(Root, "README.md")).Where(example => !example.IsParsedOnly).ToList();
        Assert.True(examples.Count >= 8, $"The README has only {examples.Count} examples that are run.");
        using var executor = new ScriptExecutor(folder.Path);
        foreach (var example in examples)
        {
            var run = executor.Run(example.Code);
            Assert.True(
                run.Terminating is null && run.Errors.Count == 0,
                $"README.md({example.Line}): {run.Terminating}{string.Join('\n', run.Errors)}");
            Assert.True(run.Output.Count > 0 || run.HostText.Length > 0, $"README.md({example.Line}) shows nothing.");
        }
    }

    [Fact]
    public void The_readme_begins_with_the_two_commands_of_a_newcomer()
    {
        var readme = File.ReadAllText(Path.Combine(Root, "README.md")).ReplaceLineEndings("\n");
        var first = readme[(readme.IndexOf("```sh\n", StringComparison.Ordinal) + 6)..];
        Assert.StartsWith(
            "dotnet run --project src/EltPs.Host -- Invoke-EltPipeline -Config samples/mau/mau.psd1\ndotnet test\n```",
            first,
            StringComparison.Ordinal);
    }

    [Fact]
    public void The_readme_uses_every_cmdlet()
    {
        var code = string.Concat(
            MarkdownExample.Of(Path.Combine(Root, "README.md")).Where(example => !example.IsParsedOnly).Select(example => example.Code));
        Assert.All(Cmdlets, cmdlet => Assert.Contains(cmdlet, code, StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public void Every_example_is_valid_powershell_and_every_link_leads_somewhere(string page)
    {
        var path = Path.Combine(Root, page);
        foreach (var example in MarkdownExample.Of(path))
        {
            _ = Parser.ParseInput(example.Code, out _, out var errors);
            Assert.True(errors.Length == 0, $"{page}({example.Line}): {string.Join('\n', errors.Select(error => error.Message))}");
        }

        foreach (var link in MarkdownLink.Of(path).Where(link => !link.Contains("://", StringComparison.Ordinal)))
        {
            var target = Path.Combine(Path.GetDirectoryName(path)!, link.Split('#')[0]);
            Assert.True(File.Exists(target) || Directory.Exists(target), $"{page}: the link to {link} leads nowhere.");
        }
    }

    private static void Copy(string from, string to)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(to)!);
        File.Copy(from, to);
    }
}
