using System.Diagnostics;
using System.Management.Automation.Language;
using EltPs.Tests.Host;
using EltPs.Tests.Samples;
using EltPs.Tests.Support;
using Xunit;

namespace EltPs.Tests.Docs;

public sealed class ReadmeTests
{
    // In the order in which a reader comes to them: the examples of a page need what those of the pages before it have done.
    private static readonly string[] PagesThatRun = ["README.md", "docs/step-by-step.md", "docs/how-it-works.md"];

    private const string ChannelsOfNoSession = "userid,sessionid,channel\n1,unknown,Organic\n";

    public static TheoryData<string> Pages => [.. RepositoryPage.All];

    [Fact]
    public async Task Every_example_runs_in_its_order_and_prints_what_the_page_shows()
    {
        using var folder = new TemporaryFolder();
        MauSample.CopyTo(folder.Path);
        using var executor = new ScriptExecutor(folder.Path);
        var shown = 0;
        foreach (var page in PagesThatRun)
        {
            var examples = MarkdownExample.Of(RepositoryPage.PathOf(page)).Where(example => !example.IsParsedOnly).ToList();
            Assert.NotEmpty(examples);
            foreach (var example in examples)
            {
                var place = $"{page}({example.Line})";
                if (example.Shown is null)
                {
                    RunsIn(executor, example, place);
                }
                else
                {
                    await PrintsWhatIsShownAsync(folder.Path, example, place);
                    shown++;
                }
            }
        }

        Assert.True(shown >= 4, $"Only {shown} examples show what they print.");
    }

