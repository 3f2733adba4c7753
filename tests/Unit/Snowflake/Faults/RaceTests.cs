using EltPs.Engine.Definitions;
using EltPs.Engine.Errors;
using EltPs.Engine.Events;
using EltPs.Tests.DuckDb;
using EltPs.Tests.Snowflake.StandIn;
using Xunit;

namespace EltPs.Tests.Snowflake.Faults;

/// <summary>
/// Another run, whose check fails, comes in the middle of a block: what it made must never be published, not for a moment.
/// </summary>
public sealed class RaceTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(PublishMethod.Swap)]
    [InlineData(PublishMethod.Clone)]
    public async Task A_publish_that_another_run_comes_into_publishes_what_was_checked(PublishMethod method)
    {
        await using var scene = new PipelineScene();
        await scene.PublishAsync(3);
        var effect = method == PublishMethod.Clone ? "CREATE OR REPLACE TABLE analytics.mau CLONE" : "swap";
        using var hold = scene.Catalogue.Hold(statement => TheSwap.Begins(statement, effect));
        var running = scene.RunAsync(With(scene.Pipeline(5), method));
        await hold.Reached.WaitAsync(Token);

        var others = await scene.RunAsync(With(scene.Pipeline(0), method));
        hold.Release();
        var mine = await running;

        Assert.Equal(EltErrorKind.TooFewRows, others.Error?.Kind);
        Assert.True(mine.IsSuccess, mine.Error?.Message);
        Assert.Equal((mine.Tables[0].Generation!, 5), scene.Published);
    }

    [Fact]
    public async Task A_build_that_fails_between_the_statements_of_another_runs_publish_is_never_published()
    {
        await using var scene = new PipelineScene();
        await scene.PublishAsync(3);

        // Theirs has dropped and made its staging table, but not filled it yet; ours swaps meanwhile.
        using var publish = scene.Catalogue.Hold(TheSwap.Is);
        var running = scene.RunAsync(scene.Pipeline(5));
        await publish.Reached.WaitAsync(Token);
        using var build = scene.Catalogue.Hold(statement =>
            statement.StartsWith("CREATE OR REPLACE TABLE analytics.temp_mau", StringComparison.Ordinal));
        var others = scene.RunAsync(scene.Pipeline(0));
        await build.Reached.WaitAsync(Token);
        publish.Release();
        var mine = await running;
        build.Release();
        await others;

        Assert.True(mine.IsSuccess, mine.Error?.Message);
        Assert.Equal((mine.Tables[0].Generation!, 5), scene.Published);
        Assert.False((await others).IsSuccess);
    }

    [Fact]
    public async Task A_previous_generation_that_cannot_have_the_staging_name_is_named_where_it_stands()
    {
        await using var scene = new PipelineScene();
        await scene.PublishAsync(3);

        // Ours has swapped; theirs builds its staging table before the previous generation has that name.
        using var hold = scene.Catalogue.Hold(statement => statement.EndsWith("RENAME TO analytics.temp_mau", StringComparison.Ordinal));
        var running = scene.RunAsync(scene.Pipeline(5));
        await hold.Reached.WaitAsync(Token);
        await scene.RunAsync(scene.Pipeline(0));
        hold.Release();
        var mine = await running;

        Assert.True(mine.IsSuccess, mine.Error?.Message);
        var claimed = $"analytics.\"eltps_{mine.Tables[0].Generation}\"";
        var warning = Assert.Single(scene.Trace.Events.OfType<MessageRaised>(), message => message.Level == MessageLevel.Warning).Text;
        Assert.StartsWith($"analytics.mau: it is done, but {claimed} was left behind: ", warning, StringComparison.Ordinal);
        Assert.Contains("rename it to analytics.temp_mau if you may want to go back to it, or drop it.", warning, StringComparison.Ordinal);
        Assert.Equal(3, scene.Rows(claimed));
    }

    [Fact]
    public async Task An_undo_that_another_run_comes_into_brings_back_the_previous_rows()
    {
        await using var scene = new PipelineScene();
        var previous = await scene.PublishAsync(3);
        await scene.PublishAsync(5);
        using var hold = scene.Catalogue.Hold(statement => statement.StartsWith("COMMENT ON TABLE", StringComparison.Ordinal));
        var undoing = scene.UndoAsync();
        await hold.Reached.WaitAsync(Token);

        var others = await scene.RunAsync(scene.Pipeline(0));
        hold.Release();
        await undoing;

        Assert.Equal(EltErrorKind.TooFewRows, others.Error?.Kind);
        Assert.Equal((previous, 3), scene.Published);
    }

    [Fact]
    public async Task A_first_attempt_that_builds_again_behind_the_check_is_not_published()
    {
        await using var scene = new PipelineScene();
        var old = await scene.PublishAsync(3);
        using var hold = scene.Catalogue.Hold(statement => statement.StartsWith("CREATE OR REPLACE TABLE", StringComparison.Ordinal));
        scene.Server.Received = request =>
        {
            if (request.Path.EndsWith("retry=true", StringComparison.Ordinal))
            {
                scene.Server.ForgetRequests();
            }
        };
        var isReleased = false;
        var pausing = new TraceObserver
        {
            OnEvent = async (runEvent, _) =>
            {
                if (runEvent is StepFinished { Step: EltStep.Check } && !isReleased)
                {
                    isReleased = true;
                    scene.Catalogue.Run("CREATE OR REPLACE TABLE raw_data.events COPY GRANTS AS SELECT range AS n FROM range(0)");
                    hold.Release();
                    await scene.Server.AllEndedAsync();
                }
            },
        };
        var running = scene.RunAsync(scene.Pipeline(5), pausing);
        await hold.Reached.WaitAsync(Token);

        // Longer than any answer takes: the request is sent again, beside the attempt that is still running.
        scene.Clock.Advance(TimeSpan.FromSeconds(76));
        var mine = await running;

        Assert.Equal(EltErrorKind.StagingChanged, mine.Error?.Kind);
        Assert.Equal((old, 3), scene.Published);
    }

    private static PipelineDefinition With(PipelineDefinition pipeline, PublishMethod method) =>
        pipeline with { Tables = [pipeline.Tables[0] with { Publish = method }] };
}
