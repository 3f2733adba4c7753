using System.Globalization;
using EltPs.Engine.Events;
using EltPs.Engine.Journal;
using EltPs.Engine.Runs;
using EltPs.Tests.Cmdlets;
using EltPs.Tests.Host;
using EltPs.Tests.Support;
using Xunit;

namespace EltPs.Tests.Soak;

/// <summary>elt is killed, as by kill -9 or a power cut, in the middle of a run of several tables, and one command resumes it.</summary>
public sealed class ResumeKillTests
{
    private const int Rows = 20_000;

    // A second table reads the first one: what is behind must never be older than what it was built from.
    private static readonly (string Table, string Sql)[] Tables =
    [
        ("a", string.Create(CultureInfo.InvariantCulture, $"SELECT now()::TIMESTAMP AS generation, range AS n FROM range({Rows})")),
        ("b", "SELECT generation, n FROM analytics.a"),
        ("c", "SELECT generation, n FROM analytics.b"),
    ];

    [Fact]
    public async Task Whenever_a_run_is_killed_a_resume_ends_it_and_builds_nothing_again_that_was_published()
    {
        using var job = new Job(Tables);
        job.Run("Invoke-EltPipeline job.psd1").Succeeded();
        var random = new Random(20250110);
        var interrupted = 0;
        var rounds = Rounds.Of(300, normal: 3);

        // A kill between two runs interrupts none: then one more is needed.
        for (var round = 1; round <= rounds || (interrupted == 0 && round <= 20 * rounds); round++)
        {
            var before = Runs(job).Count;
            using (var elt = EltProcess.Start(job.Folder, "'ready'; while ($true) { $r = Invoke-EltPipeline job.psd1 -ErrorAction Stop }"))
            {
                Assert.Equal("ready", await elt.LineAsync());

                // Not a wait for something: the moment of death is meant to be any.
                await Task.Delay(random.Next(0, 400), TestContext.Current.CancellationToken);
                await elt.KillAsync();
            }

            Assert.True(Runs(job).Count >= before, $"Round {round}: a journal is lost.");
            interrupted += ResumeAfterKill(job, $"round {round}") ? 1 : 0;
        }

        Assert.True(interrupted > 0, "No run was interrupted: this proves nothing.");
    }

    [Fact]
    public async Task At_every_line_of_its_journal_a_run_can_end_and_be_resumed()
    {
        using var job = new Job(Tables);
        job.Run("Invoke-EltPipeline job.psd1").Succeeded();
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

    [Fact]
    public async Task Killed_at_a_line_of_its_journal_a_run_can_be_resumed()
    {
        using var job = new Job(Tables);
        job.Run("Invoke-EltPipeline job.psd1").Succeeded();
        var lines = File.ReadAllLines(Runs(job)[0].JournalPath).Length;

        foreach (var line in Rounds.Sample([.. Enumerable.Range(1, lines - 1)], 2, "lines"))
        {
            var earlier = Runs(job)[0].Sequence;
            using (var elt = EltProcess.Start(job.Folder, "Invoke-EltPipeline job.psd1"))
            {
                await KilledAtLineAsync(job, elt, line);
            }

            Assert.Equal(earlier + 1, Runs(job)[0].Sequence);
            ResumeAfterKill(job, $"line {line}");
        }
    }

    // Watches the journal grow: it is written before the step that it tells of begins.
    private static async Task KilledAtLineAsync(Job job, EltProcess elt, int line)
    {
        var folder = Path.Combine(job.Folder, ".eltps", "runs");
        var known = Directory.GetFiles(folder).ToHashSet(StringComparer.Ordinal);
        var deadline = DateTime.UtcNow.AddMinutes(1);
        while (DateTime.UtcNow < deadline)
        {
            if (Directory.GetFiles(folder).FirstOrDefault(file => !known.Contains(file)) is { } path && Lines(path) >= line)
            {
                await elt.KillAsync();
                return;
            }

            await Task.Yield();
        }

        Assert.Fail($"The run did not come to line {line}.");
    }

    private static int Lines(string path)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().Count(character => character == '\n');
    }

    /// <summary>Whether the run was interrupted at all.</summary>
    private static bool ResumeAfterKill(Job job, string when)
    {
        var killed = Runs(job)[0];
        Assert.True(killed.Status is RunStatus.Interrupted or RunStatus.Succeeded, $"{when}: {killed.Status}");
        var generations = Generations(job, $"killed in {when}");
        var published = Published(job);

        var result = job.Run("Invoke-EltPipeline job.psd1 -Resume").Single<RunResult>();

        if (killed.Status == RunStatus.Succeeded)
        {
            Assert.Equal(RunStatus.NothingToDo, result.Status);
            Assert.Equal(published, Published(job));
            return false;
        }

        Assert.Equal((RunStatus.Succeeded, killed.RunId), (result.Status, result.ResumedFrom));
        foreach (
            var table in killed.Tables.Where(table =>
                table.Generation is not null && published.Contains($"{table.Table}|{table.Generation}")))
        {
            var now = result.Tables.Single(built => built.Table.ToString() == table.Table);
            Assert.True(
                now.Status == TableStatus.UpToDate && now.Generation == table.Generation,
                $"{when}: {table.Table} was built again.");
        }

        Assert.All(result.Tables, table => Assert.True(table.Status is TableStatus.Published or TableStatus.UpToDate, $"{when}: {table}"));
        var after = Generations(job, $"resumed in {when}");
        Assert.Single(after.Distinct());
        Assert.True(
            string.CompareOrdinal(after[0], generations[0]) >= 0,
            $"{when}: {after[0]} is published, but {generations[0]} was before.");
        Assert.Equal([RunStatus.Succeeded, RunStatus.Interrupted], Runs(job).Take(2).Select(run => run.Status));
        return true;
    }

    // What is published is whole, at any moment: one generation's rows, all of them.
    private static List<string> Generations(Job job, string when)
    {
        using var database = job.Database.Open();
        return [.. Tables.Select(table => Generation(database, table.Table, when))];
    }

    private static string Generation(OpenDatabase database, string table, string when)
    {
        var rows = database.Rows(
            $"SELECT strftime(generation, '%Y-%m-%d %H:%M:%S.%f') AS at, count(*), sum(n) FROM analytics.{table} GROUP BY ALL");
        Assert.True(rows.Count == 1, $"{when}: {rows.Count} generations of {table}");
        var parts = rows[0].Split('|');
        Assert.Equal(
            [Rows.ToString(CultureInfo.InvariantCulture), ((long)Rows * (Rows - 1) / 2).ToString(CultureInfo.InvariantCulture)],
            parts[1..]);
        return parts[0];
    }

    private static HashSet<string> Published(Job job) =>
    [
        .. job.Database.Rows(
            """
            SELECT schema_name || '.' || table_name || '|' || regexp_extract(comment, 'generation=([0-9a-f-]{36})', 1)
            FROM duckdb_tables()
            WHERE schema_name = 'analytics' AND table_name IN ('a', 'b', 'c')
            """),
    ];

    private static IReadOnlyList<JournaledRun> Runs(Job job)
    {
        var runs = new RunHistory(job.State).Read(out var problems);
        Assert.Empty(problems);
        return runs;
    }
}
