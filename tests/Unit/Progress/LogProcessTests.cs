using System.Text.RegularExpressions;
using EltPs.Tests.Cmdlets;
using EltPs.Tests.Host;
using EltPs.Tests.Support;
using Xunit;

namespace EltPs.Tests.Progress;

/// <summary>What the log of a real process tells while a statement takes its time.</summary>
public sealed class LogProcessTests
{
    [Fact]
    public async Task A_statement_of_more_than_ten_seconds_leaves_a_sign_of_life_that_names_the_pipeline()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no kill command.");
        using var job = new Job(("first", "SELECT 1 AS n"), ("waiting", LongQuery.Waiting));
        using var elt = EltProcess.Start(job.Folder, "Invoke-EltPipeline job.psd1 6>&1 | ForEach-Object { \"$_\" }");

        var lines = new List<string?> { await elt.LineAsync(), await elt.LineAsync() };
        await elt.KillAsync();

        Assert.StartsWith("analytics.first    published 1 row (new)", lines[0], StringComparison.Ordinal);
        Assert.Matches(new Regex(@"^job: analytics\.waiting \(2 of 2\): building \d+ s, run \d+ s$"), lines[1]);
    }
}
