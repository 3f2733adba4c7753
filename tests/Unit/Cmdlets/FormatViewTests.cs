using System.Text.RegularExpressions;
using EltPs.Tests.Host;
using Xunit;

namespace EltPs.Tests.Cmdlets;

public sealed partial class FormatViewTests : IDisposable
{
    private readonly Job _job = new(
        ("t", "SELECT range AS n FROM range(1200)"),
        ("empty", "SELECT 1 AS n WHERE false"),
        ("later", "SELECT 1 AS n"));

    public void Dispose() => _job.Dispose();

    [Fact]
    public void A_run_is_a_short_header_and_a_table_of_its_tables() => Assert.Equal(
        """
        job  Failed  duckdb (DuckDb)  T.TTT s  run RUN

          Table            Status      Rows    Stage    Check  Publish
          analytics.t      Published  1,200  T.TTT s  T.TTT s  T.TTT s
          analytics.empty  Failed            T.TTT s
          analytics.later  Skipped

          To resume: Invoke-EltPipeline -Config 'FOLDER/job.psd1' -Resume
        """.ReplaceLineEndings("\n"),
            Shown("Invoke-EltPipeline job.psd1")
                .Replace(_job.Folder.Replace("'", "''", StringComparison.Ordinal), "FOLDER", StringComparison.Ordinal)
                .Replace('\\', '/'));

    [Fact]
    public void A_run_that_had_nothing_to_do_says_why() =>
        Assert.Equal(
            "job  NothingToDo  duckdb (DuckDb)  T.TTT s  run RUN\n\n  job: there is no run to resume: the last one succeeded, or there was "
                + "none.",
            Shown("Invoke-EltPipeline job.psd1 -Resume"));

    [Fact]
    public void A_table_of_a_file_is_one_line() => Assert.Equal(
        """
           Pipeline: job

        Table       MinimumRows Connection      Tags
        -----       ----------- ----------      ----
        analytics.t           1 duckdb (DuckDb)
        """.ReplaceLineEndings("\n"),
        Shown("Get-EltTable job.psd1 -Table t"));

    [Fact]
    public void A_new_file_says_what_comes_next()
    {
        var lines = Shown("New-EltPipeline sales").Split('\n');

        Assert.EndsWith("sales.psd1", lines[0], StringComparison.Ordinal);
        Assert.Equal(
            ["  It runs as it is. Next: edit the two lines behind (1) and (2), then Test-EltPipeline, then Invoke-EltPipeline."],
            lines[2..]);
    }

    [Fact]
    public void A_schedule_is_its_files_one_a_line_and_no_command_that_the_screen_would_break()
    {
        var lines = Shown("$null = New-EltPipeline sales; Export-EltSchedule sales.psd1 Jenkinsfile").Split('\n');

        Assert.Equal("sales  Jenkinsfile", lines[0]);
        Assert.EndsWith("sales.Jenkinsfile", lines[2], StringComparison.Ordinal);
        Assert.Equal("  To install: see the first lines of sales.Jenkinsfile, or Install of this object.", lines[^1]);
    }

    [Theory]
    [InlineData("Invoke-EltCtas", "analytics.t  staged  T.TTT s  as analytics.temp_t")]
    [InlineData("Invoke-EltCtas | Test-EltRowCount", "analytics.t  checked  1,200 rows  T.TTT s")]
    [InlineData(
        "Invoke-EltCtas | Test-EltRowCount | Switch-EltTable",
        "analytics.t  published  1,200 rows  T.TTT s  for the first time")]
    public void The_object_of_each_step_is_one_line(string steps, string line) =>
        Assert.Equal(line, Shown($"Get-EltTable job.psd1 -Table t | {steps}"));

    private string Shown(string script)
    {
        var shown = EltInProcess.RunIn(_job.Folder, script).Output.ReplaceLineEndings("\n");
        shown = Seconds().Replace(RunId().Replace(shown, "RUN"), "T.TTT s");
        return string.Join('\n', shown.Split('\n').Select(line => line.TrimEnd())).Trim('\n');
    }

    [GeneratedRegex(@"\d\.\d{3} s")]
    private static partial Regex Seconds();

    [GeneratedRegex("[0-9]{8}T[0-9]{6}Z-[0-9a-f]{6}")]
    private static partial Regex RunId();
}
