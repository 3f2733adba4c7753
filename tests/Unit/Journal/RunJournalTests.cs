using System.Text.Json;
using EltPs.Engine.Events;
using EltPs.Engine.Journal;
using EltPs.Engine.Runs;
using EltPs.Tests.Cmdlets;
using EltPs.Tests.Soak;
using Xunit;

namespace EltPs.Tests.Journal;

public sealed class RunJournalTests : IDisposable
{
    private readonly Job _job = new(("t", "SELECT 1 AS n"), ("u", "SELECT 2 AS n"));

    public void Dispose() => _job.Dispose();

    [Fact]
    public void A_run_is_written_down_line_by_line_and_read_as_it_was()
    {
        var result = _job.Run("Invoke-EltPipeline job.psd1").Single<RunResult>();

        var run = Assert.Single(Runs());
        Assert.Equal((result.RunId, "job", RunStatus.Succeeded, 1), (run.RunId, run.Pipeline, run.Status, run.Sequence));
        Assert.Equal((Environment.ProcessId, Environment.MachineName, "duckdb (DuckDb)"), (run.ProcessId, run.Host, run.Connection));
        Assert.Equal(["analytics.t", "analytics.u"], run.Tables.Select(table => table.Table));
        Assert.Equal(result.Tables.Select(table => table.Generation), run.Tables.Select(table => table.Generation));
        Assert.All(run.Tables, table =>
            Assert.Equal((TableStatus.Published, 1L, 1, "first"), (table.Status, table.Rows, table.Attempts, table.Replaces)));

        var events = File.ReadAllLines(run.JournalPath)
            .Select(line => JsonDocument.Parse(line).RootElement.GetProperty("event").GetString())
            .ToList();
        Assert.Equal(["runStarted", "tablesListed", "stepStarted", "stepFinished"], events[..4]);
        Assert.Equal(14, events[4..^1].Count(name => name is "stepStarted" or "generationAssigned" or "stepFinished"));
        Assert.Equal("runFinished", events[^1]);
    }

    [Fact]
    public void A_failed_run_tells_what_stopped_it()
    {
        _job.Write(("t", "SELECT 1 AS n"), ("u", "SELECT nonsense"));
        _job.Run("Invoke-EltPipeline job.psd1").FailedWith("EltStatementFailed,EltPs.Commands.InvokeEltPipelineCommand");

        var run = Assert.Single(Runs());
        Assert.Equal((RunStatus.Failed, "analytics.u", EltStep.Stage), (run.Status, run.FailedTable, run.FailedStep));
        Assert.Contains("nonsense", run.Message, StringComparison.Ordinal);
        Assert.Equal([TableStatus.Published, TableStatus.Failed], run.Tables.Select(table => table.Status));
    }

    [Fact]
    public void What_was_published_is_in_the_ledger()
    {
        var generations = _job.Run("Invoke-EltPipeline job.psd1; Invoke-EltPipeline job.psd1").Succeeded()
            .Output.Cast<RunResult>().SelectMany(run => run.Tables).Select(table => table.Generation).ToList();

        var ledger = File.ReadAllLines(State.PathOf("published.jsonl")).Select(line => JsonDocument.Parse(line).RootElement).ToList();
        Assert.Equal(generations, ledger.Select(line => line.GetProperty("generation").GetString()));
        Assert.All(ledger, line =>
            Assert.Equal(("job", 1), (line.GetProperty("pipeline").GetString(), line.GetProperty("rows").GetInt32())));
    }

    [Fact]
    public void Single_cmdlets_and_a_plan_write_no_state()
    {
        _job.Run("Get-EltTable job.psd1 | Invoke-EltCtas | Test-EltRowCount | Switch-EltTable; Invoke-EltPipeline job.psd1 -WhatIf")
            .Succeeded();

        Assert.False(Directory.Exists(State.FullPath));
    }

    [Fact]
    public void At_any_byte_at_which_a_journal_is_cut_the_run_is_interrupted_and_what_was_published_is_known()
    {
        _job.Run("Invoke-EltPipeline job.psd1").Succeeded();
        var path = Assert.Single(Runs()).JournalPath;
        var whole = File.ReadAllBytes(path);
        var published = 0;
        foreach (var length in Cuts(whole))
        {
            File.WriteAllBytes(path, whole[..length]);
            var runs = Runs();

            // Before the first line is whole the run has done nothing, and there is nothing to tell.
            Assert.True(runs.Count == (whole.AsSpan(0, length).IndexOf((byte)'\n') >= 0 ? 1 : 0), $"{length}");
            if (runs is [var run])
            {
                Assert.Equal(RunStatus.Interrupted, run.Status);
                Assert.InRange(run.Done, published, 2);
                published = run.Done;
            }
        }

        Assert.Equal(2, published);
    }

    [Fact]
    public void A_line_that_is_damaged_in_the_middle_costs_no_more_than_itself()
    {
        _job.Run("Invoke-EltPipeline job.psd1").Succeeded();
        var path = Assert.Single(Runs()).JournalPath;
        var lines = File.ReadAllLines(path);
        lines[4] = "\0\0\0{";
        File.WriteAllLines(path, lines);

        Assert.Equal((RunStatus.Succeeded, 2), (Assert.Single(Runs()).Status, Runs()[0].Done));
    }

