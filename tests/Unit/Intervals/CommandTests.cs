using System.Globalization;
using EltPs.Engine.Events;
using EltPs.Engine.Runs;
using EltPs.Host;
using EltPs.Tests.Cmdlets;
using EltPs.Tests.Host;
using Xunit;

namespace EltPs.Tests.Intervals;

public sealed class CommandTests
{
    private const string Daily = "; Schedule = '@daily'; StartDate = '2025-01-10'";

    [Theory]
    [InlineData("-LogicalDate 2025-01-10")]
    [InlineData("-LogicalDate '2025-01-10 00:00 +00:00'")]
    [InlineData("-LogicalDate ([datetime]'2025-01-10')")]
    [InlineData("-LogicalDate ([datetimeoffset]'2025-01-10 05:00 +05:00')")]
    [InlineData("-From 2025-01-10 -To ([datetime]::new(2025, 1, 10))")]
    public void A_date_can_be_text_or_what_powershell_calls_a_date(string arguments)
    {
        using var job = new Job(Daily, [("t", IntervalJob.Sql)]);

        var result = job.Run($"Invoke-EltPipeline job.psd1 {arguments}").Single<RunResult>();

        Assert.Equal("2025-01-10 00:00 to 2025-01-11 00:00 (UTC)", result.Interval!.ToString());
        Assert.Equal(["2025-01-10"], job.Database.Rows("SELECT ds FROM analytics.t"));
    }

    [Theory]
    [InlineData("-LogicalDate 2025-01-10", "2025-01-10")]
    [InlineData("-LogicalDate ([datetime]'2025-01-11')", "2025-01-11")]
    public void Single_steps_have_the_date_and_the_variables_that_their_tables_were_read_with(string arguments, string day)
    {
        using var job = new Job(
            Daily + "; Variables = @{ word = 'file' }",
            [("t", "SELECT '{{ ds }}' AS ds, {{ data_interval_end }} > {{ data_interval_start }} AS later, {{ word }} AS word")]);

        job.Run($"Get-EltTable job.psd1 {arguments} -Variable @{{ word = \"it's\" }} | Invoke-EltCtas | Test-EltRowCount | Switch-EltTable")
            .Succeeded();

        Assert.Equal([$"{day}|True|it's"], job.Database.Rows("SELECT * FROM analytics.t"));
    }

    [Fact]
    public void Single_steps_without_a_date_are_for_the_interval_of_a_run_by_hand()
    {
        using var job = new Job(
            Daily,
            [
                ("t", "SELECT '{{ ds }}' AS ds, '{{ data_interval_end }}' AS until"),
                ("run", "SELECT '{{ ds }}' AS ds, '{{ data_interval_end }}' AS until"),
            ]);

        job.Run(
                "Invoke-EltPipeline job.psd1 -Table run; Get-EltTable job.psd1 -Table t | Invoke-EltCtas | Test-EltRowCount | "
                    + "Switch-EltTable")
            .Succeeded();

        Assert.Equal(job.Database.Rows("SELECT * FROM analytics.run"), job.Database.Rows("SELECT * FROM analytics.t"));
    }

    [Fact]
    public void A_date_that_names_no_interval_gives_no_tables()
    {
        using var job = new Job(Daily, [("t", "SELECT 1 AS n")]);

        job.Run("Get-EltTable job.psd1 -LogicalDate 2199-01-01 | Invoke-EltCtas")
            .FailedWith("EltInvalidInterval,EltPs.Commands.GetEltTableCommand");

        Assert.Empty(job.Database.Names());
    }

    [Fact]
    public void A_range_writes_each_result_and_shows_it_as_progress()
    {
        using var job = new Job(Daily, [("t", IntervalJob.Sql)]);

        var run = job.Run("Invoke-EltPipeline job.psd1 -From 2025-01-10 -To 2025-01-12 -Verbose").Succeeded();

        Assert.Equal([10, 11, 12], run.Output.Cast<RunResult>().Select(result => result.LogicalDate!.Value.Day));
        Assert.Contains("job: interval 2025-01-11 00:00 to 2025-01-12 00:00 (UTC)", run.Verbose);
    }

