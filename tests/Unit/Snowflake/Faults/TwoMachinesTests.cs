using EltPs.Engine.Errors;
using EltPs.Engine.Events;
using EltPs.Engine.Runs;
using EltPs.Tests.DuckDb;
using EltPs.Tests.Snowflake.StandIn;
using Xunit;

namespace EltPs.Tests.Snowflake.Faults;

/// <summary>
/// Two machines that run the same pipeline on one account: while the one is at some point of its run, the other does all of its own.
/// </summary>
public sealed class TwoMachinesTests
{
    private const int Mine = 5;
    private const int Others = 7;

    private static readonly EltErrorKind[] Overtaken = [EltErrorKind.StagingChanged, EltErrorKind.PublishedChanged];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Whichever_event_of_a_run_another_one_comes_after_only_a_whole_table_of_its_own_run_is_published(bool isFirst)
    {
        var succeeded = new List<bool>();
        for (var moment = 0; succeeded.Count == moment; moment++)
        {
            await using var scene = new PipelineScene();
            if (!isFirst)
            {
                await scene.PublishAsync(3);
            }

            RunResult? others = null;
            var seen = 0;
            var pausing = new TraceObserver
            {
                OnEvent = async (_, _) =>
                {
                    if (seen++ == moment)
                    {
                        others = await scene.RunAsync(scene.Pipeline(Others));
                    }
                },
            };
            var mine = await scene.RunAsync(scene.Pipeline(Mine), pausing);
            if (others is not null)
            {
                EnsureTruth(scene, mine, others, $"after event {moment}");
                succeeded.Add(mine.IsSuccess);
            }
        }

        // The other one comes before the look-up, then in between, then after the publish.
        Assert.True(succeeded.Count > 8, $"{succeeded.Count} events");
        Assert.Equal((true, true), (succeeded[0], succeeded[^1]));
        Assert.Contains(false, succeeded);
    }

    [Theory]
    [InlineData("DROP TABLE")]
    [InlineData("CREATE TABLE")]
    [InlineData("COMMENT ON")]
    [InlineData("CREATE OR REPLACE TABLE")]
    [InlineData("EXECUTE IMMEDIATE")]
    [InlineData("SELECT MAX")]
    [InlineData("ALTER TABLE")]
    [InlineData("swap")]
    public async Task Whichever_statement_of_a_run_another_one_comes_before_only_a_whole_table_of_its_own_run_is_published(string statement)
    {
        await using var scene = new PipelineScene();
        await scene.PublishAsync(3);
        using var hold = scene.Catalogue.Hold(running => TheSwap.Begins(Normal(running), statement));
        var running = scene.RunAsync(scene.Pipeline(Mine));
        await hold.Reached.WaitAsync(Token);
        var others = await scene.RunAsync(scene.Pipeline(Others));
        hold.Release();

        var mine = await running;

        EnsureTruth(scene, mine, others, $"before {statement}");

        // Behind its last compare the later swap wins; both tables are whole and checked.
        Assert.Equal(statement == "swap", mine.IsSuccess);
    }

    [Theory]
    [InlineData("ALTER TABLE")]
    [InlineData("SELECT MAX")]
    public async Task A_table_that_another_run_has_staged_and_not_checked_is_never_published(string statement)
    {
        await using var scene = new PipelineScene();
        var old = await scene.PublishAsync(3);
        using var hold = scene.Catalogue.Hold(running => TheSwap.Begins(Normal(running), statement));
        var running = scene.RunAsync(scene.Pipeline(Mine));
        await hold.Reached.WaitAsync(Token);
        RunResult? mine = null;
        var pausing = new TraceObserver
        {
            OnEvent = async (runEvent, _) =>
            {
                if (mine is null && runEvent is StepFinished { Table: not null })
                {
                    hold.Release();
                    mine = await running;
                    Assert.Equal((old, 3), scene.Published);
                }
            },
        };

        var others = await scene.RunAsync(scene.Pipeline(Others), pausing);

        EnsureTruth(scene, mine!, others, $"staged before {statement}");
        Assert.False(mine!.IsSuccess);
    }

    private static void EnsureTruth(PipelineScene scene, RunResult mine, RunResult others, string when)
    {
        var story =
            $"{when}: mine {mine.Status} {mine.Error?.Message}\nother's {others.Status} {others.Error?.Message}\npublished "
                + $"{scene.Published}";
        Assert.True(mine.IsSuccess || others.IsSuccess, story);
        Assert.True(mine.IsSuccess || Overtaken.Contains(mine.Error!.Kind), story);
        Assert.True(others.IsSuccess || Overtaken.Contains(others.Error!.Kind), story);
        (string, int)?[] possible = [(mine.Tables[0].Generation ?? "", Mine), (others.Tables[0].Generation ?? "", Others)];
        (string, int)?[] published = [.. possible.Where((_, place) => (place == 0 ? mine : others).IsSuccess)];
        Assert.True(published.Contains(scene.Published), story);
    }

    private static string Normal(string statement) =>
        string.Join(' ', statement.Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries));
}
