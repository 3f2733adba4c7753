using System.Globalization;
using EltPs.Engine.Events;
using EltPs.Engine.Journal;
using EltPs.Engine.Runs;
using EltPs.Tests.Cmdlets;
using EltPs.Tests.Host;
using Xunit;

namespace EltPs.Tests.Soak;

/// <summary>elt is killed, as by kill -9 or a power cut, in the middle of a run that publishes its tables together.</summary>
public sealed class TogetherKillTests
{
    private const int Rows = 20_000;

    // now() is the time of the transaction's start: all rows of a run have the same, and no two runs do.
    private static readonly (string Table, string Sql)[] Tables =
    [
        ("a", string.Create(CultureInfo.InvariantCulture, $"SELECT now()::TIMESTAMP AS generation, range AS n FROM range({Rows})")),
        ("b", "SELECT generation, n FROM analytics.a"),
        ("c", string.Create(CultureInfo.InvariantCulture, $"SELECT now()::TIMESTAMP AS generation, range AS n FROM range({Rows})")),
    ];

    [Fact]
    public async Task Whenever_a_run_is_killed_all_tables_are_of_one_run_and_a_resume_ends_it()
    {
        using var job = new Job("; PublishTogether = $true", Tables);
        job.Run("Invoke-EltPipeline job.psd1").Succeeded();
        job.Database.Execute("CREATE UNIQUE INDEX once ON analytics.b(n)");
        var random = new Random(20250110);
        var interrupted = 0;
        var rounds = Rounds.Of(200, normal: 3);

        // A kill between two runs interrupts none: then one more is needed.
        for (var round = 1; round <= rounds || (interrupted == 0 && round <= 20 * rounds); round++)
        {
            using (var elt = EltProcess.Start(job.Folder, "'ready'; while ($true) { $r = Invoke-EltPipeline job.psd1 -ErrorAction Stop }"))
            {
                Assert.Equal("ready", await elt.LineAsync());

                // Not a wait for something: the moment of death is meant to be any.
                await Task.Delay(random.Next(0, 400), TestContext.Current.CancellationToken);
                await elt.KillAsync();
            }

            interrupted += ResumeAfterKill(job, $"round {round}") ? 1 : 0;
        }

        Assert.True(interrupted > 0, "No run was interrupted: this proves nothing.");
    }

    [Fact]
    public async Task At_every_line_of_its_journal_a_run_can_end_and_be_resumed()
    {
        using var job = new Job("; PublishTogether = $true", Tables);
        job.Run("Invoke-EltPipeline job.psd1").Succeeded();
        job.Database.Execute("CREATE UNIQUE INDEX once ON analytics.b(n)");
        using var copies = await StateCopies.OfRunAsync(job);
        Assert.True(copies.Count > 15, $"{copies.Count} lines");

        var interrupted = 0;
        for (var line = 0; line < copies.Count; line++)
        {
            copies.Restore(line);
            interrupted += ResumeAfterKill(job, $"line {line}") ? 1 : 0;
        }

        Assert.InRange(interrupted, copies.Count - 2, copies.Count);
    }

    /// <summary>Whether the run was interrupted at all.</summary>
    private static bool ResumeAfterKill(Job job, string when)
    {
        var killed = Runs(job)[0];
        Assert.True(killed.Status is RunStatus.Interrupted or RunStatus.Succeeded, $"{when}: {killed.Status}");
        var before = Generation(job, $"killed in {when}");

        var resumed = job.Run("Invoke-EltPipeline job.psd1 -Resume").Single<RunResult>();

        var after = Generation(job, $"resumed in {when}");
        Assert.True(string.CompareOrdinal(after, before) >= 0, $"{when}: {after} is published, but {before} was before.");
        if (killed.Status != RunStatus.Interrupted)
        {
            return false;
        }

        Assert.Equal((RunStatus.Succeeded, killed.RunId), (resumed.Status, resumed.ResumedFrom));
        Assert.Single(resumed.Tables.Select(table => table.Status).Distinct());
        Assert.Equal(resumed.Tables[0].Status == TableStatus.UpToDate, after == before);
        return true;
    }

    // All tables of one run, whole, and with the index.
    private static string Generation(Job job, string when)
    {
        using var database = job.Database.Open();
        var rows = database.Rows(
            $"""
            SELECT strftime(generation, '%Y-%m-%d %H:%M:%S.%f'), count(*), sum(n)
            FROM ({string.Join(" UNION ALL ", Tables.Select(table => $"SELECT * FROM analytics.{table.Table}"))})
            GROUP BY ALL
            """);
        Assert.True(rows.Count == 1, $"{when}: {string.Join(", ", rows)}");
        var parts = rows[0].Split('|');
        Assert.Equal(
            [(3 * Rows).ToString(CultureInfo.InvariantCulture), (3L * Rows * (Rows - 1) / 2).ToString(CultureInfo.InvariantCulture)],
            parts[1..]);
        Assert.Equal(
            ["b|1"],
            database.Rows("SELECT table_name, count(*) FROM duckdb_indexes() WHERE index_name = 'once' GROUP BY ALL"));
        Assert.Equal(["1"], database.Rows("SELECT count(*) FROM analytics.b WHERE n = 17"));
        var runs = database.Rows(
            "SELECT DISTINCT regexp_extract(comment, 'run=([^ ]+)\\]', 1) FROM duckdb_tables() WHERE table_name IN ('a', 'b', 'c')");
        Assert.True(runs.Count == 1, $"{when}: of the runs {string.Join(", ", runs)}");
        return parts[0];
    }

    private static IReadOnlyList<JournaledRun> Runs(Job job) =>
        new RunHistory(job.State).Read(out _);
}