    [Theory]
    [InlineData("-Scheduled -LogicalDate 2025-01-10", "-Scheduled finds the intervals")]
    [InlineData("-Scheduled -From 2025-01-10", "-Scheduled finds the intervals")]
    [InlineData("-Scheduled -Table t", "-Scheduled runs whole pipelines")]
    [InlineData("-Scheduled -StartAt t", "-Scheduled runs whole pipelines")]
    [InlineData("-LogicalDate 2025-01-10 -To 2025-01-11", "-LogicalDate is one interval")]
    [InlineData("-From 2025-01-10 -StartAt t", "-StartAt is for one run")]
    [InlineData("-StartAt t -Tag x", "give the one or the other")]
    [InlineData("-Resume -LogicalDate 2025-01-10", "-Resume continues the last run as it was")]
    [InlineData("-Resume -Scheduled", "-Resume continues the last run as it was")]
    [InlineData("-Resume -Tag x", "-Resume continues the last run as it was")]
    public void Parameters_that_do_not_go_together_are_refused_before_anything_is_done(string arguments, string message)
    {
        using var job = new Job(Daily, [("t", "SELECT 1 AS n")]);
        var before = job.Snapshot();

        var error = job.Run($"Invoke-EltPipeline job.psd1 {arguments}")
            .FailedWith("ParameterBindingFailed,EltPs.Commands.InvokeEltPipelineCommand");

        Assert.Contains(message, error.Exception.Message, StringComparison.Ordinal);
        Assert.Equal(2, ExitCode.For(error));
        Assert.Equal(before, job.Snapshot());
    }

