using System.Globalization;
using EltPs.Tests.Cmdlets;
using EltPs.Tests.Host;
using Xunit;

namespace EltPs.Tests.Soak;

/// <summary>elt is killed, as by kill -9 or a power cut, while it publishes one generation after another.</summary>
public sealed class KillTests
{
    private const int Rows = 20_000;

    // now() is the time of the transaction's start: all rows of a generation have the same, and no two generations do.
    private static readonly string Sql = string.Create(
        CultureInfo.InvariantCulture,
        $"SELECT now()::TIMESTAMP AS generation, range AS n FROM range({Rows})");

    [Fact]
    public async Task A_killed_process_leaves_whole_generations_and_the_next_run_succeeds()
    {
        using var job = new Job(("t", Sql));
        job.Run("Invoke-EltPipeline job.psd1").Succeeded();
        var last = Generation(job, "before the first kill");
        var random = new Random(20250110);

        for (var round = 1; round <= Rounds.Of(100, normal: 3); round++)
        {
            using var elt = EltProcess.Start(
                job.Folder,
                "while ($true) { $r = Invoke-EltPipeline job.psd1 -ErrorAction Stop; \"$($r.Status)\" }");
            Assert.Equal("Succeeded", await elt.LineAsync());

            // Not a wait for something: the moment of death is meant to be any.
            await Task.Delay(random.Next(0, 200), TestContext.Current.CancellationToken);
            await elt.KillAsync();

            var killed = Generation(job, $"after kill {round}");
            Assert.True(string.CompareOrdinal(killed, last) > 0, $"Round {round}: {killed} is published, but {last} was before.");

            job.Run("Invoke-EltPipeline job.psd1").Succeeded();
            last = Generation(job, $"in the run after kill {round}");
            Assert.True(string.CompareOrdinal(last, killed) > 0, $"Round {round}: {last} is published, but {killed} was before.");
        }
    }

    /// <summary>The published generation, which must be one and whole.</summary>
    private static string Generation(Job job, string when)
    {
        var generations = job.Database.Rows(
            "SELECT strftime(generation, '%Y-%m-%d %H:%M:%S.%f') AS at, count(*), sum(n) FROM analytics.t GROUP BY ALL");
        Assert.True(generations.Count == 1, $"{when}: {generations.Count} generations");
        var parts = generations[0].Split('|');
        Assert.Equal(
            [Rows.ToString(CultureInfo.InvariantCulture), ((long)Rows * (Rows - 1) / 2).ToString(CultureInfo.InvariantCulture)],
            parts[1..]);
        return parts[0];
    }
}
