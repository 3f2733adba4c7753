using System.Globalization;

using EltPs.Engine.Warehouses;
using EltPs.Tests.Soak;

using Xunit;

namespace EltPs.Tests.DuckDb;

public sealed class ReaderTests
{
    private static readonly int Publishes = Rounds.Of(2000, normal: 50);

    [Fact]
    public async Task Four_readers_see_one_whole_generation_at_any_moment_of_many_publishes()
    {
        await using var database = await TestDatabase.OpenAsync();
        await BuildAsync(database, 0);
        database.Run("CREATE INDEX by_i ON analytics.t(i)");
        using var done = new CancellationTokenSource();
        var readers = Enumerable.Range(0, 4).Select(_ => Task.Factory.StartNew(
            () => Read(database, done.Token), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)).ToArray();

        for (var generation = 1; generation <= Publishes; generation++)
        {
            await BuildAsync(database, generation);
        }

        await done.CancelAsync();
        foreach (var (reads, failures) in await Task.WhenAll(readers))
        {
            Assert.Empty(failures);
            Assert.True(reads > 10, $"only {reads} reads: the readers did not run beside the publishes");
        }
    }

    // Each generation has 100 + its number rows, all with its number.
    private static Task<PublishRequest> BuildAsync(TestDatabase database, int generation) =>
        database.BuildAsync(
            "analytics.t",
            string.Create(CultureInfo.InvariantCulture, $"SELECT {generation} AS generation, range AS i FROM range(100 + {generation})"));

    private static (int Reads, List<string> Failures) Read(TestDatabase database, CancellationToken done)
    {
        var failures = new List<string>();
        var reads = 0;
        using var connection = database.Connect();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT count(*), min(generation), max(generation) FROM analytics.t";
        while (!done.IsCancellationRequested && failures.Count < 10)
        {
            try
            {
                using var reader = command.ExecuteReader();
                reader.Read();
                var rows = reader.GetInt64(0);
                if (rows == 0 || reader.GetInt32(1) != reader.GetInt32(2) || rows != 100 + reader.GetInt32(1))
                {
                    failures.Add($"{rows} rows of generations {reader.GetValue(1)} to {reader.GetValue(2)}");
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
