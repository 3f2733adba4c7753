using System.Text.RegularExpressions;
using EltPs.Host;
using EltPs.Tests.Support;
using Xunit;

namespace EltPs.Tests.Host;

public sealed class UsageTests
{
    [Theory]
    [InlineData]
    [InlineData("--help")]
    [InlineData("-h")]
    [InlineData("help")]
    [InlineData("/?")]
    public void It_explains_itself(params string[] arguments)
    {
        var result = EltInProcess.Explain(arguments);

        Assert.Equal(0, result.ExitCode);
        Assert.Contains("Usage", result.Output, StringComparison.Ordinal);
        Assert.Contains("Exit codes", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void It_lists_every_cmdlet_with_its_synopsis_within_80_columns()
    {
        var help = CmdletSynopses.Of(ModuleFolder.Find(AppContext.BaseDirectory));
        var exported = ScriptExecutor.RunIn(EltProcess.RepositoryRoot, "(Get-Module EltPs).ExportedCmdlets.Keys").Output.Cast<string>();
        var lines = EltInProcess.Explain().Output.ReplaceLineEndings("\n").Split('\n');
        var text = string.Join(' ', lines.Select(line => line.Trim()));

        Assert.Equal(exported.Order(StringComparer.Ordinal), help.Select(cmdlet => cmdlet.Name).Order(StringComparer.Ordinal));
        Assert.All(lines, line => Assert.InRange(line.Length, 0, 80));
        Assert.All(help, cmdlet => Assert.Matches($@"{cmdlet.Name} +{Regex.Escape(cmdlet.Synopsis)}", text));
    }

    [Theory]
    [InlineData("help", "Invoke-EltPipeline")]
    [InlineData("--help", "Invoke-EltPipeline")]
    [InlineData("Invoke-EltPipeline", "--help")]
    [InlineData("Get-Help Invoke-EltPipeline")]
    public void It_shows_the_help_of_a_cmdlet(params string[] arguments)
    {
        var result = EltInProcess.Explain(arguments);

        Assert.Equal(0, result.ExitCode);
        Assert.Contains("SYNOPSIS", result.Output, StringComparison.Ordinal);
        Assert.Matches(@"SYNTAX\s+Invoke-EltPipeline \[", result.Output);
    }

    [Fact]
    public async Task Its_version_is_the_manifests()
    {
        var manifest = await File.ReadAllTextAsync(
            Path.Combine(EltProcess.RepositoryRoot, "EltPs.psd1"),
            TestContext.Current.CancellationToken);
        var version = Regex.Match(manifest, @"ModuleVersion\s*=\s*'([^']+)'").Groups[1].Value;

        Assert.Equal([version], (await EltProcess.RunAsync("--version")).Lines);
    }
}
