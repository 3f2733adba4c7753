using Xunit;

namespace EltPs.Tests.Scheduling;

public sealed class IntervalTests
{
    [Theory]

    // Presets: a clock on the boundary, one tick before, and in the middle.
    [InlineData("@hourly", "UTC", "2025-01-10 06:00", "2025-01-10 05:00 +00:00 to 2025-01-10 06:00 +00:00")]
    [InlineData("@hourly", "UTC", "2025-01-10 05:59:59.9999999", "2025-01-10 04:00 +00:00 to 2025-01-10 05:00 +00:00")]
    [InlineData("@daily", "UTC", "2025-01-11 00:00", "2025-01-10 00:00 +00:00 to 2025-01-11 00:00 +00:00")]
    [InlineData("@daily", "UTC", "2025-01-11 00:00:00.0000001", "2025-01-10 00:00 +00:00 to 2025-01-11 00:00 +00:00")]
    [InlineData("@daily", "UTC", "2025-01-10 23:59:59.9999999", "2025-01-09 00:00 +00:00 to 2025-01-10 00:00 +00:00")]
    [InlineData("@weekly", "UTC", "2025-01-15 12:00", "2025-01-05 00:00 +00:00 to 2025-01-12 00:00 +00:00")]
    [InlineData("@monthly", "UTC", "2025-03-31 12:00", "2025-02-01 00:00 +00:00 to 2025-03-01 00:00 +00:00")]
    [InlineData("@quarterly", "UTC", "2025-05-05 12:00", "2025-01-01 00:00 +00:00 to 2025-04-01 00:00 +00:00")]
    [InlineData("@yearly", "UTC", "2025-05-05 12:00", "2024-01-01 00:00 +00:00 to 2025-01-01 00:00 +00:00")]
    [InlineData("@annually", "UTC", "2025-05-05 12:00", "2024-01-01 00:00 +00:00 to 2025-01-01 00:00 +00:00")]

    // Cron: an interval reaches from one time of the schedule to the next, however far that is.
    [InlineData("0 6 * * 1-5", "UTC", "2025-01-13 06:00", "2025-01-10 06:00 +00:00 to 2025-01-13 06:00 +00:00")]
    [InlineData("*/15 9-17 * * *", "UTC", "2025-01-10 09:00", "2025-01-09 17:45 +00:00 to 2025-01-10 09:00 +00:00")]
    [InlineData("0 0 L * *", "UTC", "2025-03-01 00:00", "2025-01-31 00:00 +00:00 to 2025-02-28 00:00 +00:00")]
    [InlineData("0 0 1 * 1", "UTC", "2025-09-02 00:00", "2025-08-25 00:00 +00:00 to 2025-09-01 00:00 +00:00")]
    [InlineData("0 0 15 * 1", "UTC", "2025-01-16 00:00", "2025-01-13 00:00 +00:00 to 2025-01-15 00:00 +00:00")]
    [InlineData("0 0 ? * 5#2", "UTC", "2025-02-28 00:00", "2025-01-10 00:00 +00:00 to 2025-02-14 00:00 +00:00")]

    // Month ends and leap days.
    [InlineData("0 0 31 * *", "UTC", "2025-04-30 12:00", "2025-01-31 00:00 +00:00 to 2025-03-31 00:00 +00:00")]
    [InlineData("0 0 29 2 *", "UTC", "2025-01-01 00:00", "2020-02-29 00:00 +00:00 to 2024-02-29 00:00 +00:00")]
    [InlineData("0 0 29 2 *", "UTC", "1905-01-01 00:00", "1896-02-29 00:00 +00:00 to 1904-02-29 00:00 +00:00")]
    [InlineData("@monthly", "UTC", "2024-03-01 00:00", "2024-02-01 00:00 +00:00 to 2024-03-01 00:00 +00:00")]
    [InlineData("@daily", "UTC", "2024-03-01 00:00", "2024-02-29 00:00 +00:00 to 2024-03-01 00:00 +00:00")]

    // Zones: the day is the zone's own.
    [InlineData("@daily", "Asia/Kolkata", "2025-01-10 18:30", "2025-01-10 00:00 +05:30 to 2025-01-11 00:00 +05:30")]
    [InlineData("@daily", "Asia/Kolkata", "2025-01-10 18:29:59.9999999", "2025-01-09 00:00 +05:30 to 2025-01-10 00:00 +05:30")]
    [InlineData("@daily", "America/New_York", "2025-01-11 04:59", "2025-01-09 00:00 -05:00 to 2025-01-10 00:00 -05:00")]
    [InlineData("@monthly", "Europe/Berlin", "2025-03-31 22:00", "2025-03-01 00:00 +01:00 to 2025-04-01 00:00 +02:00")]

