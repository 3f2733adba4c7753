using EltPs.Engine.Errors;
using EltPs.Tests.Snowflake.StandIn;
using Xunit;

namespace EltPs.Tests.Snowflake.Faults;

/// <summary>An undo is a block, too: stopped or repeated, it takes effect once and tells the truth.</summary>
public sealed class UndoTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_stopped_undo_counts_if_it_had_taken_effect(bool afterEffect)
    {
        await using var scene = new PipelineScene();
        var previous = await scene.PublishAsync(3);
        var published = await scene.PublishAsync(5);
        using var stop = new CancellationTokenSource();
        using var hold = scene.Catalogue.Hold(TheSwap.Is, afterEffect);
        var undoing = scene.UndoAsync(stop.Token);
        await hold.Reached.WaitAsync(Token);
        await stop.CancelAsync();

        if (afterEffect)
        {
            Assert.Equal(previous, (await undoing).Generation);
            Assert.Equal((previous, 3), scene.Published);
        }
        else
        {
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => undoing);
            Assert.Equal((published, 5), scene.Published);

            // What the comment says by now must not keep it from being done again.
            Assert.Equal(previous, (await scene.UndoAsync()).Generation);
            Assert.Equal((previous, 3), scene.Published);
        }
    }

    [Fact]
    public async Task A_stop_that_does_not_reach_the_undo_leaves_it_unknown()
    {
        await using var scene = new PipelineScene();
        var previous = await scene.PublishAsync(3);
        await scene.PublishAsync(5);
        using var stop = new CancellationTokenSource();
        scene.Server.Faults.On(RunStatement.Publish.Sent(), new Fault.Hold());
        scene.Server.Faults.On("QUERY_HISTORY", new Fault.Status(503), times: FaultRules.Forever);
        var undoing = scene.UndoAsync(stop.Token);
        await scene.Server.Held.WaitAsync(Token);
        await stop.CancelAsync();

        Assert.Equal(EltErrorKind.Unknown, (await Assert.ThrowsAsync<EltException>(() => undoing)).Kind);

        await scene.Server.ReleaseAsync();
        await scene.Server.AllEndedAsync();
        Assert.Equal((previous, 3), scene.Published);
    }

    [Fact]
    public async Task An_undo_whose_answer_is_lost_and_whose_request_is_forgotten_swaps_once()
    {
        await using var scene = new PipelineScene();
        var previous = await scene.PublishAsync(3);
        await scene.PublishAsync(5);
        var before = scene.Catalogue.Effects.Count;
        scene.Server.Faults.On(RunStatement.Publish.Sent(), new Fault.ResetAfter());
        scene.Server.Received = request =>
        {
            if (request.Path.EndsWith("retry=true", StringComparison.Ordinal))
            {
                scene.Server.ForgetRequests();
            }
        };

        Assert.Equal(previous, (await scene.UndoAsync()).Generation);

        Assert.Equal((previous, 3), scene.Published);
        Assert.Single(scene.Catalogue.Effects.Skip(before), TheSwap.Is);
    }

    [Fact]
    public async Task An_undo_that_the_warehouse_refuses_names_table_step_and_way_out()
    {
        await using var scene = new PipelineScene();
        await scene.PublishAsync(3);
        var published = await scene.PublishAsync(5);
        scene.Server.Faults.On(RunStatement.Publish.Sent(), new Fault.Status(403));

        var failure = await Assert.ThrowsAsync<EltException>(() => scene.UndoAsync());

        Assert.StartsWith($"{PipelineScene.Table}: publish failed", failure.Message, StringComparison.Ordinal);
        Assert.Contains("Undo again.", failure.Message, StringComparison.Ordinal);
        Assert.Equal((published, 5), scene.Published);
    }
}
