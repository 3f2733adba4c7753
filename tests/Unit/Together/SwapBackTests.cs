using EltPs.Engine.Errors;
using EltPs.Engine.Events;
using EltPs.Engine.Runs;
using EltPs.Tests.DuckDb;
using EltPs.Tests.Snowflake.StandIn;
using EltPs.Tests.Soak;
using Xunit;

namespace EltPs.Tests.Together;

/// <summary>On Snowflake: whatever goes wrong with whichever swap, all tables are what they were.</summary>
public sealed class SwapBackTests
{
    // Normally every tenth statement of a run, another one in each case; in full every one.
    private static readonly int Step = Rounds.Step(10);

    public static TheoryData<int, bool> Positions => new MatrixTheoryData<int, bool>([0, 1, 2, 3, 4], [false, true]);

    [Theory]
    [MemberData(nameof(Positions))]
    public async Task Whichever_swap_Snowflake_refuses_all_five_are_exactly_what_they_were(int position, bool isFirst)
    {
        await using var scene = new TogetherScene();
        await GivenAsync(scene, isFirst);
        var before = scene.Published;
        scene.Scene.Catalogue.Refuse(TogetherScene.Swap(TogetherScene.Names[position]), "003001", "42501", "Insufficient privileges");

        var result = await scene.Scene.RunAsync(scene.Pipeline(5));

        Assert.Equal(
            (RunStatus.Failed, EltErrorKind.StatementFailed, EltStep.Publish),
            (result.Status, result.Error?.Kind, result.FailedStep));
        Assert.Contains("No table of job was published", result.Error!.Message, StringComparison.Ordinal);
        Assert.Equal(before, scene.Published);
        EnsureTruth(scene, result, position, TableStatus.Failed);

        // What was built and checked stands at the staging names, as after any failure.
        Assert.All(scene.Staged, staged => Assert.EndsWith(" 5 rows", staged, StringComparison.Ordinal));
        await scene.PublishAsync(7);
        Assert.Equal([7, 7, 7, 7, 7], scene.Rows);
    }

    [Theory]
    [MemberData(nameof(Positions))]
    public async Task A_table_that_another_machine_publishes_right_before_its_swap_keeps_the_others_what_they_were(
        int position,
        bool isFirst)
    {
        await using var scene = new TogetherScene();
        await GivenAsync(scene, isFirst);
        var before = scene.Published;
        var name = TogetherScene.Names[position];
        var pausing = Watching(
            scene,
            async () => Assert.True((await scene.Scene.RunAsync(scene.Alone(name, 9), SilentObserver.Instance)).IsSuccess),
            name);

        var result = await scene.Scene.RunAsync(scene.Pipeline(5), pausing);

        Assert.Equal(RunStatus.Failed, result.Status);
        Assert.Contains(result.Error!.Kind, (EltErrorKind[])[EltErrorKind.PublishedChanged, EltErrorKind.StagingChanged]);
        Assert.Equal(9, scene.Rows[position]);
        Assert.Equal(before.Where((_, place) => place != position), scene.Published.Where((_, place) => place != position));
        EnsureTruth(scene, result, position, TableStatus.Failed);
    }

    [Theory]
    [MemberData(nameof(Positions))]
    public async Task A_stop_between_two_swaps_puts_all_back(int position, bool isFirst)
    {
        await using var scene = new TogetherScene();
        await GivenAsync(scene, isFirst);
        var before = scene.Published;
        using var stop = new CancellationTokenSource();

        var result = await scene.Scene.RunAsync(
            scene.Pipeline(5),
            Watching(scene, stop.CancelAsync, TogetherScene.Names[position]),
            stop.Token);

        Assert.Equal((RunStatus.Cancelled, null), (result.Status, result.Error));
        Assert.Equal(before, scene.Published);
        EnsureTruth(scene, result, position, TableStatus.Cancelled);
        if (isFirst)
        {
            Assert.All(scene.Staged, staged => Assert.Equal("none", staged));
        }
    }

