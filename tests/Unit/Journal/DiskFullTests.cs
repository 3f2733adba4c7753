using System.Globalization;
using EltPs.Engine.Events;
using EltPs.Engine.Journal;
using EltPs.Tests.Cmdlets;
using EltPs.Tests.Host;
using Xunit;

namespace EltPs.Tests.Journal;

public sealed class DiskFullTests
{
    [Fact]
    public async Task A_journal_for_which_there_is_no_room_is_one_warning_and_the_run_goes_on_to_its_end()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "A limit of file sizes is a thing of Unix shells.");
        using var job = new Job([
            .. Enumerable.Range(1, 40).Select(n => (string.Create(CultureInfo.InvariantCulture, $"t{n}"), "SELECT 1 AS n")),
        ]);

        // No file may be longer than 8 KB: the journal's eighth table does not fit. In memory, because the database would not fit either.
        using var elt = EltProcess.StartWithFileLimit(job.Folder, blocks: 16, "(Invoke-EltPipeline job.psd1 -Connection :memory:).Status");
        var result = await elt.EndAsync();

        Assert.True(result.ExitCode == 0, result.Errors);
        Assert.Equal("Succeeded", result.Output.Trim());
        var warning = result.Errors.ReplaceLineEndings(" ");
        Assert.Contains("The journal of this run in", warning, StringComparison.Ordinal);
        Assert.Equal(warning.IndexOf("WARNING", StringComparison.Ordinal), warning.LastIndexOf("WARNING", StringComparison.Ordinal));

        var run = Assert.Single(new RunHistory(job.State).Read(out var problems));
        Assert.Empty(problems);
        Assert.Equal(RunStatus.Interrupted, run.Status);
        Assert.InRange(run.Done, 1, 39);
    }

    [Fact]
    public void When_there_is_room_again_the_end_tells_what_became_of_every_table()
    {
        using var job = new Job(("t", "SELECT 1 AS n"), ("u", "SELECT 2 AS n"));
        job.Run("Invoke-EltPipeline job.psd1").Succeeded();
        var state = job.State;
        File.Delete(state.PathOf("published.jsonl"));
        Directory.CreateDirectory(state.PathOf("published.jsonl"));

        job.Run("Invoke-EltPipeline job.psd1").Succeeded();

        var run = new RunHistory(state).Read(out _)[0];
        Assert.Equal((RunStatus.Succeeded, 2), (run.Status, run.Done));
        Assert.Contains("\"tables\":[", File.ReadLines(run.JournalPath).Last(), StringComparison.Ordinal);
    }
}
