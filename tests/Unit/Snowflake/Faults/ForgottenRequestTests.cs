using EltPs.Engine.Definitions;
using EltPs.Tests.Snowflake.StandIn;
using Xunit;

namespace EltPs.Tests.Snowflake.Faults;

/// <summary>
/// The answer of a change is lost, and Snowflake no longer knows the request when it is sent again: the change runs twice.
/// </summary>
public sealed class ForgottenRequestTests
{
    [Theory]
    [InlineData(PublishMethod.Swap, true, false)]
    [InlineData(PublishMethod.Swap, true, true)]
    [InlineData(PublishMethod.Swap, false, false)]
    [InlineData(PublishMethod.Clone, true, false)]
    public async Task A_publish_that_runs_again_does_nothing_and_is_a_success(PublishMethod method, bool keepPrevious, bool isFirst)
    {
        await using var scene = new PipelineScene();
        if (!isFirst)
        {
            await scene.PublishAsync(3);
        }

        var before = scene.Catalogue.Effects.Count;
        ForgetAfterLoss(scene, RunStatement.Publish);
        var pipeline = scene.Pipeline(5);
        var table = pipeline.Tables[0] with { Publish = method, KeepPrevious = keepPrevious };

        var result = await scene.RunAsync(pipeline with { Tables = [table] });

        Assert.True(result.IsSuccess, result.Error?.Message);
        Assert.Equal((result.Tables[0].Generation!, 5), scene.Published);
        Assert.Equal(2, scene.Catalogue.Executed.Count(RunStatement.Publish.Sent()) - (isFirst ? 0 : 1));
        var changes = method == PublishMethod.Clone ? "CREATE OR REPLACE TABLE analytics.mau CLONE" : "swap";
        Assert.Single(scene.Catalogue.Effects.Skip(before), effect => TheSwap.Begins(effect, changes));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_staging_table_that_is_built_again_is_published_once(bool isFirst)
    {
        await using var scene = new PipelineScene();
        if (!isFirst)
        {
            await scene.PublishAsync(3);
        }

        var before = scene.Catalogue.Effects.Count;
        ForgetAfterLoss(scene, RunStatement.Stage);

        var result = await scene.RunAsync(scene.Pipeline(5));

        Assert.True(result.IsSuccess, result.Error?.Message);
        Assert.Equal((result.Tables[0].Generation!, 5), scene.Published);
        Assert.Single(scene.Catalogue.Effects.Skip(before), TheSwap.Is);
        Assert.Equal(isFirst, scene.Catalogue.Find(PipelineScene.Staging) is null);
    }

    [Theory]
    [InlineData("swap", false)]
    [InlineData("swap", true)]
    [InlineData("CREATE OR REPLACE TABLE", false)]
    [InlineData("CREATE OR REPLACE TABLE", true)]
    public async Task A_first_attempt_that_takes_effect_after_its_repetition_leaves_the_new_table_published(string effect, bool isFirst)
    {
        await using var scene = new PipelineScene();
        if (!isFirst)
        {
            await scene.PublishAsync(3);
        }

        // Held behind the compare, where nothing of what follows can stop it any more.
        using var hold = scene.Catalogue.Hold(statement => TheSwap.Begins(statement, effect));
        ForgetOnRepetition(scene);
        var running = scene.RunAsync(scene.Pipeline(5));
        await hold.Reached.WaitAsync(TestContext.Current.CancellationToken);
        scene.Clock.Advance(TimeSpan.FromSeconds(76));

        var result = await running;
        hold.Release();
        await scene.Server.AllEndedAsync();

        Assert.True(result.IsSuccess, result.Error?.Message);
        Assert.Equal((result.Tables[0].Generation!, 5), scene.Published);
    }

    private static void ForgetAfterLoss(PipelineScene scene, RunStatement statement)
    {
        scene.Server.Faults.On(statement.Sent(), new Fault.ResetAfter());
        ForgetOnRepetition(scene);
    }

    private static void ForgetOnRepetition(PipelineScene scene) =>
        scene.Server.Received = request =>
        {
            if (request.Path.EndsWith("retry=true", StringComparison.Ordinal))
            {
                scene.Server.ForgetRequests();
            }
        };
}