    [Theory]
    [MemberData(nameof(Positions))]
    public async Task A_swap_that_takes_too_long_is_cancelled_and_all_are_put_back(int position, bool isFirst)
    {
        await using var scene = new TogetherScene();
        await GivenAsync(scene, isFirst);
        var before = scene.Published;
        scene.Scene.Server.Faults.On(TogetherScene.Publish(TogetherScene.Names[position]), new Fault.Slow(TimeSpan.FromHours(3)));

        var result = await scene.Scene.RunAsync(scene.Pipeline(5, TimeSpan.FromMinutes(1)));

        Assert.Equal((RunStatus.Failed, EltErrorKind.Timeout), (result.Status, result.Error?.Kind));
        Assert.Equal(before, scene.Published);
        EnsureTruth(scene, result, position, TableStatus.Failed);
    }

    [Theory]
    [InlineData(0, false, false)]
    [InlineData(2, false, false)]
    [InlineData(2, true, false)]
    [InlineData(2, false, true)]
    [InlineData(2, true, true)]
    [InlineData(4, true, false)]
    public async Task A_swap_whose_answer_never_comes_is_looked_at_and_put_back_if_it_took_effect(int position, bool hasRun, bool isFirst)
    {
        await using var scene = new TogetherScene();
        await GivenAsync(scene, isFirst);
        var before = scene.Published;
        var name = TogetherScene.Names[position];
        scene.Scene.Server.Faults.On(TogetherScene.Publish(name), new Fault.Status(503) { HasRun = hasRun }, times: FaultRules.Forever);

        // What the look right behind the swap would tell already is lost, too.
        var isOver = false;
        scene.Scene.Server.Received = request => isOver = isOver || (request.IsSubmit && TogetherScene.Publish(name)(request.Statement!));
        scene.Scene.Server.Faults.On(
            sent => isOver && sent.Contains("schemata", StringComparison.Ordinal),
            new Fault.Status(422) { VendorCode = "000603" },
            times: 1);

        var result = await scene.Scene.RunAsync(scene.Pipeline(5));

        Assert.Equal((RunStatus.Failed, EltErrorKind.ConnectionFailed), (result.Status, result.Error?.Kind));
        Assert.Contains("it is not published", result.Error!.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("is not known", result.Error.Message, StringComparison.Ordinal);
        Assert.Equal(before, scene.Published);
        EnsureTruth(scene, result, position, TableStatus.Failed);

        // So that a request which still arrives can publish nothing.
        Assert.Equal("none", scene.Staged[position]);
    }

    [Fact]
    public async Task A_failed_build_or_check_swaps_nothing()
    {
        await using var scene = new TogetherScene();
        await scene.PublishAsync(3);
        var before = scene.Published;
        var effects = scene.Scene.Catalogue.Effects.Count;
        var pipeline = scene.Pipeline(5);

        var result = await scene.Scene.RunAsync(
            pipeline with
            {
                Tables = [.. pipeline.Tables.Take(4), pipeline.Tables[4] with { MinimumRows = 6 }],
            });

        Assert.Equal((EltErrorKind.TooFewRows, EltStep.Check), (result.Error?.Kind, result.FailedStep));
        Assert.Equal(before, scene.Published);
        Assert.DoesNotContain(scene.Scene.Catalogue.Effects.Skip(effects), TheSwap.Is);
        Assert.Equal(Enumerable.Repeat(TableStatus.Skipped, 4).Append(TableStatus.Failed), result.Tables.Select(table => table.Status));
        Assert.All(result.Tables.Take(4), table =>
            Assert.Equal("built and checked, but not published, because analytics.e failed", table.Message));
    }

    [Fact]
    public async Task All_are_checked_before_the_first_is_swapped()
    {
        await using var scene = new TogetherScene();
        await scene.PublishAsync(3);

        await scene.Scene.RunAsync(scene.Pipeline(5));

        var steps = scene
            .Scene.Trace.Events.OfType<StepStarted>()
            .Where(step => step.Table is not null)
            .Select(step => $"{step.Step} {step.Table!.Table}")
            .ToList();
        Assert.Equal(
            [
                .. TogetherScene.Names.SelectMany(name => new[] { $"Stage {name}", $"Check {name}" }),
                .. TogetherScene.Names.Select(name => $"Publish {name}"),
            ],
            steps);
        var events = scene.Scene.Trace.Events.ToList();
        Assert.True(
            events.FindIndex(seen => seen is StepFinished { Step: EltStep.Publish })
                > events.FindLastIndex(seen => seen is StepStarted { Step: EltStep.Publish }),
            "A table was called published before all were.");
    }

    [Theory]
    [InlineData(false, false, 0)]
    [InlineData(false, true, 3)]
    [InlineData(true, false, 5)]
    [InlineData(true, true, 7)]
    public async Task Whichever_statement_a_stop_meets_all_are_new_or_all_are_what_they_were(bool isFirst, bool afterEffect, int start)
    {
        var ends = new List<RunStatus>();
        for (var moment = start % Step; ; moment += Step)
        {
            await using var scene = new TogetherScene();
            await GivenAsync(scene, isFirst);
            var before = scene.Published;
            var seen = 0;
            var place = moment;
            using var stop = new CancellationTokenSource();
            using var hold = scene.Scene.Catalogue.Hold(_ => seen++ == place, afterEffect);
            var running = scene.Scene.RunAsync(scene.Pipeline(5), SilentObserver.Instance, stop.Token);
            if (await Task.WhenAny(hold.Reached, running) == running)
            {
                break;
            }

            await stop.CancelAsync();
            var result = await running;

            Assert.True(
                result.Status is RunStatus.Cancelled or RunStatus.Succeeded,
                $"moment {moment}: {result.Status} {result.Error?.Message}");
            Assert.True(
                result.IsSuccess ? scene.Rows.All(rows => rows == 5) : scene.Published.SequenceEqual(before),
                $"moment {moment}, {result.Status}: {string.Join('\n', scene.Published)}");
            ends.Add(result.Status);
        }

        Assert.True(ends.Count > 30 / Step, $"{ends.Count} moments");
        Assert.Contains(RunStatus.Cancelled, ends);
    }

    private static async Task GivenAsync(TogetherScene scene, bool isFirst)
    {
        if (!isFirst)
        {
            await scene.PublishAsync(2);
            await scene.PublishAsync(3);
        }
    }

    private static TraceObserver Watching(TogetherScene scene, Func<Task> work, string name) => new()
    {
        OnEvent = async (runEvent, token) =>
        {
            await scene.Scene.Trace.OnEventAsync(runEvent, token);
            if (runEvent is StepStarted { Step: EltStep.Publish, Table: { } table } && table.Table.Text == name)
            {
                await work();
            }
        },
    };

    private static void EnsureTruth(TogetherScene scene, RunResult result, int position, TableStatus status)
    {
        Assert.Equal($"analytics.{TogetherScene.Names[position]}", result.FailedTable?.ToString());
        Assert.DoesNotContain(scene.Scene.Trace.Events, seen => seen is StepFinished { Step: EltStep.Publish });
        for (var place = 0; place < result.Tables.Count; place++)
        {
            var table = result.Tables[place];
            Assert.Equal(place == position ? status : TableStatus.Skipped, table.Status);
            Assert.Equal((5L, 1), (table.Rows, table.Attempts));
            if (place < position)
            {
                Assert.StartsWith("published and put back, because analytics.", table.Message, StringComparison.Ordinal);
            }
            else if (place > position)
            {
                Assert.StartsWith("built and checked, but not published, because analytics.", table.Message, StringComparison.Ordinal);
            }
        }

        Assert.Equal(5, scene.Scene.Trace.Events.OfType<TableNotPublished>().Count());
    }
}
