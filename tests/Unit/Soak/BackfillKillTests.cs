using System.Globalization;
using System.Text.Json;
using EltPs.Engine.Events;
using EltPs.Engine.Runs;
using EltPs.Tests.Cmdlets;
using EltPs.Tests.Host;
using Xunit;

namespace EltPs.Tests.Soak;

/// <summary>A year of days is built one after the other; elt is killed again and again on the way, and -Resume goes on.</summary>
public sealed class BackfillKillTests
{
    private static readonly int Kills = Rounds.Of(5, normal: 2);

    // The log reads itself: an interval that is built twice is in it twice, and one that is left out is missing.
    private static readonly (string Table, string Sql)[] Tables =
    [
        (
            "log",
            "SELECT * FROM analytics.log UNION ALL SELECT {{ data_interval_end }}, date_diff('day', DATE '2025-01-01', DATE '{{ ds }}')"),
        (
            "rows",
            "SELECT {{ data_interval_end }} AS until, range AS n FROM range(100 + date_diff('day', TIMESTAMPTZ '2025-01-01 00:00:00+00', "
                + "{{ data_interval_end }}))"),
    ];

    [Fact]
    public async Task A_backfill_that_is_killed_and_resumed_publishes_each_interval_once_in_order_and_ends_like_one_that_was_not()
    {
        var days = Rounds.Of(365, normal: 18);
        var last = new DateOnly(2025, 1, 1).AddDays(days - 1).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        var command = $"Invoke-EltPipeline job.psd1 -From 2025-01-01 -To {last}";
        using var whole = Prepare();
        whole.Run(command).Succeeded();
        using var job = Prepare();
        var random = new Random(20250110);

        var next = command;
        var published = 0;
        for (var kill = 1; kill <= Kills; kill++)
        {
            using var elt = EltProcess.Start(job.Folder, $"{next} | ForEach-Object {{ \"$($_.Status)\" }}");
            for (var run = 0; run < days / (Kills + 1); run++)
            {
                Assert.Equal("Succeeded", await elt.LineAsync());
            }

            // Not a wait for something: the moment of death is meant to be any.
            await Task.Delay(random.Next(0, 100), TestContext.Current.CancellationToken);
            await elt.KillAsync();
            Assert.InRange(Succeeded(job).Count, published + 1, days);
            published = Succeeded(job).Count;
            next = "Invoke-EltPipeline job.psd1 -Resume";
        }

        job.Run(next).Succeeded();

        var all = Enumerable.Range(0, days).Select(day => new DateOnly(2025, 1, 1).AddDays(day)).ToList();
        Assert.Equal(all, Succeeded(job));
        Assert.Equal(
            all.SelectMany((day, place) => new[] { (day, "analytics.log", (long)place + 1), (day, "analytics.rows", 101L + place) }),
            Lines(job, "published.jsonl")
                .Select(line => (Day(line), line.GetProperty("table").GetString()!, line.GetProperty("rows").GetInt64())));
        const string Content = "SELECT * FROM analytics.log ORDER BY ALL";
        Assert.Equal(days, job.Database.Rows(Content).Count);
        Assert.Equal(whole.Database.Rows(Content), job.Database.Rows(Content));
        Assert.Equal(
            whole.Database.Rows("SELECT * FROM analytics.rows ORDER BY ALL"),
            job.Database.Rows("SELECT * FROM analytics.rows ORDER BY ALL"));
        Assert.Equal(RunStatus.NothingToDo, job.Run("Invoke-EltPipeline job.psd1 -Resume").Single<RunResult>().Status);
    }

    private static Job Prepare()
    {
        var job = new Job("; Schedule = '@daily'", Tables);
        job.Database.Execute("CREATE SCHEMA analytics; CREATE TABLE analytics.log (until TIMESTAMPTZ, day BIGINT)");
        return job;
    }

    private static List<DateOnly> Succeeded(Job job) =>
        [
            .. Lines(job, "job.psd1.intervals.jsonl")
                .Where(line => line.GetProperty("status").GetString() == nameof(RunStatus.Succeeded))
                .Select(Day),
        ];

    private static DateOnly Day(JsonElement line) => DateOnly.FromDateTime(line.GetProperty("logicalDate").GetDateTimeOffset().DateTime);

    private static List<JsonElement> Lines(Job job, string name) =>
        [.. File.ReadAllLines(job.State.PathOf(name)).Select(line => JsonDocument.Parse(line).RootElement)];
}
