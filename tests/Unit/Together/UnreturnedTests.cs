using EltPs.Engine.Definitions;
using EltPs.Engine.Errors;
using EltPs.Engine.Events;
using EltPs.Engine.Runs;
using EltPs.Tests.DuckDb;
using EltPs.Tests.Snowflake.StandIn;
using Xunit;

namespace EltPs.Tests.Together;

/// <summary>On Snowflake: a swap that cannot be taken back is told with what to run, and what is not to be kept goes last.</summary>
public sealed class UnreturnedTests
{
    private static readonly Fault Down = new Fault.Status(503);

    [Fact]
    public async Task A_table_that_cannot_be_put_back_is_named_with_the_statement_to_run()
    {
        await using var scene = new TogetherScene();
        await scene.PublishAsync(3);
        scene.Scene.Catalogue.Refuse(TogetherScene.Swap("d"), "003001", "42501", "Insufficient privileges");
        scene.Scene.Server.Faults.On(TogetherScene.TakeBack("b"), Down, times: FaultRules.Forever);

        var result = await scene.Scene.RunAsync(scene.Pipeline(5));

        Assert.Equal(
            (RunStatus.Unknown, EltErrorKind.Unknown, "analytics.d"),
            (result.Status, result.Error?.Kind, result.FailedTable?.ToString()));
        Assert.Equal([3, 5, 3, 3, 3], scene.Rows);
        Assert.Equal(
            [TableStatus.Skipped, TableStatus.Unknown, TableStatus.Skipped, TableStatus.Failed, TableStatus.Skipped],
            result.Tables.Select(table => table.Status));
        Assert.Contains("Insufficient privileges", result.Error!.Message, StringComparison.Ordinal);
        Assert.Contains("A table of job could not be put back", result.Error.Message, StringComparison.Ordinal);
        Assert.Contains($"analytics.b (generation {result.Tables[1].Generation}): ", result.Error.Message, StringComparison.Ordinal);
        Assert.EndsWith(
            $"{Environment.NewLine}ALTER TABLE analytics.b SWAP WITH analytics.temp_b;",
            result.Error.Message,
            StringComparison.Ordinal);

        // What the message says does put it back.
        scene.Scene.Catalogue.Run("ALTER TABLE analytics.b SWAP WITH analytics.temp_b");
        Assert.Equal([3, 3, 3, 3, 3], scene.Rows);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task When_Snowflake_is_gone_all_that_are_swapped_are_told_in_the_order_in_which_they_go_back(bool isFirst)
    {
        await using var scene = new TogetherScene();
        if (!isFirst)
        {
            await scene.PublishAsync(3);
        }

        var isGone = false;
        scene.Scene.Server.Received = request => isGone = isGone || (request.IsSubmit && TogetherScene.Publish("c")(request.Statement!));
        scene.Scene.Server.Faults.On(_ => isGone, Down, times: FaultRules.Forever);

        var result = await scene.Scene.RunAsync(scene.Pipeline(5));

        Assert.Equal((RunStatus.Unknown, EltErrorKind.Unknown), (result.Status, result.Error?.Kind));
        Assert.Equal(
            [TableStatus.Unknown, TableStatus.Unknown, TableStatus.Unknown, TableStatus.Skipped, TableStatus.Skipped],
            result.Tables.Select(table => table.Status));
        var statements = result.Error!.Message.Split(Environment.NewLine)[^3..];
        Assert.Equal(
            ((string[])["c", "b", "a"]).Select(name =>
                isFirst
                    ? $"ALTER TABLE analytics.{name} RENAME TO analytics.temp_{name};"
                    : $"ALTER TABLE analytics.{name} SWAP WITH analytics.temp_{name};"),
            statements);
        var told = scene.Scene.Trace.Events.OfType<TableNotPublished>().Where(table => table.Status == TableStatus.Unknown);
        Assert.Equal(["a", "b", "c"], told.Select(table => table.Table.Table.Text));

        // Bounded: nobody waits for hours for what does not come.
        Assert.InRange(result.Duration!.Value, TimeSpan.Zero, TimeSpan.FromHours(6));
    }

    [Fact]
    public async Task A_table_over_which_another_machine_has_published_is_left_to_it_and_has_no_statement()
    {
        await using var scene = new TogetherScene();
        await scene.PublishAsync(3);
        scene.Scene.Catalogue.Refuse(TogetherScene.Swap("c"), "003001", "42501", "Insufficient privileges");
        var pausing = new TraceObserver
        {
            OnEvent = async (runEvent, _) =>
            {
                if (runEvent is StepStarted { Step: EltStep.Publish, Table.Table.Text: "c" })
                {
                    Assert.True((await scene.Scene.RunAsync(scene.Alone("b", 9), SilentObserver.Instance)).IsSuccess);
                }
            },
        };

        var result = await scene.Scene.RunAsync(scene.Pipeline(5), pausing);

        Assert.Equal(RunStatus.Unknown, result.Status);
        Assert.Equal([3, 9, 3, 3, 3], scene.Rows);
        Assert.Contains("): cannot be put back: ", result.Error!.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("SWAP WITH", result.Error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_put_back_whose_answer_is_lost_is_done_once()
    {
        await using var scene = new TogetherScene();
        await scene.PublishAsync(3);
        var before = scene.Published;
        scene.Scene.Catalogue.Refuse(TogetherScene.Swap("e"), "003001", "42501", "Insufficient privileges");
        scene.Scene.Server.Faults.On(TogetherScene.TakeBack("a"), new Fault.ResetAfter());
        scene.Scene.Server.Faults.On(TogetherScene.TakeBack("b"), new Fault.Status(500) { HasRun = true });
        scene.Scene.Server.Faults.On(TogetherScene.TakeBack("c"), new Fault.ResetBefore());
        scene.Scene.Server.Faults.On(
            TogetherScene.TakeBack("d"),
            new Fault.Status(408)
            {
                VendorCode = "000630",
                SqlState = "57014",
                Message = "timeout",
            });

        var result = await scene.Scene.RunAsync(scene.Pipeline(5));

        Assert.Equal((RunStatus.Failed, EltErrorKind.StatementFailed), (result.Status, result.Error?.Kind));
        Assert.Equal(before, scene.Published);
        Assert.All(scene.Staged, staged => Assert.EndsWith(" 5 rows", staged, StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_is_not_to_be_kept_is_dropped_when_all_are_swapped_and_not_before()
    {
        await using var scene = new TogetherScene();
        await scene.PublishAsync(3);
        var effects = scene.Scene.Catalogue.Effects.Count;

        await scene.PublishAsync(5, keepPrevious: false);

        var done = scene.Scene.Catalogue.Effects.Skip(effects).ToList();
        var drops = done.Select((effect, place) => (effect, place))
            .Where(entry => entry.effect.StartsWith("DROP TABLE IF EXISTS analytics.\"eltps_", StringComparison.Ordinal))
            .ToList();
        Assert.Equal(5, drops.Count);
        Assert.True(drops[0].place > done.FindLastIndex(TheSwap.Is));
        Assert.All(scene.Staged, staged => Assert.Equal("none", staged));
        Assert.Equal([5, 5, 5, 5, 5], scene.Rows);
    }

    [Fact]
    public async Task What_is_not_to_be_kept_is_there_to_come_back_when_a_swap_fails()
    {
        await using var scene = new TogetherScene();
        await scene.PublishAsync(3);
        var before = scene.Published;
        scene.Scene.Catalogue.Refuse(TogetherScene.Swap("d"), "003001", "42501", "Insufficient privileges");

        var result = await scene.Scene.RunAsync(scene.Pipeline(5, keepPrevious: false));

        Assert.Equal(RunStatus.Failed, result.Status);
        Assert.Equal(before, scene.Published);
    }

    [Fact]
    public async Task A_drop_that_fails_is_a_warning()
    {
        await using var scene = new TogetherScene();
        await scene.PublishAsync(3);
        scene.Scene.Catalogue.Refuse(
            statement => statement.StartsWith("DROP TABLE IF EXISTS analytics.\"eltps_", StringComparison.Ordinal),
            "003001",
            "42501",
            "Insufficient privileges");

        var result = await scene.Scene.RunAsync(scene.Pipeline(5, keepPrevious: false));

        Assert.True(result.IsSuccess, result.Error?.Message);
        Assert.Contains(
            "what it replaced could not be dropped and still stands at analytics.temp_a",
            Assert.Single(scene.Scene.Trace.Events.OfType<MessageRaised>()).Text,
            StringComparison.Ordinal);
        Assert.EndsWith(" 3 rows", scene.Staged[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_transient_error_of_a_build_is_attempted_again_and_the_tables_before_it_are_not_built_anew()
    {
        await using var scene = new TogetherScene();
        await scene.PublishAsync(3);
        scene.Scene.Server.Faults.On(
            "CREATE OR REPLACE TABLE analytics.temp_c",
            new Fault.Status(422)
            {
                VendorCode = "000625",
                SqlState = "57014",
                Message = "too many waiters",
            });
        var pipeline = scene.Pipeline(5);

        var result = await scene.Scene.RunAsync(
            pipeline with
            {
                Tables = [.. pipeline.Tables.Select(table => table with { Retry = new RetryRule(1, TimeSpan.FromSeconds(1)) })],
            });

        Assert.True(result.IsSuccess, result.Error?.Message);
        Assert.Equal([1, 1, 2, 1, 1], result.Tables.Select(table => table.Attempts));
        Assert.Equal([5, 5, 5, 5, 5], scene.Rows);
    }
}
