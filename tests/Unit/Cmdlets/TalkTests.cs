using System.Management.Automation;
using EltPs.Tests.Host;
using EltPs.Tests.Support;
using Xunit;

namespace EltPs.Tests.Cmdlets;

/// <summary>The lines of a run, and which stream has which statements.</summary>
public sealed class TalkTests : IDisposable
{
    // What a process of a scheduler says of itself: nobody sees a bar.
    private const string InALog = "$Host.PrivateData.IsTerminal = $false; ";
    private const string Run = "Invoke-EltPipeline job.psd1";

    private readonly Job _job = new(("first", "SELECT 1 AS n"), ("mau_summary", "SELECT range AS n FROM range(12)"));

    public void Dispose() => _job.Dispose();

    [Fact]
    public void A_log_gets_a_line_for_each_finished_table()
    {
        Assert.Equal(
            ["analytics.first        published 1 row (new)", "analytics.mau_summary  published 12 rows (new)"],
            Lines(_job.Run(InALog + Run)));

        _job.Write(("first", "SELECT 1 AS n"), ("mau_summary", "SELECT range AS n FROM range(13)"));
        Assert.Equal(
            ["analytics.first        published 1 row (was 1)", "analytics.mau_summary  published 13 rows (was 12)"],
            Lines(_job.Run(InALog + Run)));
    }

    [Fact]
    public void What_was_published_before_is_told_only_if_it_was_counted()
    {
        _job.Database.Execute("CREATE SCHEMA analytics; CREATE TABLE analytics.first AS SELECT 1 AS n");
        Assert.Equal("analytics.first        published 1 row", Lines(_job.Run(InALog + Run))[0]);

        File.Delete(_job.State.PathOf("published.jsonl"));
        Assert.Equal(
            ["analytics.first        published 1 row", "analytics.mau_summary  published 12 rows"], Lines(_job.Run(InALog + Run)));
    }

    [Fact]
    public void Tables_that_nothing_was_done_with_are_one_line()
    {
        _job.Write([("bad", "SELECT 1 AS n WHERE false"), .. Enumerable.Range(0, 7).Select(index => ($"t{index}", "SELECT 1 AS n"))]);

        Assert.Equal(
            ["analytics.bad  failed while checking", "7 tables       skipped: analytics.t0, analytics.t1, analytics.t2 and 4 more"],
            Lines(_job.Run($"{InALog}{Run} -ErrorAction SilentlyContinue")));

        _job.Write([("a", "SELECT 1 AS n"), ("b", "SELECT 1 AS n"), ("bad", "SELECT nonsense")]);
        _job.Run($"{Run} -ErrorAction SilentlyContinue");
        Assert.Equal(
            ["2 tables       up to date: analytics.a, analytics.b", "analytics.bad  failed while building"],
            Lines(_job.Run($"{InALog}{Run} -Resume -ErrorAction SilentlyContinue")));
    }

    [Fact]
    public void The_lines_are_for_the_host_and_not_among_the_objects()
    {
        var run = _job.Run($"{InALog}$run = {Run}; $run.Status").Succeeded();

        Assert.Equal(["Succeeded"], run.Output.Select(item => item.ToString()));
        Assert.Contains("analytics.first        published 1 row (new)  ", run.HostText, StringComparison.Ordinal);
        Assert.All(run.Information, record => Assert.Equal(["PSHOST", "EltPs"], record.Tags));
        Assert.All(run.Information, record => Assert.Equal("Invoke-EltPipeline", record.Source));
    }

    [Theory]
    [InlineData($"{Run} -InformationAction Ignore")]
    [InlineData($"$InformationPreference = 'Ignore'; {Run}")]
    [InlineData($"{Run} 6>$null")]
    public void Who_wants_no_lines_says_so_as_everywhere_in_PowerShell(string script) =>
        Assert.Empty(_job.Run(InALog + script).Succeeded().HostText);

    [Fact]
    public void A_script_tells_the_lines_by_their_tag()
    {
        var run = _job.Run($"{InALog}{Run} -InformationVariable lines | Out-Null; $lines.Where{{ $_.Tags -contains 'EltPs' }}.Count");

        Assert.Equal([2], run.Succeeded().Output);
    }

    [Fact]
    public void Verbose_has_the_statements_of_the_tables_and_debug_those_of_the_catalog()
    {
        var run = _job.Run($"{Run}; {Run} -Verbose -Debug").Succeeded();

        var verbose = run.Verbose.Where(line => char.IsAsciiDigit(line[0])).Select(line => line.Split(": ", 2)[1].Split(' ')[0]).Distinct();
        Assert.Equal(["CREATE", "SELECT", "ALTER"], verbose);
        Assert.All(run.Verbose, line => Assert.DoesNotContain("duckdb_", line, StringComparison.Ordinal));
        string[] ofTheCatalog = ["BEGIN TRANSACTION", "COMMIT", "COMMENT ON TABLE", "duckdb_tables()"];
        Assert.All(ofTheCatalog, text => Assert.Contains(run.Debug, line => line.Contains(text, StringComparison.Ordinal)));
        Assert.All(run.Debug, line => Assert.Matches(@"^\d+\.\d{3} s: ", line));
    }

    [Fact]
    public void Without_debug_the_catalog_is_silent() => Assert.Empty(_job.Run($"{Run} -Verbose").Succeeded().Debug);

    [Fact]
    public void The_results_of_elt_are_alone_on_standard_output()
    {
        var result = EltInProcess.RunIn(_job.Folder, $"$run = {Run}; $Host.UI.WriteLine('shown'); $run.Status");

        Assert.Equal("shown\nSucceeded\n", result.Output.ReplaceLineEndings("\n"));
        Assert.Contains("analytics.mau_summary  published 12 rows (new)", result.Errors, StringComparison.Ordinal);
    }

    // Without signs of life, which come when the machine is slow.
    private static IReadOnlyList<string> Lines(ScriptRun run) =>
    [
        .. run.Information
            .Select(record => ((HostInformationMessage)record.MessageData).Message)
            .Where(line => !line.StartsWith("job: ", StringComparison.Ordinal))
            .Select(WithoutTime),
    ];

    private static string WithoutTime(string line)
    {
        var end = line.LastIndexOf("  ", StringComparison.Ordinal);
        return line.EndsWith(" s", StringComparison.Ordinal) ? line[..end] : line;
    }
}
