using EltPs.Engine.Alerts;
using EltPs.Engine.Definitions;
using EltPs.Engine.Events;
using EltPs.Engine.Scheduling;
using Xunit;

namespace EltPs.Tests.Alerts;

/// <summary>Who is told that a run is late, look after look and run after run.</summary>
public sealed class LateAlertTests : IAsyncDisposable
{
    private readonly LateScene _scene = new();

    public ValueTask DisposeAsync() => _scene.DisposeAsync();

    [Fact]
    public async Task A_run_that_never_happened_is_told_once_and_the_next_success_closes_it()
    {
        await _scene.RunAsync();
        _scene.At("11-25 00:30");
        await _scene.AlertAsync();
        Assert.Empty(_scene.Titles);

        _scene.At("11-25 01:00");
        await _scene.AlertAsync();
        _scene.At("11-25 02:00");
        await _scene.AlertAsync();
        await _scene.RunAsync();
        await _scene.RunAsync();

        Assert.Equal(
            [
                "mau is late: its run never happened: The run for 2026-11-24 00:00 to 2026-11-25 00:00 (UTC), due at 2026-11-25 00:00 "
                    + "(UTC), never happened. See whether the scheduler starts this pipeline.",
                "mau recovered: Late since 2026-11-25 00:00 UTC: the run for 2026-11-24 00:00 to 2026-11-25 00:00 (UTC) never happened",
            ],
            _scene.Scene.Texts);
        Assert.Empty(_scene.Scene.Warnings);
        Assert.Empty(_scene.Scene.Waiting);
    }

