using EltPs.Engine.Errors;
using EltPs.Engine.Scheduling;
using Xunit;

namespace EltPs.Tests.Scheduling;

public sealed class IntervalRangeTests
{
    private static readonly DateTimeOffset Now = Plan.At("2025-12-01");

    [Theory]
    [InlineData("@daily", "UTC", "2025-01-10", "2025-01-10", 1, "2025-01-10 00:00 +00:00", "2025-01-10 00:00 +00:00")]
    [InlineData("@daily", "UTC", "2025-01-10", "2025-01-12", 3, "2025-01-10 00:00 +00:00", "2025-01-12 00:00 +00:00")]
    [InlineData("@daily", "UTC", "2025-01-10 00:00:01", "2025-01-12", 2, "2025-01-11 00:00 +00:00", "2025-01-12 00:00 +00:00")]
    [InlineData("@hourly", "UTC", "2025-01-10", "2025-01-10", 24, "2025-01-10 00:00 +00:00", "2025-01-10 23:00 +00:00")]
    [InlineData("@hourly", "UTC", "2025-01-10 03:00", "2025-01-10 05:00", 3, "2025-01-10 03:00 +00:00", "2025-01-10 05:00 +00:00")]
    [InlineData("@hourly", "Europe/Berlin", "2025-03-30", "2025-03-30", 23, "2025-03-30 00:00 +01:00", "2025-03-30 23:00 +02:00")]
    [InlineData("@hourly", "Europe/Berlin", "2025-10-26", "2025-10-26", 25, "2025-10-26 00:00 +02:00", "2025-10-26 23:00 +01:00")]
    [InlineData(
        "@hourly",
        "Europe/Berlin",
        "2025-10-26 02:00",
        "2025-10-26 02:00",
        2,
        "2025-10-26 02:00 +02:00",
        "2025-10-26 02:00 +01:00")]
    [InlineData("@monthly", "UTC", "2024-01-15", "2025-01-15", 12, "2024-02-01 00:00 +00:00", "2025-01-01 00:00 +00:00")]
    [InlineData("@daily", "UTC", "2025-11-28", "2026-06-30", 3, "2025-11-28 00:00 +00:00", "2025-11-30 00:00 +00:00")]
    [InlineData("@daily", "UTC", "2025-11-28", null, 3, "2025-11-28 00:00 +00:00", "2025-11-30 00:00 +00:00")]
    [InlineData(
        "@daily",
        "Asia/Kolkata",
        "2025-01-09T18:30Z",
        "2025-01-10T18:30Z",
        2,
        "2025-01-10 00:00 +05:30",
        "2025-01-11 00:00 +05:30")]
    public void A_range_has_the_intervals_whose_logical_dates_lie_in_it(
        string expression,
        string zone,
        string from,
        string? to,
        int count,
        string first,
        string last)
    {
        var found = IntervalRange.Between(Plan.Of(expression, zone), from, to, Now);

        Assert.Equal((count, first, last), (found.Count, Plan.Text(found[0].Start), Plan.Text(found[^1].Start)));
        Assert.Equal(found.Skip(1).Select(interval => interval.Start), found.SkipLast(1).Select(interval => interval.End));
    }

    [Theory]
    [InlineData(
        "@daily",
        "2025-01-12",
        "2025-01-10",
        "The range from '2025-01-12' to '2025-01-10' (UTC) ends before it begins; write the earlier date first.")]
    [InlineData(
        "@monthly",
        "2025-01-02",
        "2025-01-31",
        "No interval of @monthly that is over begins in the range from '2025-01-02' to '2025-01-31' (UTC); the next one is 2025-02-01 "
            + "00:00 to 2025-03-01 00:00 (UTC)."
    )]
    [InlineData(
        "@daily",
        "2025-12-01",
        null,
        "No interval of @daily that is over begins in the range from '2025-12-01' to now (UTC); the interval 2025-12-01 00:00 to "
            + "2025-12-02 00:00 (UTC) is not over."
    )]
    [InlineData(
        "@daily",
        "2026-12-01",
        null,
        "No interval of @daily that is over begins in the range from '2026-12-01' to now (UTC); the interval 2026-12-01 00:00 to "
            + "2026-12-02 00:00 (UTC) is not over."
    )]
    public void A_range_without_intervals_is_refused_with_the_way_out(string expression, string from, string? to, string message)
    {
        var failure = Assert.Throws<EltException>(() => IntervalRange.Between(Plan.Of(expression), from, to, Now));

        Assert.Equal(message, failure.Message);
        Assert.Equal(EltErrorKind.InvalidInterval, failure.Kind);
    }

    [Fact]
    public void Ten_years_of_hours_are_too_many()
    {
        var failure = Assert.Throws<EltException>(() => IntervalRange.Between(Plan.Of("@hourly"), "2015-01-01", "2024-12-31", Now));

        Assert.Equal(
            "@hourly has more than 10,000 intervals from '2015-01-01' to '2024-12-31' (UTC); take a shorter range, such as the one up to "
                + "2016-02-21 15:00.",
            failure.Message);
        Assert.Equal(EltErrorKind.TooManyIntervals, failure.Kind);
        Assert.Equal(IntervalRange.Most, IntervalRange.Between(Plan.Of("@hourly"), "2015-01-01", "2016-02-21 15:00", Now).Count);
    }
}
