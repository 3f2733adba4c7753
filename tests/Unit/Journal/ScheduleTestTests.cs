using EltPs.Engine.Definitions;
using EltPs.Engine.Errors;
using EltPs.Engine.Events;
using EltPs.Engine.Journal;
using EltPs.Engine.Runs;
using EltPs.Engine.Scheduling;
using EltPs.Tests.Alerts;
using Xunit;

namespace EltPs.Tests.Journal;

/// <summary>Whether the last due run happened, by what real runs have left in a state folder.</summary>
public sealed class ScheduleTestTests : IAsyncDisposable
{
    private readonly LateScene _scene = new();

    public ValueTask DisposeAsync() => _scene.DisposeAsync();

    [Fact]
    public async Task A_run_that_succeeded_is_fine_until_the_next_one_has_had_its_time()
    {
        var run = await _scene.RunAsync();

        var look = _scene.Look();
        Assert.Equal((DueStatus.Succeeded, false, run.RunId, run.JournalPath), (look.Status, look.IsLate, look.RunId, look.JournalPath));
        Assert.Equal("2026-11-23 00:00 to 2026-11-24 00:00 (UTC)", look.Interval!.ToString());
        Assert.Null(look.ResumeCommand ?? look.RunCommand ?? look.Error ?? look.StateProblem);

        _scene.At("11-25 00:59:59");
        Assert.Equal((DueStatus.Succeeded, run.Interval), (_scene.Look().Status, _scene.Look().Interval));
        _scene.At("11-25 01:00");
        look = _scene.Look();
        Assert.Equal((DueStatus.Missed, true, (string?)null), (look.Status, look.IsLate, look.RunId));
        Assert.Equal($"Invoke-EltPipeline -Config '{look.Path.Replace("'", "''", StringComparison.Ordinal)}' -Scheduled", look.RunCommand);
        Assert.Null(look.StateProblem);
    }

    [Fact]
    public async Task A_run_that_failed_is_late_at_once_and_its_error_and_the_way_on_are_told()
    {
        var run = await _scene.RunAsync(fails: true);

        var look = _scene.Look();

        Assert.Equal((DueStatus.Failed, true, run.RunId, run.Error!.Message), (look.Status, look.IsLate, look.RunId, look.Error));
        Assert.Equal(run.ResumeCommand, look.ResumeCommand);
        Assert.EndsWith("-Scheduled", look.RunCommand, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_run_that_is_not_the_pipelines_last_one_is_run_again_and_not_resumed()
    {
        await _scene.RunAsync(fails: true);
        await _scene.RunAsync(_scene.Pipeline(), request: new RunRequest { Choice = RunChoice.On("2026-11-20") });

        Assert.Equal((DueStatus.Failed, (string?)null), (_scene.Look().Status, _scene.Look().ResumeCommand));
    }

    [Fact]
    public async Task The_command_names_the_date_where_a_scheduled_start_would_run_nothing()
    {
        _scene.Schedule = new ScheduleDefinition("@daily", null, new DateTime(2026, 11, 20), Catchup: false);

        Assert.EndsWith("-LogicalDate '2026-11-20 00:00:00 +00:00'", _scene.Look().RunCommand, StringComparison.Ordinal);

        await _scene.RunAsync(_scene.Pipeline(), request: new RunRequest { Choice = RunChoice.On("2026-11-20") });
        Assert.Equal(DueStatus.Succeeded, _scene.Look().Status);
    }

    [Fact]
    public async Task A_run_that_goes_on_has_its_time_and_then_is_late()
    {
        _scene.Grace = TimeSpan.FromHours(5);
        var looks = new List<ScheduleTestResult>();
        var observer = new Watcher(runEvent =>
        {
            if (runEvent is StepStarted && looks.Count == 0)
            {
                looks.Add(_scene.Look());
                _scene.Grace = TimeSpan.FromHours(1);
                looks.Add(_scene.Look());
            }
        });

        var run = await _scene.RunAsync(_scene.Pipeline(), observer: observer);

        Assert.Equal(
            [(DueStatus.Running, false, run.RunId), (DueStatus.Running, true, run.RunId)],
            looks.Select(look => (look.Status, look.IsLate, look.RunId)));
        Assert.Null(looks[1].ResumeCommand ?? looks[1].RunCommand);
        Assert.Equal(DueStatus.Succeeded, _scene.Look().Status);
    }

    [Fact]
    public async Task A_run_that_was_killed_is_late_and_can_be_resumed()
    {
        var dead = await _scene.DieAsync();

        var look = _scene.Look();

        Assert.Equal((DueStatus.Failed, true, dead), (look.Status, look.IsLate, look.RunId));
        Assert.Contains("ended without saying how in step stage of analytics.t", look.Error, StringComparison.Ordinal);
        Assert.EndsWith("-Resume", look.ResumeCommand, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_run_on_another_connection_does_not_count_and_the_message_names_that_one()
    {
        await _scene.RunAsync(_scene.Pipeline("elsewhere"));

        var look = _scene.Look();

        Assert.Equal((DueStatus.Missed, true, (string?)null), (look.Status, look.IsLate, look.RunId));
        Assert.Contains(
            "are on other connections than duckdb (DuckDb), the last one on elsewhere (DuckDb)",
            look.StateProblem,
            StringComparison.Ordinal);
        Assert.Equal(
            (DueStatus.Succeeded, false),
            (_scene.Look(_scene.Pipeline("elsewhere")).Status, _scene.Look(_scene.Pipeline("elsewhere")).IsLate));
    }

    [Fact]
    public async Task A_run_of_a_part_of_the_tables_does_not_count()
    {
        await _scene.RunAsync(_scene.Pipeline(), request: new RunRequest { Options = new RunOptions { IsPartial = true } });

        Assert.Equal((DueStatus.Missed, (string?)null), (_scene.Look().Status, _scene.Look().RunId));
    }

    [Fact]
    public async Task Looking_in_a_folder_that_is_not_there_is_not_the_same_as_finding_nothing()
    {
        await _scene.RunAsync();
        var nowhere = StateFolder.For(_scene.Pipeline().Path, Path.Combine(_scene.Scene.Folder, "nowhere"));

        var look = _scene.Look(state: nowhere);

        Assert.Equal((DueStatus.Missed, nowhere.FullPath), (look.Status, look.StatePath));
        Assert.StartsWith(
            $"There is no state folder {nowhere}, so nothing is known of any run of mau.psd1.",
            look.StateProblem,
            StringComparison.Ordinal);
        Assert.Contains("-StatePath '", look.RunCommand, StringComparison.Ordinal);
        Assert.False(Directory.Exists(nowhere.FullPath));

        // What an alert leaves there does not make it the right one.
        nowhere.Ensure("alerts");
        Assert.StartsWith(
            "No run of mau.psd1 has left anything in the state folder ",
            _scene.Look(state: nowhere).StateProblem,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_pruned_journal_told_the_ledger_still_does()
    {
        var run = await _scene.RunAsync(fails: true);
        File.Delete(run.JournalPath!);

        var look = _scene.Look();

        Assert.Equal((DueStatus.Failed, true, (string?)null), (look.Status, look.IsLate, look.ResumeCommand));
        Assert.EndsWith("-Scheduled", look.RunCommand, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_journal_that_cannot_be_read_is_said()
    {
        var run = await _scene.RunAsync();
        File.WriteAllText(run.JournalPath!, "torn\n");

        _ = _scene.Look();

        Assert.Equal(run.JournalPath, Assert.Single(_scene.Problems).Path);
    }

    [Fact]
    public void A_pipeline_without_a_schedule_is_an_error()
    {
        _scene.Schedule = new ScheduleDefinition(null, null, null, false);

        Assert.Equal(EltErrorKind.NotScheduled, Assert.Throws<EltException>(() => _scene.Look()).Kind);
    }

    [Fact]
    public async Task Looking_writes_nothing()
    {
        await _scene.RunAsync(fails: true);
        string[] Files() =>
            [
                .. Directory
                    .EnumerateFileSystemEntries(_scene.Scene.Folder, "*", SearchOption.AllDirectories)
                    .Order(StringComparer.Ordinal)
                    .Select(path => $"{path} {File.GetLastWriteTimeUtc(path):O}"),
            ];
        var before = Files();

        Assert.True(_scene.Look().IsLate);

        Assert.Equal(before, Files());
    }

    private sealed class Watcher(Action<RunEvent> see) : IRunObserver
    {
        public ValueTask OnEventAsync(RunEvent runEvent, CancellationToken cancellationToken)
        {
            see(runEvent);
            return ValueTask.CompletedTask;
        }
    }
}
