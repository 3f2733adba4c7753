using EltPs.Engine.Errors;
using EltPs.Engine.Journal;
using EltPs.Engine.PipelineFiles;
using EltPs.Engine.Scheduling;
using EltPs.Engine.Templates;
using Xunit;

namespace EltPs.Tests.Intervals;

public sealed class BackfillTests
{
    private const string Daily = "Schedule = '@daily'; StartDate = '2025-01-10'; Variables = @{ word = 'file' }";
    private const string FailsOnThe12th =
        "SELECT '{{ ds }}' AS ds, {{ word }} AS word WHERE {{ data_interval_start }} <> TIMESTAMPTZ '2025-01-12 00:00:00+00'";
    private const string Works = "SELECT '{{ ds }}' AS ds, {{ word }} AS word";

    [Fact]
    public async Task A_range_runs_the_oldest_interval_first_and_stops_at_the_first_failure()
    {
        using var job = new IntervalJob(Daily, "2025-01-20 06:00");
        job.Job.Write(("t", FailsOnThe12th));

        Assert.Equal(
            ["01-10 Succeeded", "01-11 Succeeded", "01-12 Failed"],
            await job.StartAsync(RunChoice.Between("2025-01-10", "2025-01-14")));

        Assert.Equal("2025-01-11", job.Published);
    }

