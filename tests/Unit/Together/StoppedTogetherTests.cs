using EltPs.Engine.Errors;
using EltPs.Engine.Events;
using EltPs.Tests.DuckDb;
using EltPs.Tests.Soak;
using EltPs.Tests.Support;
using Xunit;

namespace EltPs.Tests.Together;

/// <summary>On DuckDB: a run that its caller or its time stops leaves all as it was.</summary>
public sealed class StoppedTogetherTests
{
    private const string Everything =
        "SELECT string_agg(table_name || ' ' || coalesce(comment, '') || ' ' || estimated_size, ', ' ORDER BY table_name) FROM "
            + "duckdb_tables() WHERE NOT internal";

    [Theory]
    [InlineData(true, 0)]
    [InlineData(false, 1)]
    public async Task Whichever_event_a_stop_comes_at_all_are_new_or_all_are_what_they_were(bool isFirst, int start)
    {
        // Normally every second event of a run, the others in the other case; in full every one.
        var step = Rounds.Step(2);
        var ends = new List<RunStatus>();
        var database = await PrepareAsync(isFirst);
        for (var moment = start % step; ; moment += step)
        {
            var before = database.Database.Read(Everything);
            using var stop = new CancellationTokenSource();
            var (seen, place) = (0, moment);
            var stopping = new TraceObserver
            {
                OnEvent = async (_, _) =>
                {
                    if (seen++ == place)
                    {
                        await stop.CancelAsync();
                    }
                },
            };

            var result = await database.RunAsync(3, observer: stopping, token: stop.Token);

            if (!stop.IsCancellationRequested)
            {
                break;
            }

            var story = $"event {moment}, {result.Status}: {database.Database.Read(Everything)}";
            Assert.True(
                result.IsSuccess
                    ? Equals(database.Database.Read("SELECT min(generation) + max(generation) FROM analytics.c"), 6)
                    : Equals(before, database.Database.Read(Everything)),
                story);
            Assert.True(result.Status is RunStatus.Cancelled or RunStatus.Succeeded, story);
            Assert.True(result.IsSuccess || stopping.Events.All(one => one is not StepFinished { Step: EltStep.Publish }), story);
            Assert.DoesNotContain(stopping.Events, one => one is MessageRaised { Level: MessageLevel.Warning });
            ends.Add(result.Status);
            if (result.IsSuccess)
            {
                // A run that was stopped has left all as it was, for the next one to begin with; this one has not.
                await database.DisposeAsync();
                database = await PrepareAsync(isFirst);
            }
        }

        await database.DisposeAsync();

        Assert.True(ends.Count > 30 / step, $"{ends.Count} events");
        Assert.Equal((RunStatus.Cancelled, RunStatus.Succeeded), (ends[0], ends[^1]));
    }

    [Fact]
    public void A_table_whose_time_is_over_rolls_all_back()
    {
        using var job = new TogetherJob();
        job.Publish(1);
        LongQuery.Prepare(job.Job.Database);
        var before = State(job);
        job.Job.Keys = $"{TogetherJob.Keys}; Timeout = 1";
        job.Job.Write(TogetherJob.Tables(2, other: 2, LongQuery.Sql));

        var result = job.Fail();

        Assert.Equal(
            (EltErrorKind.Timeout, EltStep.Stage, "analytics.c"),
            (result.Error!.Kind, result.FailedStep, result.FailedTable?.ToString()));
        Assert.Equal(before, State(job));
    }

    private static async Task<TogetherDatabase> PrepareAsync(bool isFirst)
    {
        var database = await TogetherDatabase.OpenAsync();
        if (!isFirst)
        {
            await database.RunAsync(1);
            await database.RunAsync(2);
        }

        return database;
    }

    private static IReadOnlyList<string> State(TogetherJob job) =>
        job.Job.Database.Rows("SELECT table_name, comment, estimated_size FROM duckdb_tables() ORDER BY ALL");
}
