using EltPs.Engine.Definitions;
using EltPs.Engine.Errors;
using EltPs.Engine.Events;
using EltPs.Engine.Scheduling;
using Xunit;

namespace EltPs.Tests.Scheduling;

public sealed class ScheduledStartTests
{
    [Theory]

    // StartDate: the first interval begins with it, and is due when it is over.
    [InlineData(false, "2025-01-10", null, "nothing", "2025-01-01 00:00", "NotStartedYet")]
    [InlineData(false, "2025-01-10", null, "nothing", "2025-01-10 23:59:59.9999999", "NotStartedYet")]
    [InlineData(false, "2025-01-10", null, "nothing", "2025-01-11 00:00", "Due 01-10")]
    [InlineData(true, "2025-01-10", null, "nothing", "2025-01-10 12:00", "NotStartedYet")]
    [InlineData(true, "2025-01-10", null, "nothing", "2025-01-11 00:00", "Due 01-10")]

    // Without catch-up only the latest one counts.
    [InlineData(false, null, null, "nothing", "2025-01-20 06:00", "Due 01-19")]
    [InlineData(false, "2025-01-10", null, "nothing", "2025-01-20 06:00", "Due 01-19")]
    [InlineData(false, null, null, "01-19 Succeeded", "2025-01-20 06:00", "UpToDate 01-19")]
    [InlineData(false, null, null, "01-19 Succeeded", "2025-01-20 23:59:59.9999999", "UpToDate 01-19")]
    [InlineData(false, null, null, "01-19 Succeeded", "2025-01-21 00:00", "Due 01-20")]
    [InlineData(false, null, null, "01-05 Succeeded", "2025-01-20 06:00", "Due 01-19")]
    [InlineData(false, null, null, "01-19 Failed", "2025-01-20 06:00", "Due 01-19")]
    [InlineData(false, null, null, "01-19 Interrupted", "2025-01-20 06:00", "Due 01-19")]
    [InlineData(false, null, null, "01-19 Failed, 01-19 Succeeded", "2025-01-20 06:00", "UpToDate 01-19")]
    [InlineData(false, null, null, "01-19 Succeeded, 01-19 Failed", "2025-01-20 06:00", "UpToDate 01-19")]
    [InlineData(false, null, null, "01-19 NothingToDo", "2025-01-20 06:00", "Due 01-19")]

    // With catch-up all since the last success.
    [InlineData(true, null, null, "01-19 Succeeded", "2025-01-20 06:00", "UpToDate 01-19")]
    [InlineData(true, null, null, "01-16 Succeeded", "2025-01-20 06:00", "Due 01-17 01-18 01-19")]
    [InlineData(true, null, null, "01-16 Succeeded, 01-17 Failed", "2025-01-20 06:00", "Due 01-17 01-18 01-19")]
    [InlineData(true, null, null, "01-10 Succeeded, 01-12 Failed, 01-16 Succeeded", "2025-01-20 06:00", "Due 01-17 01-18 01-19")]
    [InlineData(true, null, null, "01-17 Failed, 01-16 Failed", "2025-01-20 06:00", "Due 01-16 01-17 01-18 01-19")]
    [InlineData(true, "2025-01-18", null, "01-10 Succeeded", "2025-01-20 06:00", "Due 01-18 01-19")]
    [InlineData(true, "2025-01-18", null, "01-10 Failed", "2025-01-20 06:00", "Due 01-18 01-19")]
    [InlineData(true, "2025-01-19", null, "nothing", "2025-01-20 06:00", "Due 01-19")]

    // A later success than the last due interval, from a clock that was set back: nothing before it counts.
    [InlineData(true, null, null, "01-25 Succeeded, 01-17 Succeeded", "2025-01-20 06:00", "Due 01-18 01-19")]
    [InlineData(true, null, null, "01-25 Failed", "2025-01-20 06:00", "Due 01-19")]

    // Nothing is remembered: nobody knows what was missed.
    [InlineData(true, "2025-01-10", null, "nothing", "2025-01-20 06:00", "NeedsFrom 01-19")]
    [InlineData(true, null, null, "nothing", "2025-01-20 06:00", "NeedsFrom 01-19")]