    [Fact]
    public void A_range_without_its_beginning_is_refused()
    {
        using var job = new Job(Daily, [("t", "SELECT 1 AS n")]);

        var error = job.Run("Invoke-EltPipeline job.psd1 -To 2025-01-11")
            .FailedWith("MissingMandatoryParameter,EltPs.Commands.InvokeEltPipelineCommand");

        Assert.Contains("From", error.Exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void WhatIf_lists_the_intervals_and_the_statements_of_the_first_and_changes_nothing()
    {
        using var job = new Job(Daily, [("t", IntervalJob.Sql)]);
        var before = job.Snapshot();

        var run = job.Run("Invoke-EltPipeline job.psd1 -From 2025-01-10 -To 2025-01-12 -WhatIf").Succeeded();

        Assert.Empty(run.Output);
        Assert.Equal(
            ["2025-01-10 00:00 to 2025-01-11 00:00", "2025-01-11 00:00 to 2025-01-12 00:00", "2025-01-12 00:00 to 2025-01-13 00:00"],
            run.HostText.Split('\n')
                .Where(line => line.Contains("for the interval", StringComparison.Ordinal))
                .Select(line => line.Split("interval ")[1].Split(" (UTC)")[0]));
        Assert.Contains(
            "SELECT '2025-01-10' AS ds, CAST('2025-01-11T00:00:00+00:00' AS TIMESTAMPTZ) AS until",
            run.HostText,
            StringComparison.Ordinal);
        Assert.Equal(before, job.Snapshot());
    }

    [Fact]
    public void A_scheduled_start_of_a_pipeline_that_has_ended_says_so_and_is_a_success()
    {
        using var job = new Job(
            "; Schedule = '@daily'; StartDate = '2025-01-10'; EndDate = '2025-01-11'; Catchup = $true",
            [("t", IntervalJob.Sql)]);
        job.Run("Invoke-EltPipeline job.psd1 -LogicalDate 2025-01-10").Succeeded();
        job.Run("Invoke-EltPipeline job.psd1 -Scheduled").Succeeded();

        var result = job.Run("Invoke-EltPipeline job.psd1 -Scheduled").Single<RunResult>();

        Assert.Equal((RunStatus.NothingToDo, true), (result.Status, result.IsSuccess));
        Assert.Contains("the pipeline has ended", result.Message, StringComparison.Ordinal);
        Assert.Equal(["2025-01-11"], job.Database.Rows("SELECT ds FROM analytics.t"));
    }

    [Fact]
    public void WhatIf_of_a_resumed_range_shows_the_rest_of_the_first_interval_and_all_of_the_next()
    {
        using var job = new Job(Daily, [("a", "SELECT '{{ ds }}' AS a"), ("b", "SELECT '{{ ds }}' AS b WHERE false")]);
        job.Run("Invoke-EltPipeline job.psd1 -From 2025-01-10 -To 2025-01-11")
            .FailedWith("EltTooFewRows,EltPs.Commands.InvokeEltPipelineCommand");
        job.Write(("a", "SELECT '{{ ds }}' AS a"), ("b", "SELECT '{{ ds }}' AS b"));

        var run = job.Run("Invoke-EltPipeline job.psd1 -Resume -WhatIf").Succeeded();

        Assert.DoesNotContain("SELECT '2025-01-10' AS a", run.HostText, StringComparison.Ordinal);
        Assert.Contains("SELECT '2025-01-10' AS b", run.HostText, StringComparison.Ordinal);
        Assert.Contains("SELECT '2025-01-11' AS a", run.HostText, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "Build and publish analytics.t for the interval 2025-01-1{0} 00:00 to 2025-01-1{1} 00:00 (UTC)?")]
    [InlineData(
        "; PublishTogether = $true",
        "Build all 1 tables, and publish them together for the interval 2025-01-1{0} 00:00 to 2025-01-1{1} 00:00 (UTC)?")]
    public void Confirm_says_for_which_interval(string keys, string question)
    {
        using var job = new Job(Daily + keys, [("t", "SELECT 1 AS n")]);
        using var session = job.Session();
        session.Answers.Enqueue(0);
        session.Answers.Enqueue(0);

        session.Run("Invoke-EltPipeline job.psd1 -From 2025-01-10 -To 2025-01-11 -Confirm").Succeeded();

        Assert.Equal(
            [string.Format(CultureInfo.InvariantCulture, question, 0, 1), string.Format(CultureInfo.InvariantCulture, question, 1, 2)],
            session.Questions.Select(asked => asked.Split('\n')[^1]));
    }

    [Theory]
    [InlineData("./dev.duckdb")]
    [InlineData("([IO.Path]::Combine($pwd.ProviderPath, 'dev.duckdb'))")]
    [InlineData("@{ Type = 'DuckDb'; Path = 'dev.duckdb' }")]
    public void A_database_file_is_the_same_however_its_path_is_written(string connection)
    {
        using var job = new Job("; Schedule = '@yearly'", [("t", "SELECT 1 AS n"), ("u", "SELECT 1 AS n WHERE false")]);
        job.Run("Invoke-EltPipeline job.psd1 -Scheduled -Connection dev.duckdb")
            .FailedWith("EltTooFewRows,EltPs.Commands.InvokeEltPipelineCommand");
        job.Write(("t", "SELECT 1 AS n"), ("u", "SELECT 1 AS n"));

        var resumed = job.Run($"Invoke-EltPipeline job.psd1 -Resume -Connection {connection}").Single<RunResult>();

        Assert.Equal([TableStatus.UpToDate, TableStatus.Published], resumed.Tables.Select(table => table.Status));
        Assert.Contains(
            "already succeeded",
            job.Run("Invoke-EltPipeline job.psd1 -Scheduled -Connection dev.duckdb").Single<RunResult>().Message,
            StringComparison.Ordinal);
        Assert.Contains(
            "already succeeded",
            job.Run($"Invoke-EltPipeline job.psd1 -Scheduled -Connection {connection}").Single<RunResult>().Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_warning_that_is_the_same_for_each_interval_is_given_once()
    {
        using var job = new Job(Daily, [("t", IntervalJob.Sql)]);
        Directory.CreateDirectory(job.State.FullPath);
        File.WriteAllText(job.State.PathOf("runs"), "where a folder should be");

        var run = job.Run("Invoke-EltPipeline job.psd1 -From 2025-01-10 -To 2025-01-12").Succeeded();

        Assert.Equal(3, run.Output.Count);
        Assert.Contains("is not complete", Assert.Single(run.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void The_exit_code_of_several_files_is_that_of_the_worst()
    {
        using var job = new Job(("t", "SELECT 1 AS n WHERE false"));
        job.Write("a-fails", ("t", "SELECT 1 AS n WHERE false"));
        job.Write("b-works", ("t", "SELECT 1 AS n"));
        job.WriteText("c-invalid.psd1", "@{ Nmae = 'x' }");

        var worst = EltInProcess.RunIn(job.Folder, "Invoke-EltPipeline", "[abc]-*.psd1");
        var invalid = EltInProcess.RunIn(job.Folder, "Invoke-EltPipeline", "[bc]-*.psd1");

        Assert.Equal((1, 2), (worst.ExitCode, invalid.ExitCode));
        Assert.Contains("b-works  Succeeded", worst.Output, StringComparison.Ordinal);
    }
}