    [Fact]
    public async Task The_readme_runs_under_dotnet_pwsh()
    {
        using var folder = new TemporaryFolder();
        MauSample.CopyTo(folder.Path);
        var readme = RepositoryPage.Text("README.md");
        var import = readme.Split('\n').Single(line => line.StartsWith("Import-Module ", StringComparison.Ordinal));
        var examples = MarkdownExample.Of(RepositoryPage.PathOf("README.md")).Where(example => !example.IsParsedOnly).ToList();
        var script = Path.Combine(folder.Path, "readme.ps1");
        await File.WriteAllLinesAsync(
            script,
            [
                import,
                $"Set-Location '{folder.Path}'",
                "Copy-Item data/user_session_channel.csv data/whole",
                .. examples.Select(example => $"'== {example.Line}'\n{(example.Fails ? Failing(example.Code) : Shown(example.Code))}"),
            ],
            TestContext.Current.CancellationToken);

        // In the root of the repository, where the import begins and the tool manifest is.
        using var process = Process.Start(PowerShellTool.Start("-Command", $"$ErrorActionPreference = 'Stop'; . '{script}'"))!;
        process.StandardInput.Close();
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.True(process.ExitCode == 0, $"{output}\n{await errors}");
        // What a run in a log tells is not among its results.
        Assert.All(
            (await errors).Split('\n', StringSplitOptions.RemoveEmptyEntries),
            line => Assert.StartsWith("analytics.mau_summary  ", line, StringComparison.Ordinal));
        var printed = output.ReplaceLineEndings("\n").Split("== ", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(examples.Count, printed.Length);
        Assert.All(printed, text => Assert.True(text.TrimEnd().Contains('\n', StringComparison.Ordinal), $"README.md({text}) prints nothing."));
    }

    [Fact]
    public async Task The_readme_begins_with_the_two_commands_of_a_newcomer_and_shows_what_the_first_prints()
    {
        const string Command = "Invoke-EltPipeline -Config samples/mau/mau.psd1";
        var readme = RepositoryPage.Text("README.md");
        var first = readme[(readme.IndexOf("```sh\n", StringComparison.Ordinal) + 6)..];
        Assert.StartsWith($"dotnet run --project src/EltPs.Host -- {Command}\ndotnet test\n```", first, StringComparison.Ordinal);

        using var folder = new TemporaryFolder();
        MauSample.CopyTo(Path.Combine(folder.Path, "samples", "mau"));
        var run = await EltProcess.RunInAsync(folder.Path, Command);

        var shown = first[(first.IndexOf("```text\n", StringComparison.Ordinal) + 8)..];
        Assert.Equal(0, run.ExitCode);
        Assert.Equal(
            ShownText.Comparable(shown[..shown.IndexOf("```", StringComparison.Ordinal)]),
            ShownText.Comparable(run.Output, folder.Path));
    }

    [Fact]
    public void The_readme_is_one_page_that_leads_to_every_other()
    {
        Assert.InRange(RepositoryPage.Text("README.md").Count(character => character == '\n'), 1, 199);

        var links = MarkdownLink.Of(RepositoryPage.PathOf("README.md"))
            .Select(link => link.Split('#')[0])
            .ToHashSet(StringComparer.Ordinal);
        Assert.All(RepositoryPage.All.Except(["README.md"]), page => Assert.Contains(page, links));
    }

    [Fact]
    public void The_examples_that_run_use_every_cmdlet()
    {
        var code = string.Concat(PagesThatRun
            .SelectMany(page => MarkdownExample.Of(RepositoryPage.PathOf(page)))
            .Where(example => !example.IsParsedOnly)
            .Select(example => example.Code));

        Assert.All(HelpTests.Cmdlets, cmdlet => Assert.Contains(cmdlet.Data, code, StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public void Every_example_is_valid_powershell_and_every_link_leads_somewhere(string page)
    {
        var path = RepositoryPage.PathOf(page);
        foreach (var example in MarkdownExample.Of(path))
        {
            _ = Parser.ParseInput(example.Code, out _, out var errors);
            Assert.True(errors.Length == 0, $"{page}({example.Line}): {string.Join('\n', errors.Select(error => error.Message))}");
        }

        foreach (var link in MarkdownLink.Of(path).Where(link => !link.Contains("://", StringComparison.Ordinal)))
        {
            var (file, anchor) = link.Split('#') is [var before, var behind] ? (before, behind) : (link, null);
            var target = file.Length == 0 ? path : Path.Combine(Path.GetDirectoryName(path)!, file);
            Assert.True(File.Exists(target) || Directory.Exists(target), $"{page}: the link to {link} leads nowhere.");
            Assert.True(
                anchor is null || MarkdownLink.Anchors(target).Contains(anchor, StringComparer.Ordinal),
                $"{page}: {link} names no heading of that page.");
        }
    }

    private static string Shown(string code) => $". {{\n{code}\n}} | Out-Host";

    private static string Failing(string code) => $$"""
        Set-Content -Path data/user_session_channel.csv -Value "{{ChannelsOfNoSession}}"
        $failure = try { {{code}} } catch { $_ }
        if (-not $failure) { throw 'It did not fail.' }
        $failure | Out-Host
        Copy-Item data/whole data/user_session_channel.csv
        """;

    private static void RunsIn(ScriptExecutor executor, MarkdownExample example, string place)
    {
        var run = executor.Run(example.Code);

        Assert.True(run.Terminating is null && run.Errors.Count == 0, $"{place}: {run.Terminating}{string.Join('\n', run.Errors)}");
        Assert.True(run.Output.Count > 0 || run.HostText.Length > 0, $"{place} shows nothing.");
    }

    private static async Task PrintsWhatIsShownAsync(string folder, MarkdownExample example, string place)
    {
        // A run fails because none of its sessions has a channel.
        var channels = Path.Combine(folder, "data", "user_session_channel.csv");
        var whole = await File.ReadAllTextAsync(channels, TestContext.Current.CancellationToken);
        if (example.Fails)
        {
            await File.WriteAllTextAsync(channels, ChannelsOfNoSession, TestContext.Current.CancellationToken);
        }

        // The page shows what a terminal does, where a short run leaves its result alone.
        var run = await EltProcess.RunInAsync(folder, $"$InformationPreference = 'Ignore'; {example.Code}");
        await File.WriteAllTextAsync(channels, whole, TestContext.Current.CancellationToken);

        Assert.True(run.ExitCode == (example.Fails ? 1 : 0), $"{place}: exit code {run.ExitCode}\n{run.Errors}");
        Assert.Equal(
            $"{place}\n{ShownText.Comparable(example.Shown!)}",
            $"{place}\n{ShownText.Comparable($"{run.Output.TrimEnd()}\n\n{run.Errors}", folder)}");
    }
}