    // EndDate: the last interval begins at or before it.
    [InlineData(false, null, "2025-01-19", "01-18 Succeeded", "2025-01-20 06:00", "Due 01-19")]
    [InlineData(false, null, "2025-01-19", "01-19 Succeeded", "2025-01-20 06:00", "UpToDate 01-19")]
    [InlineData(false, null, "2025-01-18", "01-18 Succeeded", "2025-01-20 06:00", "Ended 01-18 True")]
    [InlineData(false, null, "2025-01-18", "01-18 Failed", "2025-01-20 06:00", "Ended 01-18 False")]
    [InlineData(false, null, "2025-01-18", "nothing", "2025-06-20 06:00", "Ended 01-18 False")]
    [InlineData(true, null, "2025-01-18", "01-18 Succeeded", "2025-01-20 06:00", "Ended 01-18 True")]
    [InlineData(true, null, "2025-01-18", "01-16 Succeeded", "2025-06-20 06:00", "Due 01-17 01-18")]
    [InlineData(true, "2025-01-10", "2025-01-18", "nothing", "2025-06-20 06:00", "NeedsFrom 01-18")]
    [InlineData(false, "2025-01-18 01:00", "2025-01-18 02:00", "nothing", "2025-01-20 06:00", "Ended none False")]
    [InlineData(false, "2025-01-18 01:00", "2025-01-18 02:00", "nothing", "2025-01-10 06:00", "Ended none False")]
    public void A_scheduled_start_of_a_daily_pipeline(bool catchup, string? start, string? end, string history, string now, string decision)
    {
        var schedule = Plan.Of("@daily", start: start, end: end, catchup: catchup);

        Assert.Equal(decision, Text(ScheduledStart.Decide(schedule, Plan.History(Plan.Of("@daily"), history), Plan.At(now))));
    }

    [Theory]
    [InlineData("@weekly", "01-05 Succeeded", "2025-02-04 00:00", "Due 01-12 01-19 01-26")]
    [InlineData("@monthly", "01-01 Succeeded", "2025-05-01 00:00", "Due 02-01 03-01 04-01")]
    [InlineData("0 0 31 * *", "01-31 Succeeded", "2025-08-30 00:00", "Due 03-31 05-31")]
    [InlineData("0 6 * * 1-5", "01-09 Succeeded", "2025-01-14 06:00", "Due 01-10 01-13")]
    public void Missed_intervals_are_run_in_their_order(string expression, string history, string now, string decision)
    {
        var schedule = Plan.Of(expression, catchup: true);

        Assert.Equal(decision, Text(ScheduledStart.Decide(schedule, Plan.History(schedule, history), Plan.At(now))));
    }

    [Theory]
    [InlineData("@daily", "@hourly", "01-18 Succeeded", "2025-01-19 03:00", "2025-01-19 00:00, 2025-01-19 01:00, 2025-01-19 02:00")]
    [InlineData("@hourly", "@daily", "01-18 Succeeded", "2025-01-20 03:00", "2025-01-18 00:00, 2025-01-19 00:00")]
    [InlineData("@daily", "@weekly", "01-10 Succeeded", "2025-01-20 03:00", "2025-01-05 00:00, 2025-01-12 00:00")]
    public void After_a_change_of_the_schedule_nothing_is_left_out(string before, string after, string history, string now, string starts)
    {
        var due = Assert.IsType<Due>(
            ScheduledStart.Decide(Plan.Of(after, catchup: true), Plan.History(Plan.Of(before), history), Plan.At(now)));

        Assert.Equal(starts, string.Join(", ", due.Intervals.Select(interval => Plan.Text(interval.Start)[..16])));
    }

