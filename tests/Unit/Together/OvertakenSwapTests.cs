using EltPs.Engine.Errors;
using EltPs.Engine.Events;
using EltPs.Tests.Snowflake.StandIn;
using Xunit;

namespace EltPs.Tests.Together;

/// <summary>A publish block that runs twice in Snowflake, or later than its run believes: what is told is what stands there.</summary>
public sealed class OvertakenSwapTests
{
    private const string Table = "c";

    [Fact]
    public async Task A_repeated_publish_that_is_refused_because_the_first_of_both_was_faster_has_succeeded()
    {
        await using var scene = new TogetherScene();
        await scene.PublishAsync(3);
        var isSwapped = false;
        scene.Scene.Server.Faults.On(TogetherScene.Publish(Table), new Fault.Status(503), times: 1);
        scene.Scene.Server.Faults.On(
            TogetherScene.Publish(Table),
            new Fault.Status(422)
            {
                VendorCode = "002003",
                SqlState = "02000",
                Message = "Table 'TEMP_C' does not exist or not authorized.",
            },
            occurrence: 2,
            times: 1);
        scene.Scene.Server.Received = request =>
        {
            if (!isSwapped && request.IsSubmit && TogetherScene.Publish(Table)(request.Statement!))
            {
                isSwapped = true;
                scene.Scene.Catalogue.Run("ALTER TABLE analytics.c SWAP WITH analytics.temp_c");
            }
        };

        var result = await scene.Scene.RunAsync(scene.Pipeline(5));

        Assert.True(isSwapped);
        Assert.True(result.IsSuccess, result.Error?.Message);
        Assert.Equal([5, 5, 5, 5, 5], scene.Rows);
    }

    [Fact]
    public async Task A_table_that_is_published_though_its_swap_was_refused_is_put_back_with_the_others()
    {
        await using var scene = new TogetherScene();
        await scene.PublishAsync(3);
        var isSwapped = false;
        scene.Scene.Server.Received = request =>
        {
            // Somebody swaps the table by hand right before the block looks.
            if (!isSwapped && request.IsSubmit && TogetherScene.Publish(Table)(request.Statement!))
            {
                isSwapped = true;
                scene.Scene.Catalogue.Run("ALTER TABLE analytics.c SWAP WITH analytics.temp_c");
            }
        };

        var result = await scene.Scene.RunAsync(scene.Pipeline(5));

        Assert.Equal(RunStatus.Failed, result.Status);
        Assert.Equal([3, 3, 3, 3, 3], scene.Rows);
    }

    [Fact]
    public async Task A_late_publish_that_claims_the_staging_table_right_before_it_is_dropped_can_publish_nothing_any_more()
    {
        await using var scene = new TogetherScene();
        await scene.PublishAsync(3);
        var isOver = false;
        string? claimed = null;
        scene.Scene.Server.Faults.On(TogetherScene.Publish(Table), new Fault.Status(503), times: FaultRules.Forever);
        scene.Scene.Server.Faults.On(
            sent => isOver && sent.Contains("schemata", StringComparison.Ordinal),
            new Fault.Status(422) { VendorCode = "000603" },
            times: 1);
        scene.Scene.Server.Received = request =>
        {
            if (!request.IsSubmit)
            {
                return;
            }

            var sent = request.Statement!;
            isOver = isOver || TogetherScene.Publish(Table)(sent);
            if (claimed is null && isOver && Drops(sent))
            {
                var start = sent.IndexOf("\"eltps_", StringComparison.Ordinal);
                claimed = sent[start..(sent.IndexOf('"', start + 1) + 1)];
                scene.Scene.Catalogue.Run($"ALTER TABLE analytics.temp_c RENAME TO analytics.{claimed}");
            }
        };

        var result = await scene.Scene.RunAsync(scene.Pipeline(5));

        Assert.NotNull(claimed);
        Assert.Null(scene.Scene.Catalogue.Find($"analytics.{claimed}"));
        Assert.Equal([3, 3, 3, 3, 3], scene.Rows);
        Assert.Equal((RunStatus.Failed, EltErrorKind.ConnectionFailed), (result.Status, result.Error?.Kind));
        Assert.Contains("it is not published, and its new build was dropped", result.Error!.Message, StringComparison.Ordinal);
    }

    private static bool Drops(string sent) =>
        sent.Contains("EXECUTE IMMEDIATE", StringComparison.Ordinal) && sent.Contains("'TEMP_C'", StringComparison.Ordinal)
        && sent.Contains("DROP TABLE IF EXISTS", StringComparison.Ordinal) && !sent.Contains("INTO :row_count", StringComparison.Ordinal);
}
