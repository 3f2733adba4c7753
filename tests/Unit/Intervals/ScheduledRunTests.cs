using EltPs.Engine.Definitions;
using EltPs.Engine.Errors;
using EltPs.Engine.Events;
using EltPs.Engine.Scheduling;
using Xunit;

namespace EltPs.Tests.Intervals;

public sealed class ScheduledRunTests
{
    private const string Daily = "Schedule = '@daily'; StartDate = '2025-01-10'";
    private const string CatchUp = Daily + "; Catchup = $true";

    [Fact]
    public async Task A_scheduled_start_runs_each_interval_once_and_else_says_why_not()
    {
        using var job = new IntervalJob(Daily, "2025-01-10 23:59");

        Assert.StartsWith(
            "Nothing to do: the pipeline has not started yet.",
            Assert.Single(await job.StartAsync(RunChoice.Scheduled)),
            StringComparison.Ordinal);
        Assert.Empty(job.Job.Database.Names());

        Assert.Equal(["01-10 Succeeded"], await job.StartAsync(RunChoice.Scheduled, "2025-01-11 00:00"));
        Assert.Contains(
            "already succeeded",
            Assert.Single(await job.StartAsync(RunChoice.Scheduled, "2025-01-11 12:00")),
            StringComparison.Ordinal);
        Assert.Equal(["01-11 Succeeded"], await job.StartAsync(RunChoice.Scheduled, "2025-01-12 00:00:01"));
        Assert.Equal(["01-10 Succeeded", "01-11 Succeeded"], job.Ledger);
        Assert.Equal("2025-01-11", job.Published);
    }

    [Fact]
    public async Task Without_catch_up_a_machine_that_was_off_runs_the_latest_interval_only()
    {
        using var job = new IntervalJob(Daily, "2025-01-11 06:00");
        await job.StartAsync(RunChoice.Scheduled);

        Assert.Equal(["01-19 Succeeded"], await job.StartAsync(RunChoice.Scheduled, "2025-01-20 06:00"));
    }

    [Fact]
    public async Task With_catch_up_it_runs_all_that_were_missed_the_oldest_first()
    {
        using var job = new IntervalJob(CatchUp, "2025-01-11 06:00");
        await job.StartAsync(RunChoice.Scheduled);

        Assert.Equal(
            ["01-11 Succeeded", "01-12 Succeeded", "01-13 Succeeded"],
            await job.StartAsync(RunChoice.Scheduled, "2025-01-14 06:00"));
        Assert.Equal("2025-01-13", job.Published);
    }

    [Fact]
    public async Task A_failed_interval_ends_the_start_and_the_next_start_begins_with_it()
    {
        using var job = new IntervalJob(CatchUp, "2025-01-11 06:00");
        await job.StartAsync(RunChoice.Scheduled);
        job.Job.Write(("t", "SELECT '{{ ds }}' AS ds WHERE {{ data_interval_start }} <> TIMESTAMPTZ '2025-01-12 00:00:00+00'"));

        Assert.Equal(["01-11 Succeeded", "01-12 Failed"], await job.StartAsync(RunChoice.Scheduled, "2025-01-14 06:00"));
        Assert.Equal("2025-01-11", job.Published);

        job.Job.Write(("t", IntervalJob.Sql));
        Assert.Equal(["01-12 Succeeded", "01-13 Succeeded"], await job.StartAsync(RunChoice.Scheduled));
        Assert.Equal(["01-10 Succeeded", "01-11 Succeeded", "01-12 Failed", "01-12 Succeeded", "01-13 Succeeded"], job.Ledger);
    }

    [Fact]
    public async Task With_catch_up_and_nothing_remembered_it_asks_from_where_on_and_after_that_goes_on_by_itself()
    {
        using var job = new IntervalJob(CatchUp, "2025-01-20 06:00");

        var error = await Assert.ThrowsAsync<EltException>(() => job.StartAsync(RunChoice.Scheduled));

        Assert.Equal(EltErrorKind.IntervalsUnknown, error.Kind);
        Assert.Contains("job.psd1: Catchup is on", error.Message, StringComparison.Ordinal);
        var advice = Assert.Single(error.Advice);
        Assert.Equal(AdviceKind.NameFirstInterval, advice.Kind);
        Assert.Contains("'2025-01-10 00:00' for all since StartDate, or '2025-01-19 00:00'", advice.Text, StringComparison.Ordinal);
        Assert.Equal(["01-18 Succeeded", "01-19 Succeeded"], await job.StartAsync(RunChoice.Between("2025-01-18 00:00", to: null)));
        Assert.Equal(["01-20 Succeeded", "01-21 Succeeded"], await job.StartAsync(RunChoice.Scheduled, "2025-01-22 01:00"));
    }

    [Fact]
    public async Task The_ledger_is_made_again_of_the_journals_that_are_kept()
    {
        using var job = new IntervalJob(CatchUp, "2025-01-11 06:00");
        await job.StartAsync(RunChoice.Scheduled);
        await job.StartAsync(RunChoice.Scheduled, "2025-01-13 06:00");
        File.Delete(job.Job.State.PathOf("job.psd1.intervals.jsonl"));

        Assert.Equal(["01-13 Succeeded"], await job.StartAsync(RunChoice.Scheduled, "2025-01-14 06:00"));

        Assert.Equal(["01-10 Succeeded", "01-11 Succeeded", "01-12 Succeeded", "01-13 Succeeded"], job.Ledger);
    }

