using EltPs.Engine.Schedulers;
using EltPs.Engine.Scheduling;
using EltPs.Tests.Soak;
using Xunit;

namespace EltPs.Tests.Schedulers;

/// <summary>Whatever a scheduler can say, it starts at every moment at which a run is due.</summary>
public sealed class NoDueRunIsMissedTests
{
    private static readonly string[] Zones =
    [
        "UTC", "Europe/Berlin", "America/New_York", "Europe/Dublin", "Africa/Casablanca", "Africa/Cairo", "Asia/Kathmandu", "Asia/Beirut",
        "America/St_Johns", "Australia/Lord_Howe", "Pacific/Kiritimati", "Pacific/Pago_Pago", "America/Santiago", "Atlantic/Azores",
    ];

    public static TheoryData<string> Expressions =>
    [
            "@hourly",
            "@daily",
            "@weekly",
            "@monthly",
            "@quarterly",
            "@yearly",
            "*/15 6-18 * * 1-5",
            "0 6 L * *",
            "0 0 15 * 1",
            "30 2 * * *",
            "30 0 * * *",
            "15,45 1-3 * * *",
            "0 0 1W * *",
            "0 12 * * 5#2",
            "0 0 LW * *",
            "0 0 * * 5L",
            "0 23 L-3 * *",
            "5/20 22-2 * * *",
            "30 0 1 JAN,JUL MON",
            "0 */5 * * *",
            "*/30 2 * * *",
            "0 0 29 2 *",
            "59 23 31 12 *",
            "*/7 3 * * 0",
            "13 4 */2 * *",
            "0 1 * 3,10 SUN",
            "0 0 30 2 1",
            "17 0-23/3 1-7 * 1-5",
    ];

    [Theory]
    [MemberData(nameof(Expressions))]
    public void Neither_by_cron_on_a_machine_in_whatever_zone(string expression) => Everywhere(expression, (start, due) =>
    {
        foreach (var machine in new[] { start.Schedule.TimeZone, "UTC", "America/New_York", "Australia/Lord_Howe" })
        {
            var zone = TimeZoneInfo.FindSystemTimeZoneById(machine);
            var lines = CronStarts.Of(Export.Text(SchedulerFormat.Cron, start with { MachineZone = zone }).Split('\n'));
            Assert.DoesNotContain(lines, line => line.HasBothDays);
            var clock = new ZoneClock(zone);
            Assert.All(due, moment =>
                Assert.True(
                    lines.Any(line => line.IsStartedByAnyCron(moment, clock)),
                    $"{start.Schedule.TimeZone}, machine in {machine}: {moment:u} is missed."));
        }
    });

    [Theory]
    [MemberData(nameof(Expressions))]
    public void Nor_by_Jenkins(string expression) => Everywhere(expression, (start, due) =>
    {
        var (zone, lines) = Jenkins(start);
        Assert.All(due, moment =>
            Assert.True(lines.Any(line => line.Fits(zone.At(moment).DateTime)), $"{start.Schedule.TimeZone}: {moment:u} is missed."));
    });

    [Theory]
    [MemberData(nameof(Expressions))]
    public void Nor_by_Task_Scheduler(string expression) => Everywhere(expression, (start, due) =>
    {
        var triggers = TaskStarts.Of(Export.Text(SchedulerFormat.TaskScheduler, start));
        Assert.InRange(triggers.Count, 1, 48);
        Assert.All(due, moment =>
            Assert.True(triggers.Any(trigger => trigger.IsStarted(moment)), $"{start.Schedule.TimeZone}: {moment:u} is missed."));
    });

    [Theory]
    [MemberData(nameof(Expressions))]
    public async Task Nor_by_systemd(string expression)
    {
        Assert.SkipWhen(SystemdAnalyze.Missing is not null, SystemdAnalyze.Missing ?? string.Empty);
        foreach (var zone in Rounds.Sample(["Europe/Berlin", "Africa/Casablanca", "Australia/Lord_Howe"], 1, expression))
        {
            // This has the clock changes of March and April.
            var start = Export.Start(expression, zone);
            var due = Due(start.Schedule, Plan("2025-03-01 00:01"), Plan("2025-04-15 00:00"));
            var starts = new HashSet<DateTimeOffset>();
            foreach (
                var line in Export
                    .Text(SchedulerFormat.SystemD, start, ".timer")
                    .Split('\n')
                    .Where(line => line.StartsWith("OnCalendar=", StringComparison.Ordinal)))
            {
                starts.UnionWith(
                    await SystemdAnalyze.ElapsesAsync(line["OnCalendar=".Length..], "2025-03-01 00:00:00 UTC", (due.Count * 4) + 50));
            }

            Assert.All(due, moment => Assert.True(starts.Contains(moment), $"{zone}: {moment:u} is missed."));
        }
    }