    // Clocks are set forward: the day has 23 hours, and 02:30 comes at 03:00.
    [InlineData("@daily", "Europe/Berlin", "2025-03-30 22:00", "2025-03-30 00:00 +01:00 to 2025-03-31 00:00 +02:00")]
    [InlineData("@hourly", "Europe/Berlin", "2025-03-30 01:00", "2025-03-30 01:00 +01:00 to 2025-03-30 03:00 +02:00")]
    [InlineData("@hourly", "Europe/Berlin", "2025-03-30 00:59:59.9999999", "2025-03-30 00:00 +01:00 to 2025-03-30 01:00 +01:00")]
    [InlineData("@hourly", "Europe/Berlin", "2025-03-30 02:30", "2025-03-30 03:00 +02:00 to 2025-03-30 04:00 +02:00")]
    [InlineData("30 2 * * *", "Europe/Berlin", "2025-03-30 01:00", "2025-03-29 02:30 +01:00 to 2025-03-30 03:00 +02:00")]
    [InlineData("30 2 * * *", "Europe/Berlin", "2025-03-31 00:30", "2025-03-30 03:00 +02:00 to 2025-03-31 02:30 +02:00")]
    [InlineData("30 2 * * *", "America/New_York", "2025-03-09 07:00", "2025-03-08 02:30 -05:00 to 2025-03-09 03:00 -04:00")]
    [InlineData("@hourly", "Australia/Lord_Howe", "2025-10-04 15:30", "2025-10-05 01:00 +10:30 to 2025-10-05 02:30 +11:00")]
    [InlineData("@hourly", "Australia/Lord_Howe", "2025-10-04 16:00", "2025-10-05 02:30 +11:00 to 2025-10-05 03:00 +11:00")]
    [InlineData("@daily", "Africa/Cairo", "2025-04-24 22:00", "2025-04-24 00:00 +02:00 to 2025-04-25 01:00 +03:00")]
    [InlineData("@hourly", "Europe/Dublin", "2025-03-30 01:00", "2025-03-30 00:00 +00:00 to 2025-03-30 02:00 +01:00")]

    // Clocks are set back: the day has 25 hours; every hour runs in both of the two, 02:30 in the first only.
    [InlineData("@daily", "Europe/Berlin", "2025-10-26 23:00", "2025-10-26 00:00 +02:00 to 2025-10-27 00:00 +01:00")]
    [InlineData("@hourly", "Europe/Berlin", "2025-10-26 00:00", "2025-10-26 01:00 +02:00 to 2025-10-26 02:00 +02:00")]
    [InlineData("@hourly", "Europe/Berlin", "2025-10-26 01:00", "2025-10-26 02:00 +02:00 to 2025-10-26 02:00 +01:00")]
    [InlineData("@hourly", "Europe/Berlin", "2025-10-26 02:00", "2025-10-26 02:00 +01:00 to 2025-10-26 03:00 +01:00")]
    [InlineData("30 2 * * *", "Europe/Berlin", "2025-10-26 00:30", "2025-10-25 02:30 +02:00 to 2025-10-26 02:30 +02:00")]
    [InlineData("30 2 * * *", "Europe/Berlin", "2025-10-26 01:30", "2025-10-25 02:30 +02:00 to 2025-10-26 02:30 +02:00")]
    [InlineData("30 2 * * *", "Europe/Berlin", "2025-10-27 01:30", "2025-10-26 02:30 +02:00 to 2025-10-27 02:30 +01:00")]
    [InlineData("*/30 * * * *", "America/New_York", "2025-11-02 06:00", "2025-11-02 01:30 -04:00 to 2025-11-02 01:00 -05:00")]
    [InlineData("@hourly", "Australia/Lord_Howe", "2025-04-05 15:30", "2025-04-06 01:00 +11:00 to 2025-04-06 02:00 +10:30")]
    [InlineData("@daily", "America/Havana", "2025-11-03 05:00", "2025-11-02 00:00 -04:00 to 2025-11-03 00:00 -05:00")]
    public void The_latest_complete_interval_lies_between_the_last_two_times(string expression, string zone, string now, string interval) =>
        Assert.Equal(interval, Plan.Text(Plan.Of(expression, zone).LatestComplete(Plan.At(now))));

    [Fact]
    public void A_run_by_hand_does_not_care_for_start_and_end()
    {
        var schedule = Plan.Of("@daily", start: "2030-01-01", end: "2030-12-31");

        Assert.Equal("2025-01-09 00:00 +00:00 to 2025-01-10 00:00 +00:00", Plan.Text(schedule.LatestComplete(Plan.At("2025-01-10 06:00"))));
        Assert.Null(schedule.LastDue(Plan.At("2025-01-10 06:00")));
    }

