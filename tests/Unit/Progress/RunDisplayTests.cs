using System.Globalization;
using System.Management.Automation;
using EltPs.Engine.Events;
using EltPs.Engine.Journal;
using EltPs.Engine.Names;
using EltPs.Engine.Runs;
using EltPs.Progress;
using EltPs.Tests.Support;
using Xunit;

namespace EltPs.Tests.Progress;

/// <summary>When a run shows what, on a terminal and in a log.</summary>
public sealed class RunDisplayTests
{
    private static readonly TableName Table =
        TableName.TryParse("analytics.mau_summary", out var name) ? name : throw new FormatException();

    private readonly ManualClock _clock = new();

    [Fact]
    public void A_log_gets_signs_of_life_at_growing_intervals()
    {
        var display = new RunDisplay("RunELT", isLog: true, _clock);
        display.On(new TableStarted(Table, 3, 12));
        display.On(new StepStarted(Table, EltStep.Stage));

        List<string> signs = [];
        for (var second = 1; second <= 30 * 60; second++)
        {
            _clock.Advance(TimeSpan.FromSeconds(1));
            var update = display.Tick();
            Assert.Null(update.Bar);
            signs.AddRange(update.Lines);
        }

        Assert.Equal(
            [
                "RunELT: analytics.mau_summary (3 of 12): building 10 s, run 10 s",
                "RunELT: analytics.mau_summary (3 of 12): building 30 s, run 30 s",
                "RunELT: analytics.mau_summary (3 of 12): building 1 min 0 s, run 1 min 0 s",
                "RunELT: analytics.mau_summary (3 of 12): building 2 min 0 s, run 2 min 0 s",
                "RunELT: analytics.mau_summary (3 of 12): building 5 min 0 s, run 5 min 0 s",
                "RunELT: analytics.mau_summary (3 of 12): building 10 min 0 s, run 10 min 0 s",
                "RunELT: analytics.mau_summary (3 of 12): building 20 min 0 s, run 20 min 0 s",
                "RunELT: analytics.mau_summary (3 of 12): building 30 min 0 s, run 30 min 0 s",
            ],
            signs);
    }

    [Theory]
    [InlineData(0, "")]
    [InlineData(0.004, "")]
    [InlineData(0.429, ", 42 %")]
    [InlineData(1, ", 100 %")]
    [InlineData(1.7, ", 100 %")]
    public void A_sign_of_life_has_one_percentage_and_only_where_the_warehouse_gives_one(double fraction, string percentage)
    {
        var display = new RunDisplay("RunELT", isLog: true, _clock);
        display.On(new TableStarted(Table, 1, 1));
        display.On(new StepStarted(Table, EltStep.Check));
        display.On(new StatementProgress(fraction));
        _clock.Advance(TimeSpan.FromSeconds(10));

        Assert.Equal([$"RunELT: analytics.mau_summary (1 of 1): checking 10 s, run 10 s{percentage}"], display.Tick().Lines);
    }

    [Theory]
    [InlineData(EltStep.Prepare, "preparing")]
    [InlineData(EltStep.Stage, "building")]
    [InlineData(EltStep.Check, "checking")]
    [InlineData(EltStep.Publish, "publishing")]
    public void Each_line_of_a_log_names_the_pipeline_and_the_step_in_words(EltStep step, string words)
    {
        foreach (var (table, place) in new[] { (Table, @"analytics\.mau_summary \(3 of 12\): "), (null, "") })
        {
            var display = new RunDisplay("RunELT", isLog: true, _clock);
            if (table is not null)
            {
                display.On(new TableStarted(table, 3, 12));
            }

            display.On(new StepStarted(table, step));
            for (var second = 0; second < 1000; second++)
            {
                _clock.Advance(TimeSpan.FromSeconds(1));
                display.On(new StatementProgress(second / 1000d));
                Assert.All(display.Tick().Lines, line =>
                    Assert.Matches($@"^RunELT: {place}{words} (\d+ min )?\d+ s, run (\d+ min )?\d+ s(, \d+ %)?$", line));
            }
        }
    }

    [Fact]
    public void A_new_table_and_the_next_statement_begin_the_count_anew()
    {
        var display = new RunDisplay("RunELT", isLog: true, _clock);
        display.On(new StepStarted(Table, EltStep.Stage));
        display.On(new StatementProgress(0.9));
        _clock.Advance(TimeSpan.FromSeconds(9));
        display.On(new StatementFinished("SELECT 1", TimeSpan.Zero, Succeeded: true));
        display.On(new TableStarted(Table, 2, 2));
        display.On(new StepStarted(Table, EltStep.Stage));

        _clock.Advance(TimeSpan.FromSeconds(9));
        Assert.Empty(display.Tick().Lines);
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(["RunELT: analytics.mau_summary (2 of 2): building 10 s, run 19 s"], display.Tick().Lines);
    }

    [Fact]
    public void A_bar_follows_the_clock_and_is_drawn_only_when_it_changes()
    {
        var display = new RunDisplay("RunELT", isLog: false, _clock);

        Assert.Equal("RunELT|preparing|-1", Text(display.On(new StepStarted(null, EltStep.Prepare)).Bar));
        Assert.True(display.On(new StepStarted(Table, EltStep.Stage)).IsNothing);
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("RunELT|analytics.mau_summary: building 1 s, run 1 s|-1", Text(display.Tick().Bar));
        Assert.True(display.Tick().IsNothing);
        _clock.Advance(TimeSpan.FromMilliseconds(300));
        Assert.True(display.On(new StatementProgress(0)).IsNothing);
        Assert.Equal("RunELT|analytics.mau_summary: building 1 s, run 1 s|42", Text(display.On(new StatementProgress(0.42)).Bar));
        Assert.Equal(ProgressRecordType.Completed, display.End()!.RecordType);
    }

    [Fact]
    public void A_wait_for_the_lock_names_its_holder()
    {
        var display = new RunDisplay("RunELT", isLog: true, _clock);
        display.On(new LockAwaited(new LockHolder("run", 4711, "etl-1", _clock.GetUtcNow())));
        _clock.Advance(TimeSpan.FromSeconds(10));

        Assert.Equal(["RunELT: waiting for the lock (process 4711 on etl-1) 10 s, run 10 s"], display.Tick().Lines);
    }

    [Fact]
    public void Nothing_was_shown_leaves_nothing_to_take_away() => Assert.Null(new RunDisplay("RunELT", isLog: true, _clock).End());

    private static string? Text(ProgressRecord? bar) => bar is null
        ? null
        : string.Create(CultureInfo.InvariantCulture, $"{bar.Activity}|{bar.StatusDescription}|{bar.PercentComplete}");
}
