using System.Diagnostics;
using System.Globalization;
using EltPs.Tests.Host;
using EltPs.Tests.Support;
using Xunit;

namespace EltPs.Tests.Cmdlets;

/// <summary>What a scheduler sees of a run: the exit code of elt.</summary>
[Collection(Alone.Name)]
public sealed class ProcessTests
{
    [Fact]
    public void A_run_that_publishes_everything_ends_with_0()
    {
        using var job = new Job(("t", "SELECT 1 AS n"));

        var result = EltInProcess.RunIn(job.Folder, "Invoke-EltPipeline", "-Config", "job.psd1");

        Assert.True(result.ExitCode == 0, result.Errors);
        Assert.Equal(["1"], job.Database.Rows("SELECT n FROM analytics.t"));
    }

    [Fact]
    public async Task A_failed_check_ends_with_1_and_its_message_on_standard_error()
    {
        using var job = new Job(("t", "SELECT 1 AS n WHERE false"));

        var result = await EltProcess.RunInAsync(job.Folder, "Invoke-EltPipeline", "-Config", "job.psd1");

        Assert.Equal(1, result.ExitCode);
        Assert.Contains(
            "analytics.t: check failed: 0 rows in analytics.temp_t, at least 1 expected.",
            result.Errors,
            StringComparison.Ordinal);
        Assert.Contains("Failed", result.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("@{ Name = 'job'; Tabels = @() }", "bad.psd1(1,")]
    [InlineData("@{ Name = 'job'; Tables = @(@{ Schema = 'a'; Table = 't'; Sql = $(Get-Date) }) }", "bad.psd1(1,")]
    [InlineData("@{ Name = ", "bad.psd1(1,")]
    [InlineData("", "bad.psd1: The file is empty.")]
    public void A_bad_file_ends_with_2_and_the_place_of_the_complaint(string text, string place)
    {
        using var job = new Job();
        job.WriteText("bad.psd1", text);

        var result = EltInProcess.RunIn(job.Folder, "Invoke-EltPipeline", "-Config", "bad.psd1");

        Assert.Equal(2, result.ExitCode);
        Assert.Contains(place, result.Errors, StringComparison.Ordinal);
        Assert.Equal("", result.Output);
    }

    [Theory]
    [InlineData("missing.psd1")]
    [InlineData("missing*.psd1")]
    public void A_file_that_is_not_there_ends_with_2(string path)
    {
        using var job = new Job();

        Assert.Equal(2, EltInProcess.RunIn(job.Folder, "Invoke-EltPipeline", "-Config", path).ExitCode);
    }

    [Fact]
    public async Task A_database_that_another_process_holds_ends_with_3_and_names_the_process()
    {
        using var job = new Job(("first", "SELECT 1 AS n"), ("endless", LongQuery.Sql));
        LongQuery.Prepare(job.Database);
        job.Write("other", ("t", "SELECT 1 AS n"));
        using var holder = EltProcess.Start(job.Folder, "Get-EltTable job.psd1 | Invoke-EltCtas | ForEach-Object { \"$_ is staged\" }");
        Assert.Equal("analytics.first is staged", await holder.LineAsync());

        var result = await EltProcess.RunInAsync(job.Folder, "Invoke-EltPipeline", "other.psd1", "-Connection", "job.duckdb");

        Assert.Equal(3, result.ExitCode);
        Assert.Contains(holder.Id.ToString(CultureInfo.InvariantCulture), result.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    public async Task A_signal_interrupts_a_long_statement_ends_with_130_and_leaves_no_trace(string signal)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no kill command.");
        using var job = new Job(("first", "SELECT 1 AS n"), ("endless", LongQuery.Sql));
        LongQuery.Prepare(job.Database);
        using var elt = EltProcess.Start(job.Folder, "Invoke-EltPipeline job.psd1 -Verbose 4>&1 | ForEach-Object { \"$_\" }");
        while (await elt.LineAsync() is { } line && !line.StartsWith("analytics.first: publish done", StringComparison.Ordinal))
        {
            // The next statement is the endless one.
        }

        var stopwatch = Stopwatch.StartNew();
        await elt.SignalAsync(signal);
        var result = await elt.EndAsync();

        Assert.Equal(130, result.ExitCode);
        Assert.InRange(stopwatch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(1.5));
        var config = Path.Combine(job.Folder, "job.psd1").Replace("'", "''", StringComparison.Ordinal);
        Assert.Contains(
            $"""
            WARNING: job: cancelled while building analytics.endless.
            Published: 1 of 2 (analytics.first).
            Not published: 1 (analytics.endless).
            To resume: Invoke-EltPipeline -Config '{config}' -Resume
            """.ReplaceLineEndings("\n"),
            result.Errors.ReplaceLineEndings("\n"),
            StringComparison.Ordinal);
        Assert.Equal(["analytics.first", LongQuery.Source], job.Database.Names());

        job.Write(("first", "SELECT 2 AS n"), ("endless", "SELECT 3 AS n"));
        job.Run("Invoke-EltPipeline job.psd1").Succeeded();
        Assert.Equal(["2|3"], job.Database.Rows("SELECT a.n, b.n FROM analytics.first a, analytics.endless b"));
    }
}