    [Theory]
    [InlineData(true, "01-10 Succeeded")]
    [InlineData(false, "01-10 Interrupted")]
    public async Task What_a_kill_kept_from_the_ledger_the_next_start_adds(bool hasEnded, string added)
    {
        using var job = new IntervalJob(CatchUp, "2025-01-11 06:00");
        await job.StartAsync(RunChoice.Scheduled);

        // As a process leaves them that was killed before it wrote into the ledger, or before it ended the journal too.
        File.WriteAllText(job.Job.State.PathOf("job.psd1.intervals.jsonl"), string.Empty);
        var journal = Directory.GetFiles(job.Job.State.PathOf("runs")).Single();
        File.WriteAllLines(journal, File.ReadAllLines(journal)[..^(hasEnded ? 0 : 1)]);

        await job.StartAsync(RunChoice.Scheduled, "2025-01-12 06:00");

        Assert.Equal(added, job.Ledger[0]);
        Assert.Equal(
            hasEnded ? ["01-10 Succeeded", "01-11 Succeeded"] : ["01-10 Interrupted", "01-10 Succeeded", "01-11 Succeeded"],
            job.Ledger);
    }

    [Fact]
    public async Task A_line_that_was_cut_takes_no_other_with_it()
    {
        using var job = new IntervalJob(CatchUp, "2025-01-11 06:00");
        await job.StartAsync(RunChoice.Scheduled);
        File.AppendAllText(job.Job.State.PathOf("job.psd1.intervals.jsonl"), """{"event":"intervalFin""");

        Assert.Equal(["01-11 Succeeded"], await job.StartAsync(RunChoice.Scheduled, "2025-01-12 06:00"));
        Assert.Contains("already succeeded", Assert.Single(await job.StartAsync(RunChoice.Scheduled)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_interval_is_not_done_by_some_of_the_tables()
    {
        using var job = new IntervalJob(Daily, "2025-01-11 06:00");

        await job.StartAsync(RunChoice.Latest, change: static pipeline => pipeline with { IsSelection = true });

        Assert.Empty(job.Ledger);
        Assert.Equal(["01-10 Succeeded"], await job.StartAsync(RunChoice.Scheduled));
    }

    [Fact]
    public async Task An_interval_is_not_done_by_a_run_elsewhere()
    {
        using var job = new IntervalJob(Daily, "2025-01-11 06:00");
        var connection = ConnectionDefinition.Embedded("dev.duckdb", job.Job.Folder) with { IsAdHoc = true };

        await job.StartAsync(RunChoice.Latest, change: pipeline => pipeline with
        {
            Session = pipeline.Session with { Connection = connection },
            Tables = [.. pipeline.Tables.Select(table => table with { Session = table.Session with { Connection = connection } })],
        });

        Assert.Equal(["01-10 Succeeded"], await job.StartAsync(RunChoice.Scheduled));
        Assert.Equal(["01-10 Succeeded", "01-10 Succeeded"], job.Ledger);
    }

    [Fact]
    public async Task A_run_by_hand_does_the_latest_interval_whatever_the_schedule_begins_and_ends_with()
    {
        using var job = new IntervalJob("Schedule = '@daily'; StartDate = '2025-06-01'; EndDate = '2025-06-02'", "2025-01-20 06:00");

        Assert.Equal(["01-19 Succeeded"], await job.StartAsync(RunChoice.Latest));
        Assert.Equal(["06-20 Succeeded"], await job.StartAsync(RunChoice.Latest, "2025-06-21 06:00"));
    }

    [Fact]
    public async Task Days_of_a_zone_are_run_when_they_end_there_on_the_day_that_clocks_change_too()
    {
        using var job = new IntervalJob("Schedule = '@daily'; TimeZone = 'Europe/Berlin'; Catchup = $true", "2025-03-29 12:00 +01:00");
        await job.StartAsync(RunChoice.Latest);

        Assert.Contains(
            "already succeeded",
            Assert.Single(await job.StartAsync(RunChoice.Scheduled, "2025-03-29 23:59 +01:00")),
            StringComparison.Ordinal);
        Assert.Equal(["03-29 Succeeded"], await job.StartAsync(RunChoice.Scheduled, "2025-03-30 00:00 +01:00"));

        // 23 hours later.
        Assert.Equal(["03-30 Succeeded"], await job.StartAsync(RunChoice.Scheduled, "2025-03-31 00:00 +02:00"));
        Assert.Equal(
            ["2025-03-30|2025-03-30 22:00:00"],
            job.Job.Database.Rows("SELECT ds, timezone('UTC', until) FROM analytics.t")
                .Select(row => row.Replace("03/30/2025", "2025-03-30", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Without_a_schedule_a_run_has_the_day_of_its_zone_and_no_interval()
    {
        using var job = new IntervalJob("TimeZone = 'Pacific/Auckland'", "2025-01-10 12:00");
        job.Job.Write(("t", "SELECT '{{ ds }}' AS ds"));

        Assert.Equal(["01-11 Succeeded"], await job.StartAsync(RunChoice.Latest));

        Assert.Equal("2025-01-11", job.Published);
        Assert.Empty(job.Ledger);
        Assert.Equal(EltErrorKind.NotScheduled, (await Assert.ThrowsAsync<EltException>(() => job.StartAsync(RunChoice.Scheduled))).Kind);
    }

    [Fact]
    public async Task What_asks_for_an_interval_that_the_run_has_not_fails_before_anything_is_opened()
    {
        using var job = new IntervalJob("Description = 'by hand'", "2025-01-10 12:00");

        Assert.Equal(["01-10 Failed"], await job.StartAsync(RunChoice.Latest));

        Assert.False(File.Exists(job.Job.Database.Path));
    }
}