    [Fact]
    public void More_than_one_start_can_run_are_left_for_the_next_one()
    {
        var schedule = Plan.Of("* * * * *", catchup: true);
        var due = Assert.IsType<Due>(ScheduledStart.Decide(schedule, Plan.History(schedule, "01-01 Succeeded"), Plan.At("2025-06-01")));

        Assert.True(due.HasMore);
        Assert.Equal(IntervalRange.Most, due.Intervals.Count);
        Assert.Equal("2025-01-01 00:01 +00:00", Plan.Text(due.Intervals[0].Start));
        Assert.EndsWith(" There are more, which the next start runs.", due.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(
        "2025-01-10",
        null,
        false,
        "nothing",
        "2025-01-01",
        "Nothing to do: the pipeline has not started yet. Its first interval is 2025-01-10 00:00 +01:00 to 2025-01-11 00:00 +01:00 "
            + "(Europe/Berlin), so its first run is due at 2025-01-11 00:00 +01:00 (Europe/Berlin)."
    )]
    [InlineData(
        null,
        null,
        false,
        "03-28 Succeeded",
        "2025-03-29 12:00",
        "Nothing to do: the interval 2025-03-28 00:00 +01:00 to 2025-03-29 00:00 +01:00 (Europe/Berlin) already succeeded. The next run is "
            + "due at 2025-03-30 00:00 +01:00 (Europe/Berlin)."
    )]
    [InlineData(
        null,
        null,
        false,
        "nothing",
        "2025-03-31 12:00",
        "Due is the interval 2025-03-30 00:00 +01:00 to 2025-03-31 00:00 +02:00 (Europe/Berlin).")]
    [InlineData(
        null,
        null,
        true,
        "03-28 Succeeded",
        "2025-03-31 12:00",
        "Due are 2 intervals, the first 2025-03-29 00:00 +01:00 to 2025-03-30 00:00 +01:00 (Europe/Berlin), the last 2025-03-30 00:00 "
            + "+01:00 to 2025-03-31 00:00 +02:00 (Europe/Berlin)."
    )]
    [InlineData(
        "2025-01-10",
        null,
        true,
        "nothing",
        "2025-03-31 12:00",
        "Catchup is on, but no run of an interval is remembered here, so which ones were missed is not known. "
            + "'2025-01-10 00:00 +01:00' for all since StartDate, or '2025-03-30 00:00 +01:00' for the last due one only "
            + "(Europe/Berlin). Later starts need no such date."
    )]
    [InlineData(
        null,
        "2025-01-10",
        false,
        "01-10 Failed",
        "2025-03-31 12:00",
        "Nothing to do: the pipeline has ended. Its last interval, 2025-01-10 00:00 +01:00 to 2025-01-11 00:00 +01:00 (Europe/Berlin), is "
            + "not known to have succeeded; if its data is missing, run it by its logical date."
    )]
    [InlineData(
        null,
        "2025-01-10",
        false,
        "01-10 Succeeded",
        "2025-03-31 12:00",
        "Nothing to do: the pipeline has ended. Its last interval, 2025-01-10 00:00 +01:00 to 2025-01-11 00:00 +01:00 (Europe/Berlin), "
            + "succeeded."
    )]
    [InlineData(
        "2025-01-10 01:00",
        "2025-01-10 02:00",
        false,
        "nothing",
        "2025-03-31 12:00",
        "Nothing to do: no interval begins between StartDate and EndDate. Set them further apart, or take one away.")]
    public void A_decision_says_what_and_when_in_the_zones_time(
        string? start,
        string? end,
        bool catchup,
        string history,
        string now,
        string message)
    {
        var schedule = Plan.Of("@daily", "Europe/Berlin", start, end, catchup);

        var decision = ScheduledStart.Decide(schedule, Plan.History(Plan.Of("@daily", "Europe/Berlin"), history), Plan.At(now));
        Assert.Equal(message, decision is NeedsFrom needs ? $"{needs} {needs.Choices}" : decision.ToString());
    }

    [Fact]
    public void A_pipeline_without_a_schedule_is_never_due()
    {
        var session = new SessionSettings(ConnectionDefinition.Embedded(":memory:", "/tmp"), "UTC", []);
        var pipeline = new PipelineDefinition
        {
            Name = "job",
            Path = "job.psd1",
            Session = session,
            Schedule = new ScheduleDefinition(null, null, null, false),
            Tables = [],
        };

        Assert.Null(Schedule.Of(pipeline));
        var failure = Assert.Throws<EltException>(() => Schedule.Require(pipeline));
        Assert.Equal(
            "job.psd1: job has no Schedule, so it has no intervals and is never due.\nAdd a Schedule such as '@daily' to the file, or run "
                + "it by hand.",
            failure.Message);
        Assert.Equal(EltErrorKind.NotScheduled, failure.Kind);
    }

    [Fact]
    public void A_renamed_zone_keeps_its_history()
    {
        var history = new IntervalHistory([
            new IntervalRun(Plan.At("2025-01-10 00:00 +01:00"), Plan.At("2025-01-10 23:00"), RunStatus.Succeeded),
        ]);

        Assert.IsType<UpToDate>(ScheduledStart.Decide(Plan.Of("@daily", "Europe/Paris"), history, Plan.At("2025-01-11 06:00")));
    }

    private static string Text(ScheduleDecision decision) => decision switch
    {
        Due due => "Due " + string.Join(' ', due.Intervals.Select(Day)),
        UpToDate upToDate => "UpToDate " + Day(upToDate.Last),
        Ended ended => $"Ended {(ended.Last is { } last ? Day(last) : "none")} {ended.HasSucceeded}",
        NeedsFrom needsFrom => "NeedsFrom " + Day(needsFrom.Last),
        _ => decision.GetType().Name,
    };

    private static string Day(DataInterval interval) => Plan.Text(interval.Start)[5..10];
}