    [Theory]
    [InlineData("@daily", null, null, "2025-01-10 06:00", "2025-01-10 00:00 +00:00 to 2025-01-11 00:00 +00:00")]
    [InlineData("@daily", null, null, "2025-01-10 00:00", "2025-01-10 00:00 +00:00 to 2025-01-11 00:00 +00:00")]
    [InlineData("@daily", "2025-02-01", null, "2025-01-10 00:00", "2025-02-01 00:00 +00:00 to 2025-02-02 00:00 +00:00")]
    [InlineData("@daily", "2025-02-01 00:01", null, "2025-01-10 00:00", "2025-02-02 00:00 +00:00 to 2025-02-03 00:00 +00:00")]
    [InlineData("@daily", null, "2025-01-10", "2025-01-10 23:59", "2025-01-10 00:00 +00:00 to 2025-01-11 00:00 +00:00")]
    [InlineData("@daily", null, "2025-01-10", "2025-01-11 00:00", "none")]
    [InlineData("@hourly", null, "2025-01-10", "2025-01-10 01:00", "none")]
    public void The_next_due_interval_keeps_to_start_and_end(string expression, string? start, string? end, string now, string interval) =>
        Assert.Equal(interval, Plan.Text(Plan.Of(expression, start: start, end: end).NextDue(Plan.At(now))));

    [Theory]
    [InlineData("30 2 * * *", "Europe/Berlin", "2025-10-26 02:10 +02:00", "2025-10-26 02:30 +02:00")]
    [InlineData("30 2 * * *", "Europe/Berlin", "2025-10-26 02:10 +01:00", "2025-10-27 02:30 +01:00")]
    [InlineData("30 2 * * *", "Europe/Berlin", "2025-03-30 01:59 +01:00", "2025-03-30 03:00 +02:00")]
    [InlineData("30 2 * * *", "Europe/Berlin", "2025-03-30 03:00 +02:00", "2025-03-30 03:00 +02:00")]
    [InlineData("30 * * * *", "Europe/Berlin", "2025-10-26 02:40 +02:00", "2025-10-26 02:30 +01:00")]
    [InlineData("30 * * * *", "Europe/Berlin", "2025-10-26 02:40 +01:00", "2025-10-26 03:30 +01:00")]
    [InlineData("30 * * * *", "Europe/Berlin", "2025-03-30 01:40 +01:00", "2025-03-30 03:00 +02:00")]
    [InlineData("0 12 * * *", "Europe/Berlin", "2025-10-26 02:10 +02:00", "2025-10-26 12:00 +01:00")]
    public void From_a_moment_near_a_clock_change_the_next_interval_is_found(string expression, string zone, string moment, string start) =>
        Assert.Equal(start, Plan.Text(Plan.Of(expression, zone).From(Plan.At(moment)).First().Start));

    [Theory]
    [InlineData("Europe/Berlin", "2025-03-30 02:30", "2025-03-30 03:00 +02:00")]
    [InlineData("Europe/Berlin", "2025-10-26 02:30", "2025-10-26 02:30 +02:00")]
    [InlineData("UTC", "2025-03-30 02:30", "2025-03-30 02:30 +00:00")]
    public void A_start_that_is_skipped_or_repeated_is_the_first_moment_that_it_can_be(string zone, string start, string moment) =>
        Assert.Equal(moment, Plan.Text(Plan.Of("@hourly", zone, start).StartsAt!.Value));

    [Fact]
    public void An_end_that_is_repeated_is_the_last_of_the_two() =>
        Assert.Equal("2025-10-26 02:30 +01:00", Plan.Text(Plan.Of("@hourly", "Europe/Berlin", end: "2025-10-26 02:30").EndsAt!.Value));

    [Fact]
    public void Intervals_end_with_the_calendar()
    {
        var schedule = Plan.Of("@daily", "Europe/Berlin");

        Assert.InRange(schedule.From(Plan.At("9999-12-01")).Count(), 20, 31);
        Assert.NotNull(schedule.From(DateTimeOffset.MinValue.AddTicks(1)).First());
    }

    [Fact]
    public void An_interval_is_written_with_the_offsets_of_both_ends_and_the_zone()
    {
        Assert.Equal(
            "2025-03-30 00:00 +01:00 to 2025-03-31 00:00 +02:00 (Europe/Berlin)",
            Plan.Of("@daily", "Europe/Berlin").LatestComplete(Plan.At("2025-03-31 06:00"))!.ToString());
        Assert.Equal(
            "2025-03-30 00:00 to 2025-03-31 00:00 (UTC)",
            Plan.Of("@daily").LatestComplete(Plan.At("2025-03-31 06:00"))!.ToString());
    }
}
