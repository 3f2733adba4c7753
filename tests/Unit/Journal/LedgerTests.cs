using System.Globalization;
using System.Text.Json;
using EltPs.Engine.Events;
using EltPs.Engine.Journal;
using EltPs.Engine.Runs;
using EltPs.Tests.Cmdlets;
using EltPs.Tests.Host;
using Xunit;

namespace EltPs.Tests.Journal;

public sealed class LedgerTests
{
    [Fact]
    public void A_publish_that_a_resume_finds_done_is_in_the_ledger_once()
    {
        using var job = new Job(("a", "SELECT 1 AS n"), ("b", "SELECT nonsense"));
        var failed = Assert.IsType<RunResult>(Assert.Single(job.Run("Invoke-EltPipeline job.psd1").Output));
        var ledger = State(job).PathOf("published.jsonl");

        // As a process leaves both that was killed right after the swap.
        File.Delete(ledger);
        var journal = new RunHistory(State(job)).Read(out _)[0].JournalPath;
        File.WriteAllLines(
            journal,
            File.ReadAllLines(journal).TakeWhile(line => !line.Contains("\"Publish\",\"seconds\"", StringComparison.Ordinal)));
        Assert.Equal(RunStatus.Interrupted, new RunHistory(State(job)).Read(out _)[0].Status);

        var resumed = Assert.IsType<RunResult>(Assert.Single(job.Run("Invoke-EltPipeline job.psd1 -Resume").Output));
        job.Run("Invoke-EltPipeline job.psd1 -Resume");

        Assert.Equal(TableStatus.UpToDate, resumed.Tables[0].Status);
        var line = Assert.Single(Lines(ledger));
        Assert.Equal(
            ("published", "analytics.a", failed.Tables[0].Generation, resumed.RunId),
            (Text(line, "event"), Text(line, "table"), Text(line, "generation"), Text(line, "runId")));
    }

    [Fact]
    public void A_resume_adds_nothing_to_a_ledger_that_tells_of_the_publish()
    {
        using var job = new Job(("a", "SELECT 1 AS n"), ("b", "SELECT nonsense"));
        job.Run("Invoke-EltPipeline job.psd1");

        job.Run("Invoke-EltPipeline job.psd1 -Resume");

        Assert.Single(Lines(State(job).PathOf("published.jsonl")));
    }

    [Fact]
    public async Task The_ledger_names_every_generation_and_its_rows_though_there_is_no_room_for_the_journal()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "A limit of file sizes is a thing of Unix shells.");
        using var job = new Job([
            .. Enumerable.Range(1, 20).Select(n => (string.Create(CultureInfo.InvariantCulture, $"t{n}"), "SELECT 1 AS n")),
        ]);

        // No file may be longer than 8 KB: the lines of 20 tables fit into the ledger, and not into the journal.
        using var elt = EltProcess.StartWithFileLimit(
            job.Folder,
            blocks: 16,
            "(Invoke-EltPipeline job.psd1 -Connection :memory:).Tables.Generation");
        var result = await elt.EndAsync();

        Assert.True(result.ExitCode == 0, result.Errors);
        Assert.Contains("The journal of this run in", result.Errors.ReplaceLineEndings(" "), StringComparison.Ordinal);
        var lines = Lines(State(job).PathOf("published.jsonl"));
        Assert.Equal(
            result.Output.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries),
            lines.Select(line => Text(line, "generation")));
        Assert.All(lines, line => Assert.Equal(1, line.GetProperty("rows").GetInt32()));
    }

    private static StateFolder State(Job job) => job.State;

    private static string? Text(JsonElement line, string key) => line.TryGetProperty(key, out var value) ? value.GetString() : null;

    private static List<JsonElement> Lines(string path) =>
        [.. File.ReadAllLines(path).Select(line => JsonDocument.Parse(line).RootElement)];
}