    [Theory]
    [InlineData("@daily", "UTC", "Cron,SystemD,Jenkinsfile,TaskScheduler")]
    [InlineData("@hourly", "UTC", "Cron,SystemD,Jenkinsfile,TaskScheduler")]
    [InlineData("@daily", "Europe/Berlin", "Jenkinsfile,SystemD")]
    [InlineData("@daily", "Asia/Kathmandu", "Cron,SystemD,Jenkinsfile,TaskScheduler")]
    [InlineData("@weekly", "UTC", "Cron,SystemD,Jenkinsfile")]
    [InlineData("@monthly", "Europe/Berlin", "SystemD,Jenkinsfile")]
    [InlineData("*/15 6-18 * * 1-5", "UTC", "Cron,SystemD,Jenkinsfile")]
    [InlineData("*/15 6-18 * * *", "UTC", "Cron,SystemD,Jenkinsfile,TaskScheduler")]
    [InlineData("0 0 15 * 1", "UTC", "Cron,SystemD,Jenkinsfile")]
    [InlineData("0 12 * * 5#2", "UTC", "SystemD,Jenkinsfile")]
    [InlineData("0 6 L * *", "UTC", "")]
    [InlineData("30 2 * * *", "Europe/Berlin", "")]
    public void What_a_scheduler_can_say_exactly_is_said_exactly(string expression, string zone, string exact)
    {
        var start = Export.Start(expression, zone);

        Assert.Equal(
            exact.Split(',', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal),
            Enum.GetValues<SchedulerFormat>()
                .Where(format => SchedulerFiles.Of(format, start).StartsOnlyWhenDue)
                .Select(format => format.ToString())
                .Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("@daily", "Europe/Berlin")]
    [InlineData("@hourly", "Europe/Berlin")]
    [InlineData("*/15 6-18 * * 1-5", "America/New_York")]
    [InlineData("0 0 15 * 1", "UTC")]
    [InlineData("0 12 * * 5#2", "UTC")]
    public void Where_it_is_said_to_be_exact_no_start_is_one_too_many(string expression, string zone)
    {
        var start = Export.Start(expression, zone);
        Assert.True(SchedulerFiles.Of(SchedulerFormat.Jenkinsfile, start).StartsOnlyWhenDue);
        var (clock, lines) = Jenkins(start);
        var (begin, end) = (Plan("2025-02-01 00:00"), Plan("2025-04-15 00:00"));
        var starts = Enumerable
            .Range(0, (int)(end - begin).TotalMinutes)
            .Select(minute => begin.AddMinutes(minute))
            .Where(moment => lines.Any(line => line.Fits(clock.At(moment).DateTime)));

        Assert.Equal(Due(start.Schedule, begin, end), starts);
    }

    private static void Everywhere(string expression, Action<PipelineStart, IReadOnlyList<DateTimeOffset>> check)
    {
        foreach (var zone in Rounds.Sample(Zones, 4, expression))
        {
            var start = Export.Start(expression, zone);
            var due = Due(start.Schedule, Plan("2025-01-01 00:00"), Plan("2026-04-15 00:00"));
            check(start, due.Count > 0 ? due : Due(start.Schedule, Plan("2025-01-01 00:00"), Plan("2033-01-01 00:00")));
        }
    }

    // A run is due when its interval is over.
    private static List<DateTimeOffset> Due(Schedule schedule, DateTimeOffset from, DateTimeOffset to) =>
        [.. schedule.From(from).Select(interval => interval.Start).TakeWhile(end => end < to)];

    private static (ZoneClock Clock, IReadOnlyList<CronStarts> Lines) Jenkins(PipelineStart start)
    {
        var trigger = GroovyLiteral.Read(
            Export
                .Text(SchedulerFormat.Jenkinsfile, start)
                .Split('\n')
                .Single(line => line.Contains("cron(", StringComparison.Ordinal))
                .Trim()["cron(".Length..]);
        var lines = trigger.Split('\n');
        Assert.StartsWith("TZ=", lines[0], StringComparison.Ordinal);
        return (new ZoneClock(TimeZoneInfo.FindSystemTimeZoneById(lines[0][3..])), CronStarts.Of(lines[1..]));
    }

    private static DateTimeOffset Plan(string moment) => Scheduling.Plan.At(moment);
}