    [Theory]
    [InlineData(
        """{"event":"runStarted","version":2,"at":"2026-01-01T00:00:00Z"}""",
        "a newer EltPs wrote this journal (version 2; this one reads up to 1)")]
    [InlineData("garbage", "its first line is damaged")]
    public void A_journal_that_cannot_be_read_is_reported_and_left_as_it_is(string text, string problem)
    {
        _job.Run("Invoke-EltPipeline job.psd1").Succeeded();
        var path = State.PathOf("runs", "20250101T000000Z-aaaaaa.jsonl");
        File.WriteAllText(path, text + "\n");

        _job.Run("1..3 | ForEach-Object { $null = Invoke-EltPipeline job.psd1 }").Succeeded();

        Assert.Equal(4, new RunHistory(State).Read(out var problems).Count);
        Assert.Contains(problem, Assert.Single(problems).Message, StringComparison.Ordinal);
        Assert.Equal(text + "\n", File.ReadAllText(path));
    }

    [Fact]
    public void The_oldest_journals_are_pruned_and_neither_the_ledger_nor_another_pipelines()
    {
        _job.Run("Invoke-EltPipeline job.psd1").Succeeded();
        var line = File.ReadAllText(Assert.Single(Runs()).JournalPath);
        for (var run = 2; run <= 120; run++)
        {
            File.WriteAllText(
                State.PathOf("runs", $"20240101T000000Z-{run:x6}.jsonl"),
                line.Replace("\"sequence\":1", $"\"sequence\":{run}", StringComparison.Ordinal));
        }

        File.WriteAllText(
            State.PathOf("runs", "20240101T000000Z-other.jsonl"),
            line.Replace("job.psd1", "other.psd1", StringComparison.Ordinal));
        _job.Run("Invoke-EltPipeline job.psd1").Succeeded();

        Assert.Equal(Enumerable.Range(22, 100).Select(sequence => (long)sequence), Runs().Select(run => run.Sequence).Order());
        Assert.True(File.Exists(State.PathOf("runs", "20240101T000000Z-other.jsonl")));
        Assert.Equal(4, File.ReadAllLines(State.PathOf("published.jsonl")).Length);
    }

    [Fact]
    public void The_last_run_is_the_last_one_though_the_clock_was_set_back()
    {
        _job.Run("Invoke-EltPipeline job.psd1").Succeeded();
        var first = Assert.Single(Runs());
        var future = State.PathOf("runs", "20990101T000000Z-abcdef.jsonl");
        File.WriteAllText(
            future,
            File.ReadAllText(first.JournalPath)
                .Replace(first.RunId, "20990101T000000Z-abcdef", StringComparison.Ordinal)
                .Replace("\"sequence\":1", "\"sequence\":2", StringComparison.Ordinal));

        var last = _job.Run("Invoke-EltPipeline job.psd1").Single<RunResult>();

        Assert.Equal([last.RunId, "20990101T000000Z-abcdef", first.RunId], Runs().Select(run => run.RunId));
    }

    [Fact]
    public void A_state_folder_that_cannot_be_made_is_one_warning_and_the_tables_are_published()
    {
        _job.WriteText(".eltps", "in the way");

        var run = _job.Run("Invoke-EltPipeline job.psd1").Succeeded();

        Assert.Contains("continues without a journal and without a lock", Assert.Single(run.Warnings), StringComparison.Ordinal);
        Assert.Equal(RunStatus.Succeeded, run.Single<RunResult>().Status);
        Assert.Equal(["2"], _job.Database.Rows("SELECT n FROM analytics.u"));
    }

    [Fact]
    public void A_ledger_that_cannot_be_written_is_one_warning_and_the_run_is_in_the_journal()
    {
        State.Ensure("published.jsonl");

        var run = _job.Run("Invoke-EltPipeline job.psd1").Succeeded();

        Assert.Contains("journal of this run", Assert.Single(run.Warnings), StringComparison.Ordinal);
        Assert.Equal((RunStatus.Succeeded, 2), (Assert.Single(Runs()).Status, Runs()[0].Done));
    }

    [Fact]
    public void The_state_can_be_kept_elsewhere()
    {
        _job.Run("Invoke-EltPipeline job.psd1 -StatePath ./elsewhere").Succeeded();

        Assert.False(Directory.Exists(State.FullPath));
        Assert.Single(
            new RunHistory(StateFolder.For(Path.Combine(_job.Folder, "job.psd1"), Path.Combine(_job.Folder, "elsewhere"))).Read(out _));
    }

    [Fact]
    public void A_file_that_neither_is_there_nor_ever_ran_is_a_warning()
    {
        _job.Run("Invoke-EltPipeline job.psd1").Succeeded();
        _job.Write("other", ("t", "SELECT 1 AS n"));

        var misspelt = _job.Run("Get-EltRun jbo.psd1").Succeeded();
        File.Delete(Path.Combine(_job.Folder, "job.psd1"));
        var ran = _job.Run("Get-EltRun job.psd1; Get-EltRun other.psd1").Succeeded();

        Assert.Empty(misspelt.Output);
        Assert.Contains(
            $"jbo.psd1: there is no such file, and no journal of it in {State}.",
            Assert.Single(misspelt.Warnings),
            StringComparison.Ordinal);
        Assert.Single(ran.Output);
        Assert.Empty(ran.Warnings);
    }

    // Around the end of each line at every byte, and normally at every tenth of the others.
    private static IEnumerable<int> Cuts(byte[] whole)
    {
        var step = Rounds.Step(10);
        return Enumerable.Range(0, whole.Length)
            .Where(length => length % step == 0 || Around(length).Contains((byte)'\n'));

        byte[] Around(int length) => whole[Math.Max(0, length - 2)..Math.Min(whole.Length, length + 2)];
    }

    private StateFolder State => _job.State;

    private IReadOnlyList<JournaledRun> Runs()
    {
        var runs = new RunHistory(State).Read(out var problems);
        Assert.Empty(problems);
        return runs;
    }
}
