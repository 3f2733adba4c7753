using EltPs.Engine.Errors;
using EltPs.Engine.Scheduling;
using Xunit;

namespace EltPs.Tests.Scheduling;

public sealed class IntervalFinderTests
{
    private static readonly DateTimeOffset Now = Plan.At("2025-12-01");

    [Theory]
    [InlineData("@daily", "Europe/Berlin", "2025-01-10", "2025-01-10 00:00 +01:00 to 2025-01-11 00:00 +01:00")]
    [InlineData("@daily", "Europe/Berlin", " 2025-01-10 00:00 ", "2025-01-10 00:00 +01:00 to 2025-01-11 00:00 +01:00")]
    [InlineData("@daily", "Europe/Berlin", "2025-01-09T23:00:00Z", "2025-01-10 00:00 +01:00 to 2025-01-11 00:00 +01:00")]
    [InlineData("@daily", "Europe/Berlin", "2025-01-10 04:30 +05:30", "2025-01-10 00:00 +01:00 to 2025-01-11 00:00 +01:00")]
    [InlineData("0 6 * * *", "UTC", "2025-01-10", "2025-01-10 06:00 +00:00 to 2025-01-11 06:00 +00:00")]
    [InlineData("@hourly", "UTC", "2025-01-10T06:00", "2025-01-10 06:00 +00:00 to 2025-01-10 07:00 +00:00")]
    [InlineData("@daily", "Africa/Cairo", "2025-04-25", "2025-04-25 01:00 +03:00 to 2025-04-26 00:00 +03:00")]
    [InlineData("30 2 * * *", "Europe/Berlin", "2025-03-30", "2025-03-30 03:00 +02:00 to 2025-03-31 02:30 +02:00")]
    [InlineData("30 2 * * *", "Europe/Berlin", "2025-10-26 02:30", "2025-10-26 02:30 +02:00 to 2025-10-27 02:30 +01:00")]
    [InlineData("@hourly", "Europe/Berlin", "2025-10-26 02:00 +01:00", "2025-10-26 02:00 +01:00 to 2025-10-26 03:00 +01:00")]
    [InlineData("0 0 29 2 *", "UTC", "2020-02-29", "2020-02-29 00:00 +00:00 to 2024-02-29 00:00 +00:00")]
    public void A_date_names_the_interval_that_begins_then(string expression, string zone, string text, string interval) =>
        Assert.Equal(interval, Plan.Text(IntervalFinder.Find(Plan.Of(expression, zone), text, Now)));

    [Theory]
    [InlineData(
        "@daily",
        "UTC",
        "2025-01-10 06:00",
        "No interval of @daily begins at '2025-01-10 06:00' (UTC); the nearest begin at '2025-01-10 00:00' and '2025-01-11 00:00'.")]
    [InlineData(
        "@monthly",
        "Europe/Berlin",
        "2025-03-31",
        "No interval of @monthly begins on '2025-03-31' (Europe/Berlin); the nearest begin at '2025-03-01 00:00 +01:00' and '2025-04-01 "
            + "00:00 +02:00'."
    )]
    [InlineData(
        "@hourly",
        "UTC",
        "2025-01-10",
        "More than one interval of @hourly begins on '2025-01-10', the first at 2025-01-10 00:00 and the last at 2025-01-10 23:00 (UTC); "
            + "write the time too, or ask for all of the day as a range."
    )]
    [InlineData(
        "@hourly",
        "Europe/Berlin",
        "2025-10-26 02:00",
        "'2025-10-26 02:00' comes twice in Europe/Berlin, because clocks are set back; write '2025-10-26 02:00 +02:00' or '2025-10-26 "
            + "02:00 +01:00'."
    )]
    [InlineData(
        "30 2 * * *",
        "Europe/Berlin",
        "2025-03-30 02:30",
        "Clocks in Europe/Berlin skip '2025-03-30 02:30'; the nearest begin at '2025-03-29 02:30 +01:00' and '2025-03-30 03:00 +02:00'.")]
    [InlineData(
        "@daily",
        "UTC",
        "2025-12-01",
        "The interval 2025-12-01 00:00 to 2025-12-02 00:00 (UTC) is not over, so not all of its data is there; it can run from 2025-12-02 "
            + "00:00 (UTC) on."
    )]
    [InlineData(
        "@daily",
        "UTC",
        "10.01.2025",
        "'10.01.2025' is no date; write a day '2025-01-10', a time in the pipeline's zone '2025-01-10 06:00', or one with its offset "
            + "'2025-01-10 06:00 +01:00'."
    )]
    [InlineData(
        "@daily",
        "UTC",
        "2025-02-29",
        "'2025-02-29' is no date; write a day '2025-01-10', a time in the pipeline's zone '2025-01-10 06:00', or one with its offset "
            + "'2025-01-10 06:00 +01:00'."
    )]
    public void What_names_no_single_interval_is_refused_with_the_way_out(string expression, string zone, string text, string message)
    {
        var failure = Assert.Throws<EltException>(() => IntervalFinder.Find(Plan.Of(expression, zone), text, Now));

        Assert.Equal(message, failure.Message);
        Assert.Equal(EltErrorKind.InvalidInterval, failure.Kind);
    }

    [Theory]
    [InlineData("9999-12-31")]
    [InlineData("0001-01-01")]
    [InlineData("0001-01-01 00:00 +14:00")]
    [InlineData("9999-12-31 23:59:59 -14:00")]
    public void The_ends_of_the_calendar_are_refused_and_nothing_overflows(string text) =>
        Assert.Equal(
            EltErrorKind.InvalidInterval,
            Assert.Throws<EltException>(() => IntervalFinder.Find(Plan.Of("@daily", "Asia/Kolkata"), text, Now)).Kind);

    [Theory]
    [InlineData("UTC", "2025-01-10 06:07:08.9", "2025-01-10T06:07:08.0000000+00:00")]
    [InlineData("Asia/Kolkata", "2025-01-10 20:00", "2025-01-11T01:30:00.0000000+05:30")]
    [InlineData("Europe/Berlin", "2025-10-26 01:30", "2025-10-26T02:30:00.0000000+01:00")]
    public void Without_a_schedule_the_logical_date_is_the_start_of_the_run(string zone, string startedAt, string date)
    {
        var byHand = RunDate.ByHand(zone, Plan.At(startedAt));

        Assert.Equal(date, byHand.LogicalDate.ToString("o", System.Globalization.CultureInfo.InvariantCulture));
        Assert.Null(byHand.Interval);
    }
}
