using EltPs.Engine.Events;
using EltPs.Engine.Journal;
using EltPs.Engine.Runs;
using EltPs.Engine.Scheduling;
using EltPs.Tests.DuckDb;
using EltPs.Tests.Reports;
using EltPs.Tests.Intervals;
using EltPs.Tests.Support;
using Xunit;

namespace EltPs.Tests.Progress;

/// <summary>
/// What a terminal and a log show of real runs, as approved pictures: everything that stood on the screen, one below the other.
/// <c>ELTPS_APPROVE=1</c> writes the files anew.
/// </summary>
public sealed class SessionPictureTests : IDisposable
{
    private readonly IntervalJob _job = new("Schedule = '@daily'; StartDate = '2026-11-01'", "2026-11-24");
    private readonly ManualClock _clock = new();

    public void Dispose() => _job.Dispose();

    [Theory]
    [InlineData("terminal", false)]
    [InlineData("log", true)]
    public async Task A_run_that_takes_a_while_tells_where_it_is(string name, bool isLog)
    {
        _job.Job.Write(
            ("days", "SELECT 1 AS n"),
            ("mau_summary", "SELECT range AS n FROM range(12)"),
            ("revenue", "SELECT n FROM analytics.days"),
            ("ratios", "SELECT 1 AS n"),
            ("report", "SELECT 1 AS n"));
        await RunAsync(isLog: true, _ => 0);
        _job.Job.Write(
            ("days", "SELECT range AS n FROM range(3)"),
            ("mau_summary", "SELECT range AS n FROM range(13)"),
            ("revenue", "SELECT n FROM analytics.days WHERE n > 7"),
            ("ratios", "SELECT 1 AS n"),
            ("report", "SELECT 1 AS n"));

        var pictures = await RunAsync(isLog, started => (started.Table?.ToString(), started.Step) switch
        {
            ("analytics.mau_summary", EltStep.Stage) => isLog ? 75 : 7,
            (not null, EltStep.Stage) => 0.4,
            _ => 0.1,
        });

        Approve($"session-{name}", pictures);
    }

    [Fact]
    public async Task A_run_that_is_over_in_a_moment_leaves_nothing_but_its_result_on_a_terminal()
    {
        _job.Job.Write(("days", "SELECT 1 AS n"), ("ratios", "SELECT 1 AS n"));

        Approve("session-short", await RunAsync(isLog: false, _ => 0.25));
    }

    private async Task<string> RunAsync(bool isLog, Func<StepStarted, double> seconds)
    {
        using var shown = new ShownRun(isLog, _clock, seconds);
        var runner = new JournaledRunner(TestDatabase.Provider, _clock, shown, _job.Job.State);
        var request = new RunRequest { Choice = RunChoice.Latest, Options = new RunOptions() };
        await runner.RunAsync(_job.Load(), request, TestContext.Current.CancellationToken);
        return shown.Pictures;
    }

    private static void Approve(string name, string pictures)
    {
        var path = Path.Combine(RepositoryFile.Root, "tests", "Unit", "Progress", "Approved", $"{name}.txt");
        if (Environment.GetEnvironmentVariable("ELTPS_APPROVE") == "1")
        {
            File.WriteAllText(path, pictures);
        }

        Assert.Equal(File.ReadAllText(path).ReplaceLineEndings("\n"), pictures);
    }
}
