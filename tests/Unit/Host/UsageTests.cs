using System.Text.RegularExpressions;
using Xunit;

namespace EltPs.Tests.Host;

public sealed class UsageTests
{
    [Theory]
    [InlineData]
    [InlineData("--help")]
    [InlineData("-h")]
    [InlineData("/?")]
    public void It_explains_itself(params string[] arguments)
    {
        var result = EltInProcess.Explain(arguments);

        Assert.Equal(0, result.ExitCode);
        Assert.Contains("Usage", result.Output, StringComparison.Ordinal);
        Assert.Contains("Exit codes", result.Output, StringComparison.Ordinal);
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
