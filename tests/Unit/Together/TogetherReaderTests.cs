using EltPs.Engine.Events;
using EltPs.Tests.Soak;
using Xunit;

namespace EltPs.Tests.Together;

/// <summary>On DuckDB: who reads all tables at one moment reads one generation of all.</summary>
public sealed class TogetherReaderTests
{
    private const string Query =
        """
        SELECT generation, count(*) FROM (
            SELECT generation FROM analytics.a UNION ALL SELECT generation FROM analytics.b UNION ALL SELECT generation FROM analytics.c
        )
        GROUP BY ALL
        """;

    [Fact]
    public async Task Four_readers_never_see_two_generations_over_many_runs_of_which_some_fail()
    {
        await using var database = await TogetherDatabase.OpenAsync();
        Assert.True((await database.RunAsync(0)).IsSuccess);
        database.Database.Run(
            "CREATE UNIQUE INDEX once ON analytics.b(i); CREATE VIEW analytics.v AS SELECT a.i, c.generation FROM analytics.a JOIN "
                + "analytics.c USING (i)");
        using var done = new CancellationTokenSource();
        var readers = Enumerable.Range(0, 4).Select(_ => Task.Factory.StartNew(
            () => Read(database, done.Token), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)).ToArray();

        for (var generation = 1; generation <= Rounds.Of(1000, normal: 40); generation++)
        {
            var fails = generation % 4 == 0 ? generation / 4 % TogetherDatabase.Names.Length : -1;
            var result = await database.RunAsync(generation, fails);
            Assert.Equal(fails < 0 ? RunStatus.Succeeded : RunStatus.Failed, result.Status);
        }

        await done.CancelAsync();
        foreach (var (reads, failures) in await Task.WhenAll(readers))
        {
            Assert.Empty(failures);
            Assert.True(reads > 10, $"only {reads} reads: the readers did not run beside the runs");
        }
    }

    private static (int Reads, List<string> Failures) Read(TogetherDatabase database, CancellationToken done)
    {
        var failures = new List<string>();
        var reads = 0;
        using var connection = database.Database.Connect();
        using var command = connection.CreateCommand();
        command.CommandText = Query;
        while (!done.IsCancellationRequested && failures.Count < 10)
        {
            try
            {
                using var reader = command.ExecuteReader();
                var seen = new List<string>();
                while (reader.Read())
                {
                    if (reader.GetInt64(1) != 3 * (100 + reader.GetInt32(0)))
                    {
                        failures.Add($"{reader.GetInt64(1)} rows of generation {reader.GetInt32(0)}");
                    }

                    seen.Add($"{reader.GetValue(0)}");
                }

                if (seen.Count != 1)
                {
                    failures.Add($"generations {string.Join(" and ", seen)}");
                }
            }
            catch (DuckDB.NET.Data.DuckDBException failure)
            {
                failures.Add(failure.Message);
            }

            reads++;
        }

        return (reads, failures);
    }
}
