using Cronos;
using EltPs.Engine.Scheduling;
using Xunit;

namespace EltPs.Tests.Scheduling;

/// <summary>
/// Three years of every clock change, against Cronos where its own zone arithmetic holds, and against itself where it does not.
/// </summary>
public sealed class ClockChangeTests
{
    private static readonly string[] Expressions =
    [
        "0 * * * *",
        "0 0 * * *",
        "30 2 * * *",
        "15 1 * * *",
        "*/20 * * * *",
        "0,45 0,1,2 * * *",
        "10 1-2 * * *",
        "* 2 * * 0",
    ];

    public static TheoryData<string, string> Honest =>
        new MatrixTheoryData<string, string>(
            [
                "UTC",
                "Europe/Berlin",
                "America/New_York",
                "Asia/Kolkata",
                "Australia/Lord_Howe",
                "America/Havana",
                "America/Santiago",
                "Antarctica/Troll",
            ],
            Expressions);

    public static TheoryData<string, string> All =>
        new MatrixTheoryData<string, string>(
            [
                "UTC",
                "Europe/Berlin",
                "America/New_York",
                "Australia/Lord_Howe",
                "Europe/Dublin",
                "Africa/Casablanca",
                "Africa/Cairo",
                "Pacific/Apia",
            ],
            Expressions);

    [Theory]
    [MemberData(nameof(Honest))]
    public void Times_are_those_of_Cronos(string zone, string expression)
    {
        var (from, to) = (Plan.At("2024-01-01"), Plan.At("2025-12-31"));
        var cronos = CronExpression.Parse(expression).GetOccurrences(from, to, TimeZoneInfo.FindSystemTimeZoneById(zone));

        Assert.Equal(
            cronos.Select(Plan.Text),
            Plan.Of(expression, zone).From(from).Select(interval => interval.Start).TakeWhile(start => start < to).Select(Plan.Text));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void The_way_back_is_the_reverse_of_the_way_forward(string zone, string expression)
    {
        var schedule = Plan.Of(expression, zone);

        // Samoa skipped the whole 30th of December 2011.
        foreach (
            var day in (string[])
                [
                    "2011-12-29",
                    "2024-03-08",
                    "2024-04-05",
                    "2024-10-04",
                    "2024-10-25",
                    "2024-11-01",
                    "2025-02-21",
                    "2025-03-28",
                    "2025-04-03",
                    "2025-10-30",
                ])
        {
            var intervals = schedule.From(Plan.At(day)).TakeWhile(interval => interval.Start < Plan.At(day).AddDays(4)).ToList();
            Assert.All(intervals, interval =>
            {
                Assert.True(interval.Start < interval.End, interval.ToString());
                Assert.Equal(interval.Start, schedule.TimeUpTo(interval.Start));
                Assert.Equal(interval.Start, schedule.TimeUpTo(interval.End.AddTicks(-1)));
                Assert.Equal(interval.End, schedule.TimeAfter(interval.End.AddTicks(-1)));
                Assert.Equal(interval, schedule.StartingAt(interval.Start));
                Assert.Equal(interval, schedule.LatestComplete(interval.End));
            });
        }
    }

    [Theory]
    [InlineData("UTC", 8760)]
    [InlineData("Europe/Berlin", 8760)]
    [InlineData("Europe/Dublin", 8760)]
    [InlineData("America/New_York", 8760)]
    [InlineData("Asia/Kolkata", 8760)]
    public void A_year_has_all_its_hours(string zone, int hours)
    {
        var schedule = Plan.Of("@hourly", zone);
        var first = schedule.Clock.Read(new DateTime(2025, 1, 1)).First;
        var last = schedule.Clock.Read(new DateTime(2026, 1, 1)).First;

        Assert.Equal(hours, schedule.From(first).TakeWhile(interval => interval.Start < last).Count());
    }

    [Theory]
    [InlineData("0 0 * * *", false)]
    [InlineData("0,30 1,2 * * *", false)]
    [InlineData("0 * * * *", true)]
    [InlineData("0 ? * * *", true)]
    [InlineData("0 1-2 * * *", true)]
    [InlineData("0/30 1 * * *", true)]
    [InlineData("0 0 */2 1-6 *", false)]
    public void What_repeats_within_a_day_is_told_by_minute_and_hour(string expression, bool isInterval) =>
        Assert.Equal(isInterval, CronRule.Parse(expression).IsInterval);
}
