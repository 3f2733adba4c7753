using EltPs.Engine.Definitions;
using EltPs.Engine.Errors;
using EltPs.Engine.Events;
using EltPs.Engine.Journal;
using EltPs.Engine.Runs;
using EltPs.Engine.Scheduling;
using Xunit;

namespace EltPs.Tests.Intervals;

/// <summary>The file, the clock, the connection or the state folder is another one when the next start comes.</summary>
public sealed class ChangedBetweenTests
{
    private const string Daily = "Schedule = '@daily'; StartDate = '2025-01-10'";
    private const string FailsOnThe12th = "SELECT '{{ ds }}' AS ds WHERE '{{ ds }}' <> '2025-01-12'";
    private const string Works = "SELECT '{{ ds }}' AS ds";

    [Theory]
    [InlineData("; Schedule = '@hourly'")]
    [InlineData("; Schedule = '0 6 * * *'")]
    [InlineData("; Schedule = '@daily'; TimeZone = 'Europe/Berlin'")]
    [InlineData("; Schedule = '0 0 1-13 * *'")]
    [InlineData("")]
    public async Task What_is_left_of_a_range_is_refused_after_a_change_of_the_schedule_rather_than_lost(string keys)
    {
        using var job = new IntervalJob(Daily, "2025-01-20 06:00");
        job.Job.Write(("t", FailsOnThe12th));
        await job.StartAsync(RunChoice.Between("2025-01-10", "2025-01-14"));
        job.Job.Keys = keys;
        job.Job.Write(("t", Works));

        var error = await Assert.ThrowsAsync<EltException>(() => job.StartAsync(RunChoice.Latest, resume: true));

        Assert.Equal(EltErrorKind.ResumeRefused, error.Kind);
        Assert.StartsWith(Path.Combine(job.Job.Folder, "job.psd1") + ": ", error.Message, StringComparison.Ordinal);
        Assert.Contains("from 2025-01-12 00:00 to 2025-01-14 00:00 (UTC)", error.Message, StringComparison.Ordinal);
        Assert.Equal("2025-01-11", job.Published);
    }

    [Fact]
    public async Task A_single_interval_is_resumed_after_a_change_of_the_schedule()
    {
        using var job = new IntervalJob(Daily, "2025-01-20 06:00");
        job.Job.Write(("t", FailsOnThe12th));
        await job.StartAsync(RunChoice.On("2025-01-12"));
        job.Job.Keys = "; Schedule = '@hourly'";
        job.Job.Write(("t", Works));

        Assert.Equal(["01-12 Succeeded"], await job.StartAsync(RunChoice.Latest, resume: true));
    }

    [Fact]
    public async Task A_chosen_table_that_is_no_longer_in_the_file_is_not_left_out_in_silence()
    {
        using var job = new IntervalJob(Daily, "2025-01-20 06:00");
        job.Job.Write(("t", FailsOnThe12th), ("late", Works), ("other", Works));
        await job.StartAsync(RunChoice.On("2025-01-12"), change: ButTheLast);
        job.Job.Write(("t", Works), ("renamed", Works), ("other", Works));

        var error = await Assert.ThrowsAsync<EltException>(() => job.StartAsync(RunChoice.Latest, resume: true));

        Assert.Equal(EltErrorKind.ResumeRefused, error.Kind);
        Assert.Contains("no longer in the file: analytics.late", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("analytics.t", job.Job.Database.Names());
    }

    [Fact]
    public async Task A_choice_that_a_kill_kept_from_the_journal_is_not_taken_for_a_choice_of_nothing()
    {
        using var job = new IntervalJob(Daily, "2025-01-20 06:00");
        job.Job.Write(("t", FailsOnThe12th), ("other", Works));
        await job.StartAsync(RunChoice.Between("2025-01-12", "2025-01-14"), change: ButTheLast);

        // As a process leaves it that was killed between its first line and the one that lists the tables.
        var journal = Directory.GetFiles(job.Job.State.PathOf("runs")).Single();
        File.WriteAllLines(journal, File.ReadAllLines(journal)[..1]);

        var error = await Assert.ThrowsAsync<EltException>(() => job.StartAsync(RunChoice.Latest, resume: true));

        Assert.Equal(EltErrorKind.ResumeRefused, error.Kind);
        Assert.Contains("does not tell which tables", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_choice_is_not_resumed_once_the_file_publishes_all_tables_or_none()
    {
        using var job = new IntervalJob(Daily, "2025-01-20 06:00");
        job.Job.Write(("t", FailsOnThe12th), ("other", Works));
        await job.StartAsync(RunChoice.On("2025-01-12"), change: ButTheLast);
        job.Job.Keys += "; PublishTogether = $true";
        job.Job.Write(("t", Works), ("other", Works));

        var error = await Assert.ThrowsAsync<EltException>(() => job.StartAsync(RunChoice.Latest, resume: true));

        Assert.Equal(EltErrorKind.ResumeRefused, error.Kind);
        Assert.Contains("PublishTogether", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_clock_that_was_set_back_is_told_when_it_makes_a_start_publish_an_older_interval()
    {
        using var job = new IntervalJob("Schedule = '@daily'", "2025-01-20 06:00");
        await job.StartAsync(RunChoice.Scheduled);

        Assert.Equal(["01-08 Succeeded"], await job.StartAsync(RunChoice.Scheduled, "2025-01-09 06:00"));

        Assert.Contains("the clock of this machine was set back, or was ahead then", Assert.Single(job.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_ledger_that_cannot_be_read_does_not_turn_a_run_that_succeeded_into_an_error()
    {
        using var job = new IntervalJob(Daily, "2025-01-20 06:00");
        await job.StartAsync(RunChoice.Latest);
        using var held = new FileStream(
            job.Job.State.PathOf("job.psd1.intervals.jsonl"),
            FileMode.Open,
            FileAccess.ReadWrite,
            FileShare.None);

        Assert.Equal(["01-12 Succeeded"], await job.StartAsync(RunChoice.On("2025-01-12")));
    }

    [Fact]
    public void What_succeeded_over_one_table_of_keys_did_not_over_another()
    {
        using var job = new IntervalJob(Daily, "2025-01-20 06:00");
        var pipeline = job.Load();
        var schedule = Schedule.Require(pipeline);
        var interval = schedule.LatestComplete(job.Clock.Now)!;
        var result = RunResult.Nothing(Over("one"), "x", job.Clock) with
        {
            Status = RunStatus.Succeeded,
            LogicalDate = interval.Start,
            Interval = interval,
        };
        var ledger = new IntervalLedger(job.Job.State);

        ledger.Append(result, job.Clock.Now);

        Assert.True(ledger.History(Over("one")).HasSucceeded(interval));
        Assert.True(ledger.History(Over("two")).IsEmpty);
        Assert.True(
            ledger.History(pipeline with { Session = pipeline.Session with { Connection = Keys("one") with { IsAdHoc = false } } }).IsEmpty
        );

        PipelineDefinition Over(string account) => pipeline with { Session = pipeline.Session with { Connection = Keys(account) } };
        ConnectionDefinition Keys(string account) =>
            new("snowflake", "Snowflake", new Dictionary<string, string> { ["Account"] = account, ["Database"] = "D" }, job.Job.Folder)
            {
                IsAdHoc = true,
            };
    }

    private static PipelineDefinition ButTheLast(PipelineDefinition pipeline) =>
        pipeline with { Tables = [.. pipeline.Tables.SkipLast(1)], IsSelection = true };
}