    [Fact]
    public async Task The_message_has_the_interval_the_due_time_the_folder_the_host_that_looked_and_the_line_that_runs_it()
    {
        _scene.Slack = _scene.Slack with { Own = Results.Mentions("<!here>") };
        await _scene.AlertAsync();

        var body = Assert.Single(_scene.Scene.Server.Bodies);
        Assert.Contains(
            "🔴 mau is late: its run never happened",
            System.Text.Json.Nodes.JsonNode.Parse(body)!["blocks"]![0]!["text"]!["text"]!.GetValue<string>(),
            StringComparison.Ordinal);
        Assert.Contains("*Interval*\\n`2026-11-23 00:00 to 2026-11-24 00:00 (UTC)`", body, StringComparison.Ordinal);
        Assert.Contains("*Due*\\n`2026-11-24 00:00 (UTC)`", body, StringComparison.Ordinal);
        Assert.Contains("*State folder*\\n`", body, StringComparison.Ordinal);
        Assert.Contains("*Connection*\\n`duckdb (DuckDb)`", body, StringComparison.Ordinal);
        Assert.Contains("*Host*\\n`etl-01`", body, StringComparison.Ordinal);
        Assert.Contains("There is no state folder ", body, StringComparison.Ordinal);
        Assert.Contains("<!here>", body, StringComparison.Ordinal);
        Assert.Contains("-Scheduled", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_is_told_again_after_RepeatAfter_and_each_interval_is_news()
    {
        await _scene.AlertAsync();
        _scene.Clock.Advance(_scene.Slack.RepeatAfter - TimeSpan.FromHours(2));
        await _scene.AlertAsync();
        Assert.Single(_scene.Titles);

        // It is 00:00, and the interval that is over now has an hour. The one before is still missing.
        _scene.Slack = _scene.Slack with { RepeatAfter = TimeSpan.FromHours(21) };
        await _scene.AlertAsync();
        Assert.Equal(2, _scene.Titles.Count);

        _scene.At("11-25 01:00");
        await _scene.AlertAsync();
        await _scene.AlertAsync();
        Assert.Equal(3, _scene.Titles.Count);
        Assert.Contains("2026-11-24 00:00 to 2026-11-25 00:00", _scene.Scene.Texts[2], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_failure_that_the_run_has_told_is_told_as_late_only_after_RepeatAfter()
    {
        await _scene.RunAsync(fails: true);
        Assert.True((await _scene.AlertAsync()).IsLate);
        Assert.Equal(["mau failed"], _scene.Titles);

        _scene.Slack = _scene.Slack with { RepeatAfter = TimeSpan.FromHours(2) };
        _scene.At("11-24 06:00");
        await _scene.AlertAsync();
        await _scene.AlertAsync();
        Assert.Equal(["mau failed", "mau is late"], _scene.Titles);
        Assert.StartsWith(
            "mau is late: its run failed: analytics.t, check: analytics.t: check failed: 0 rows",
            _scene.Scene.Texts[1],
            StringComparison.Ordinal);

        // The next run that fails in the same way does not shout again either, and the next success closes all.
        await _scene.RunAsync(fails: true);
        await _scene.RunAsync();
        Assert.Equal(["mau failed", "mau is late", "mau recovered"], _scene.Titles);
        Assert.Contains("(2 runs, the last one ", _scene.Scene.Texts[2], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_failure_that_no_run_has_told_is_told_by_who_looks()
    {
        _scene.Slack = _scene.Slack with { On = [AlertOccasion.Late] };
        await _scene.RunAsync(fails: true);
        Assert.Empty(_scene.Titles);

        await _scene.AlertAsync();
        await _scene.AlertAsync();
        Assert.Equal(["mau is late"], _scene.Titles);
    }

    [Fact]
    public async Task A_run_that_was_missed_and_then_fails_is_news_from_the_run_and_not_from_who_looks()
    {
        await _scene.AlertAsync();
        await _scene.RunAsync(fails: true);
        await _scene.AlertAsync();

        Assert.Equal(["mau is late", "mau failed"], _scene.Titles);
    }

    [Fact]
    public async Task A_death_that_was_told_by_who_looks_is_not_told_by_the_next_run()
    {
        var dead = await _scene.DieAsync();
        await _scene.AlertAsync();
        Assert.Contains(dead, Assert.Single(_scene.Scene.Server.Bodies), StringComparison.Ordinal);
        Assert.StartsWith("mau is late: its run was interrupted: analytics.t, stage", _scene.Scene.Texts[0], StringComparison.Ordinal);

        await _scene.RunAsync();

        Assert.Equal(["mau is late", "mau recovered"], _scene.Titles);
    }

    [Fact]
    public async Task A_death_that_was_told_by_the_next_run_is_not_told_by_who_looks()
    {
        await _scene.DieAsync();
        await _scene.RunAsync(fails: true);
        await _scene.AlertAsync();

        Assert.Equal(["mau was interrupted", "mau failed"], _scene.Titles);
    }

    [Fact]
    public async Task A_run_that_takes_too_long_is_told_and_its_success_closes_that()
    {
        var isTold = false;
        await _scene.RunAsync(_scene.Pipeline(), observer: new Watcher(async runEvent =>
        {
            if (runEvent is StepStarted && !isTold)
            {
                isTold = true;
                await _scene.AlertAsync();
            }
        }));

        Assert.StartsWith("mau is late: its run is still running", _scene.Scene.Texts[0], StringComparison.Ordinal);
        Assert.Equal(["mau is late", "mau recovered"], _scene.Titles);
    }

    [Fact]
    public async Task Two_who_look_with_different_grace_times_do_not_shout_in_turn()
    {
        _scene.At("11-25 00:10");
        for (var look = 0; look < 3; look++)
        {
            _scene.Grace = TimeSpan.Zero;
            Assert.Equal("2026-11-24", (await _scene.AlertAsync()).Interval!.Start.ToString("yyyy-MM-dd", null));
            _scene.Grace = TimeSpan.FromHours(1);
            Assert.Equal("2026-11-23", (await _scene.AlertAsync()).Interval!.Start.ToString("yyyy-MM-dd", null));
        }

        Assert.Single(_scene.Titles);
    }

    [Fact]
    public async Task Who_looks_and_has_nothing_to_tell_leaves_nothing_behind()
    {
        _scene.Slack = _scene.Slack with { On = [AlertOccasion.Failure] };
        Assert.True((await _scene.AlertAsync()).IsLate);
        Assert.False(Directory.Exists(_scene.Scene.State.FullPath));

        _scene.Slack = _scene.Scene.Slack;
        await _scene.RunAsync();
        Assert.Equal(LateStatus.Succeeded, (await _scene.AlertAsync()).Status);
        Assert.False(Directory.Exists(_scene.Scene.State.PathOf("alerts")));
    }

    [Fact]
    public async Task What_Slack_did_not_take_waits_and_goes_out_with_the_next_look_because_no_run_may_come()
    {
        _scene.Scene.Server.Refuse();
        await _scene.AlertAsync();
        Assert.Single(_scene.Scene.Waiting);
        Assert.Contains("The alert was not delivered", Assert.Single(_scene.Scene.Warnings), StringComparison.Ordinal);

        _scene.Scene.Server.AcceptAgain();
        await _scene.AlertAsync();

        Assert.Empty(_scene.Scene.Waiting);
        Assert.Equal(["mau is late"], _scene.Titles);
        Assert.EndsWith(" UTC)", _scene.Scene.Texts[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_state_folder_that_cannot_be_written_costs_the_memory_and_not_the_alert()
    {
        File.WriteAllText(_scene.Scene.State.FullPath, "a file has the folder's name");

        await _scene.AlertAsync();

        Assert.Equal(["mau is late"], _scene.Titles);
        Assert.Contains(_scene.Scene.Warnings, warning =>
            warning.StartsWith("It cannot be noted in ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_lock_that_cannot_be_had_does_not_silence_an_alert()
    {
        using var held = await AlertLock.AcquireAsync(_scene.Scene.State, TimeProvider.System, TestContext.Current.CancellationToken);
        Assert.NotNull(held);

        await _scene.AlertAsync();

        Assert.Equal(["mau is late"], _scene.Titles);
    }

    [Fact]
    public async Task Who_read_the_memory_before_another_process_told_it_finds_that_once_it_holds_the_lock()
    {
        var scene = _scene.Scene;
        var rules = new AlertRules(Results.Context, _scene.Clock);
        var look = _scene.Look();
        var decisions = new List<AlertDecision>();
        using var client = new WebhookClient(_scene.Clock);
        var sender = new AlertSender(
            AlertChannels.Default,
            client,
            new EltPs.Warehouses.WarehouseRegistry().Secrets,
            _scene.Clock,
            Results.Context,
            SilentObserver.Instance);

        await new AlertDispatch(AlertChannels.Default, sender, scene.State, _scene.Clock, Results.Context, SilentObserver.Instance)
            .RunAsync(new AlertSettings(look.Path, [_scene.Slack]), Decide, TestContext.Current.CancellationToken);

        Assert.Equal([true, false], decisions.Select(decision => decision.Alert is not null));
        Assert.Empty(scene.Texts);

        AlertDecision Decide(ChannelSettings channel, AlertMemory before)
        {
            var decision = rules.AfterTest(look, channel, before);
            if (decisions.Count == 0)
            {
                // The other process.
                Assert.Null(new AlertHistory(scene.State).Write(decision.IfSent));
            }

            decisions.Add(decision);
            return decision;
        }
    }

    private sealed class Watcher(Func<RunEvent, Task> see) : IRunObserver
    {
        public async ValueTask OnEventAsync(RunEvent runEvent, CancellationToken cancellationToken) => await see(runEvent);
    }
}
