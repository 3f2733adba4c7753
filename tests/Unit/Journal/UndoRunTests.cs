using EltPs.Engine.Events;
using EltPs.Engine.Journal;
using EltPs.Tests.Cmdlets;
using Xunit;

namespace EltPs.Tests.Journal;

public sealed class UndoRunTests : IDisposable
{
    private const string Undo = "Get-EltRun job.psd1 -Last 1 | Switch-EltTable -Undo -Verbose";

    private readonly Job _job = new(("a", "SELECT 1 AS n"), ("b", "SELECT 2 AS n"), ("c", "SELECT 3 AS n"));

    public void Dispose() => _job.Dispose();

    [Fact]
    public void A_run_is_undone_backwards_and_what_cannot_be_undone_keeps_nothing_else_from_it()
    {
        _job.Run("Invoke-EltPipeline job.psd1").Succeeded();
        _job.Write(("a", "SELECT 10 AS n"), ("b", "SELECT 20 AS n"), ("c", "SELECT 30 AS n"));
        _job.Run("Invoke-EltPipeline job.psd1").Succeeded();
        _job.Run("Get-EltTable job.psd1 -Table b | Invoke-EltCtas").Succeeded();

        var undo = _job.Run("Get-EltRun -Last 1 | Switch-EltTable -Undo");

        var error = undo.FailedWith("EltUndoRefused,EltPs.Commands.SwitchEltTableCommand");
        Assert.StartsWith("analytics.b: publish failed: cannot undo: analytics.temp_b holds generation", error.Exception.Message, StringComparison.Ordinal);
        Assert.Equal(["analytics.c", "analytics.a"], undo.Output.Select(table => table.ToString()));
        Assert.Equal(["1|20|3"], _job.Database.Rows("SELECT a.n, b.n, c.n FROM analytics.a, analytics.b, analytics.c"));
    }

    [Fact]
    public void An_undone_run_is_not_undone_twice()
    {
        _job.Run("Invoke-EltPipeline job.psd1; Invoke-EltPipeline job.psd1; Get-EltRun job.psd1 -Last 1 | Switch-EltTable -Undo")
            .Succeeded();

        var again = _job.Run("Get-EltRun job.psd1 -Last 1 | Switch-EltTable -Undo");

        Assert.Equal(3, again.Errors.Count);
        Assert.All(again.Errors, error =>
            Assert.Contains("is no longer the one that is published", error.Exception.Message, StringComparison.Ordinal));
        Assert.Empty(again.Output);
    }

    [Fact]
    public void A_table_whose_publish_was_refused_is_not_undone_and_no_error()
    {
        FailToPublishB(withA: true);

        var undo = _job.Run(Undo).Succeeded();

        Assert.Equal(["analytics.a"], undo.Output.Select(table => table.ToString()));
        Assert.Empty(undo.Warnings);
        Assert.Equal(["1|2"], _job.Database.Rows("SELECT a.n, b.n FROM analytics.a, analytics.b"));
    }

    [Fact]
    public void A_table_of_an_interrupted_run_that_was_not_published_is_told_in_a_verbose_line_only()
    {
        FailToPublishB(withA: true);
        Interrupt();
        Assert.Equal((RunStatus.Interrupted, EltStep.Publish), (Last().Status, Last().Tables[1].Step));

        var undo = _job.Run(Undo).Succeeded();

        Assert.Equal(["analytics.a"], undo.Output.Select(table => table.ToString()));
        Assert.Contains(undo.Verbose, line =>
            line
            == $"analytics.b: generation {Last().Tables[1].Generation} of run {Last().RunId} is not what is published; nothing to undo.");
    }

    [Fact]
    public void A_table_of_an_interrupted_run_that_was_published_is_undone()
    {
        _job.Run("Invoke-EltPipeline job.psd1; Invoke-EltPipeline job.psd1").Succeeded();
        var path = Last().JournalPath;
        File.WriteAllLines(path, File.ReadAllLines(path)[..^2]);
        Assert.Equal((RunStatus.Interrupted, EltStep.Publish), (Last().Status, Last().Tables[2].Step));

        var undo = _job.Run(Undo).Succeeded();

        Assert.Equal(["analytics.c", "analytics.b", "analytics.a"], undo.Output.Select(table => table.ToString()));
    }

    [Fact]
    public void A_run_that_published_nothing_is_a_warning()
    {
        _job.Write(("a", "SELECT nonsense"));
        _job.Run("Invoke-EltPipeline job.psd1");

        var undo = _job.Run(Undo).Succeeded();

        Assert.Empty(undo.Output);
        Assert.Equal($"job: run {Last().RunId} published no table; nothing to undo.", Assert.Single(undo.Warnings));
    }

    [Fact]
    public void An_interrupted_run_of_which_nothing_is_published_is_a_warning()
    {
        FailToPublishB(withA: false);
        Interrupt();

        var undo = _job.Run(Undo).Succeeded();

        Assert.Empty(undo.Output);
        Assert.Equal($"job: run {Last().RunId} has no table published; nothing to undo.", Assert.Single(undo.Warnings));
    }

    private JournaledRun Last() => new RunHistory(_job.State).Read(out _)[0];

    // The next rows of b do not fit its index, so its swap is refused.
    private void FailToPublishB(bool withA)
    {
        _job.Run("Invoke-EltPipeline job.psd1").Succeeded();
        _job.Database.Execute("CREATE UNIQUE INDEX one_n ON analytics.b (n)");
        (string Table, string Sql)[] tables = [("a", "SELECT 10 AS n"), ("b", "SELECT 20 AS n FROM range(2)"), ("c", "SELECT 30 AS n")];
        _job.Write(withA ? tables : tables[1..]);
        _job.Run("Invoke-EltPipeline job.psd1").FailedWith("EltPublishFailed,EltPs.Commands.InvokeEltPipelineCommand");
    }

    // As a process leaves its journal that was killed within the step.
    private void Interrupt()
    {
        var path = Last().JournalPath;
        File.WriteAllLines(path, File.ReadAllLines(path)[..^1]);
    }
}
