using EltPs.Engine.Scheduling;
using Xunit;

namespace EltPs.Tests.Scheduling;

public sealed class OverdueCheckTests
{
    [Theory]
    [InlineData("01-19 Succeeded", "2025-01-20 06:00", "01:00:00", "01-19 Succeeded")]
    [InlineData("01-19 Failed", "2025-01-20 06:00", "01:00:00", "01-19 Failed late")]
    [InlineData("01-19 Cancelled", "2025-01-20 06:00", "01:00:00", "01-19 Failed late")]
    [InlineData("01-19 Unknown", "2025-01-20 06:00", "01:00:00", "01-19 Failed late")]
    [InlineData("01-19 Interrupted", "2025-01-20 06:00", "01:00:00", "01-19 Failed late")]
    [InlineData("01-19 Failed, 01-19 Succeeded", "2025-01-20 06:00", "01:00:00", "01-19 Succeeded")]
    [InlineData("01-18 Succeeded", "2025-01-20 06:00", "01:00:00", "01-19 Missed late")]
    [InlineData("nothing", "2025-01-20 06:00", "01:00:00", "01-19 Missed late")]
    [InlineData("01-19 Running", "2025-01-20 06:00", "01:00:00", "01-19 Running late")]

    // Within the grace time what runs is not late, what failed is, and what has not begun leaves the judgement to the one before.
    [InlineData("01-19 Running", "2025-01-20 00:30", "01:00:00", "01-19 Running")]
    [InlineData("01-19 Running", "2025-01-20 00:59:59.9999999", "01:00:00", "01-19 Running")]
    [InlineData("01-19 Running", "2025-01-20 01:00", "01:00:00", "01-19 Running late")]
    [InlineData("01-19 Failed", "2025-01-20 00:30", "01:00:00", "01-19 Failed late")]
    [InlineData("01-18 Succeeded", "2025-01-20 00:59:59.9999999", "01:00:00", "01-18 Succeeded")]
    [InlineData("01-18 Succeeded", "2025-01-20 01:00", "01:00:00", "01-19 Missed late")]
    [InlineData("01-17 Succeeded", "2025-01-20 00:30", "01:00:00", "01-18 Missed late")]
    [InlineData("01-18 Succeeded", "2025-01-20 00:00", "00:00:00", "01-19 Missed late")]

    // A grace time that is longer than the interval.
    [InlineData("01-15 Succeeded", "2025-01-20 00:30", "3.00:00:00", "01-16 Missed late")]
    [InlineData("01-18 Succeeded", "2025-01-20 00:30", "3.00:00:00", "01-18 Succeeded")]
    public void The_last_due_run_of_a_daily_pipeline(string history, string now, string grace, string judgement)
    {
        var schedule = Plan.Of("@daily");

        Assert.Equal(judgement, Text(OverdueCheck.Judge(schedule, Plan.History(schedule, history), Plan.At(now), Grace(grace))));
    }

    [Theory]
    [InlineData("2025-01-19", null, "2025-01-19 12:00", "none NotDue")]
    [InlineData("2025-01-19", null, "2025-01-20 00:30", "none NotDue")]
    [InlineData("2025-01-19", null, "2025-01-20 01:00", "01-19 Missed late")]
    [InlineData(null, "2025-01-10", "2025-01-20 06:00", "01-10 Missed late")]
    public void Start_and_end_limit_what_is_due(string? start, string? end, string now, string judgement) =>
        Assert.Equal(
            judgement,
            Text(OverdueCheck.Judge(Plan.Of("@daily", start: start, end: end), IntervalHistory.Empty, Plan.At(now), Grace("01:00:00"))));

    [Theory]
    [InlineData(
        "nothing",
        "2025-03-31 12:00",
        "The run for 2025-03-30 00:00 +01:00 to 2025-03-31 00:00 +02:00 (Europe/Berlin), due at 2025-03-31 00:00 +02:00 (Europe/Berlin), "
            + "never happened. See whether the scheduler starts this pipeline."
    )]
    [InlineData(
        "03-30 Failed",
        "2025-03-31 12:00",
        "The run for 2025-03-30 00:00 +01:00 to 2025-03-31 00:00 +02:00 (Europe/Berlin), due at 2025-03-31 00:00 +02:00 (Europe/Berlin), "
            + "did not succeed. See what stopped it, and run it again."
    )]
    [InlineData(
        "03-30 Running",
        "2025-03-31 12:00",
        "The run for 2025-03-30 00:00 +01:00 to 2025-03-31 00:00 +02:00 (Europe/Berlin), due at 2025-03-31 00:00 +02:00 (Europe/Berlin), "
            + "still runs, and should have ended by 2025-03-31 01:00 +02:00."
    )]
    [InlineData(
        "03-30 Running",
        "2025-03-30 22:10",
        "The run for 2025-03-30 00:00 +01:00 to 2025-03-31 00:00 +02:00 (Europe/Berlin), due at 2025-03-31 00:00 +02:00 (Europe/Berlin), "
            + "still runs; it has time until 2025-03-31 01:00 +02:00."
    )]
    [InlineData(
        "03-30 Succeeded",
        "2025-03-31 12:00",
        "The run for 2025-03-30 00:00 +01:00 to 2025-03-31 00:00 +02:00 (Europe/Berlin), due at 2025-03-31 00:00 +02:00 (Europe/Berlin), "
            + "succeeded."
    )]
    public void A_judgement_names_the_interval_in_the_zones_time(string history, string now, string message)
    {
        var schedule = Plan.Of("@daily", "Europe/Berlin");

        Assert.Equal(message, OverdueCheck.Judge(schedule, Plan.History(schedule, history), Plan.At(now), Grace("01:00:00")).Message);
    }

    [Fact]
    public void Nothing_is_late_before_the_first_run_is_due() =>
        Assert.Equal(
            "No run is late: the first one is due at 2025-01-20 00:00 (UTC).",
            OverdueCheck
                .Judge(Plan.Of("@daily", start: "2025-01-19"), IntervalHistory.Empty, Plan.At("2025-01-19 12:00"), TimeSpan.Zero)
                .Message);

    [Theory]
    [InlineData("-00:00:01")]
    [InlineData("367.00:00:00")]
    public void A_grace_time_without_sense_is_refused(string grace) =>
        Assert.Throws<ArgumentOutOfRangeException>(() =>
            OverdueCheck.Judge(Plan.Of("@daily"), IntervalHistory.Empty, Plan.At("2025-01-19"), Grace(grace)));

    private static TimeSpan Grace(string text) => TimeSpan.Parse(text, System.Globalization.CultureInfo.InvariantCulture);

    private static string Text(OverdueCheck check) =>
        $"{(check.Interval is { } interval ? Plan.Text(interval.Start)[5..10] : "none")} "
            + $"{check.Status}{(check.IsOverdue ? " late" : string.Empty)}";
}