    [Fact]
    public async Task A_resume_goes_on_with_the_interval_that_failed_and_what_is_left_of_the_range()
    {
        using var job = new IntervalJob(Daily, "2025-01-20 06:00");
        job.Job.Write(("t", FailsOnThe12th));
        await job.StartAsync(RunChoice.Between("2025-01-10", "2025-01-14"));
        job.Job.Write(("t", Works));

        Assert.Equal(["01-12 Succeeded", "01-13 Succeeded", "01-14 Succeeded"], await job.StartAsync(RunChoice.Latest, resume: true));

        Assert.Contains(job.Warnings, warning => warning.Contains("a newer one is over: 2025-01-19 00:00", StringComparison.Ordinal));
        Assert.DoesNotContain(job.Warnings, warning => warning.Contains("no run to resume", StringComparison.Ordinal));
        Assert.Contains("NothingToDo", Assert.Single(await job.StartAsync(RunChoice.Latest, resume: true)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_range_that_ended_between_two_intervals_goes_on_with_the_next_one()
    {
        using var job = new IntervalJob(Daily, "2025-01-20 06:00");
        job.Job.Write(("t", FailsOnThe12th));
        await job.StartAsync(RunChoice.Between("2025-01-10", "2025-01-14"));

        // As a process leaves it that was killed when the run of the 11th was over.
        var journals = new RunHistory(job.Job.State).Read(out _);
        File.Delete(journals[0].JournalPath);
        job.Job.Write(("t", Works));

        Assert.Equal(["01-12 Succeeded", "01-13 Succeeded", "01-14 Succeeded"], await job.StartAsync(RunChoice.Latest, resume: true));
    }

    [Fact]
    public async Task A_resume_keeps_the_variables_that_were_given_and_the_tables_that_were_chosen()
    {
        using var job = new IntervalJob(Daily, "2025-01-20 06:00");
        job.Job.Write(("t", FailsOnThe12th), ("other", "SELECT 1 AS n"));
        await job.StartAsync(RunChoice.Between("2025-01-12", "2025-01-13"), change: static pipeline =>
            VariableOverride.Apply(
                pipeline with
                {
                    Tables = [pipeline.Tables[0]],
                    IsSelection = true,
                },
                [KeyValuePair.Create("word", (object?)"it's given")]));
        job.Job.Write(("t", Works), ("other", "SELECT 1 AS n"));

        Assert.Equal(["01-12 Succeeded", "01-13 Succeeded"], await job.StartAsync(RunChoice.Latest, resume: true));

        Assert.Equal(["2025-01-13|it's given"], job.Job.Database.Rows("SELECT * FROM analytics.t"));
        Assert.DoesNotContain("analytics.other", job.Job.Database.Names());
        Assert.Empty(job.Ledger);
    }

    [Theory]
    [InlineData("text", "it's; DROP TABLE t --")]
    [InlineData("integer", 9_007_199_254_740_993L)]
    [InlineData("double", 0.1)]
    [InlineData("boolean", true)]
    public void A_variable_comes_back_from_a_journal_with_its_type(string type, object value)
    {
        Assert.True(SqlValue.TryCreate(value, out var given, out _));
        Assert.Equal(type, JournalVariable.Of(given).Type);
        Assert.Equal(given.Fingerprint(), JournalVariable.Of(given).ToValue()!.Fingerprint());
    }

    [Fact]
    public void Lists_dates_and_decimals_come_back_from_a_journal_too()
    {
        object?[] values =
        [
            null,
            1.10m,
            new DateOnly(2025, 1, 10),
            new DateTime(2025, 1, 10, 1, 2, 3),
            new DateTimeOffset(2025, 1, 10, 1, 2, 3, TimeSpan.FromHours(2)),
            new object[] { 1, "two" },
        ];
        Assert.All(values, value =>
        {
            Assert.True(SqlValue.TryCreate(value, out var given, out _));
            Assert.Equal(given.Fingerprint(), JournalVariable.Of(given).ToValue()!.Fingerprint());
        });
        Assert.Null(new JournalVariable("date") { Value = "no date" }.ToValue());
        Assert.Null(new JournalVariable("of a newer EltPs") { Value = "x" }.ToValue());
    }

    [Fact]
    public async Task An_older_interval_than_one_that_succeeded_is_published_and_said_to_be_older()
    {
        using var job = new IntervalJob(Daily, "2025-01-20 06:00");
        await job.StartAsync(RunChoice.Latest);
        Assert.Empty(job.Warnings);

        Assert.Equal(["01-12 Succeeded"], await job.StartAsync(RunChoice.On("2025-01-12")));

        Assert.Contains("what is published is now of the interval 2025-01-12 00:00", Assert.Single(job.Warnings), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2025-01-20", "is not over")]
    [InlineData("2025-01-12 01:00", "No interval of @daily begins at")]
    [InlineData("yesterday", "is no date")]
    public async Task A_date_that_names_no_interval_is_refused_with_the_files_name(string date, string message)
    {
        using var job = new IntervalJob(Daily, "2025-01-20 06:00");

        var error = await Assert.ThrowsAsync<EltException>(() => job.StartAsync(RunChoice.On(date)));

        Assert.Equal(EltErrorKind.InvalidInterval, error.Kind);
        Assert.StartsWith(Path.Combine(job.Job.Folder, "job.psd1") + ": ", error.Message, StringComparison.Ordinal);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.Empty(job.Job.Database.Names());
    }

    [Fact]
    public async Task Every_line_about_what_was_published_names_the_interval()
    {
        using var job = new IntervalJob(Daily, "2025-01-20 06:00");

        await job.StartAsync(RunChoice.Between("2025-01-10", "2025-01-11"));

        Assert.Equal(
            ["2025-01-10T00:00:00+00:00", "2025-01-11T00:00:00+00:00"],
            job.Lines("published.jsonl").Select(line => line.GetProperty("logicalDate").GetString()));
        Assert.Equal(
            ["01-11", "01-10"],
            new RunHistory(job.Job.State)
                .Read(out _)
                .Select(run => run.LogicalDate!.Value.ToString("MM-dd", System.Globalization.CultureInfo.InvariantCulture)));
    }

    [Fact]
    public async Task A_stop_ends_the_range()
    {
        using var job = new IntervalJob(Daily, "2025-01-20 06:00");
        using var stop = new CancellationTokenSource();
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            job.StartAsync(RunChoice.Between("2025-01-10", "2025-01-14"), token: stop.Token));

        Assert.Empty(job.Ledger);
    }
}
