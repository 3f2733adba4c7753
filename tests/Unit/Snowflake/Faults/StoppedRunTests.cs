using EltPs.Engine.Errors;
using EltPs.Engine.Events;
using EltPs.Engine.Runs;
using EltPs.Tests.Snowflake.StandIn;
using Xunit;

namespace EltPs.Tests.Snowflake.Faults;

/// <summary>A run that its caller stops while a statement runs in Snowflake.</summary>
public sealed class StoppedRunTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<RunStatement, bool, bool> Moments()
    {
        var rows = new TheoryData<RunStatement, bool, bool>();
        foreach (var hasHandle in (bool[])[false, true])
        {
            foreach (var statement in Enum.GetValues<RunStatement>())
            {
                rows.Add(statement, hasHandle, false);
                if (statement != RunStatement.Policies)
                {
                    rows.Add(statement, hasHandle, true);
                }
            }
        }

        return rows;
    }

    [Theory]
    [MemberData(nameof(Moments))]
    public async Task A_stop_cancels_the_statement_in_Snowflake_and_publishes_nothing(RunStatement statement, bool hasHandle, bool isFirst)
    {
        await using var scene = new PipelineScene();
        var old = isFirst ? null : await scene.PublishAsync(3);
        using var stop = new CancellationTokenSource();
        scene.Server.Faults.On(statement.Sent(), hasHandle ? new Fault.Slow(TimeSpan.FromMinutes(30)) : new Fault.Hold());
        scene.Server.Received = request => StopOn(request.IsPoll, stop);
        var running = scene.RunAsync(scene.Pipeline(5), token: stop.Token);
        if (!hasHandle)
        {
            await scene.Server.Held.WaitAsync(Token);
            await stop.CancelAsync();
        }

        var result = await running;

        Assert.Equal((RunStatus.Cancelled, null), (result.Status, result.Error));
        Assert.Equal(statement < RunStatement.Stage ? TableStatus.Skipped : TableStatus.Cancelled, result.Tables[0].Status);
        Assert.Contains(scene.Server.Requests, request => hasHandle ? request.IsCancel : Has(request.Statement, "SYSTEM$CANCEL_QUERY"));
        Assert.Equal(0, scene.Server.Running);
        Assert.Equal(old, scene.Published?.Generation);
        Assert.DoesNotContain(scene.Trace.Events, runEvent => runEvent is MessageRaised);
        Assert.InRange(result.Duration!.Value, TimeSpan.Zero, TimeSpan.FromSeconds(10));
        if (isFirst)
        {
            Assert.Null(scene.Catalogue.Find(PipelineScene.Staging));
        }
    }

    [Theory]
    [InlineData("CREATE OR REPLACE TABLE", false)]
    [InlineData("CREATE OR REPLACE TABLE", true)]
    [InlineData("swap", false)]
    [InlineData("swap", true)]
    public async Task A_stop_right_before_the_effect_prevents_it(string effect, bool isFirst)
    {
        await using var scene = new PipelineScene();
        var old = isFirst ? null : await scene.PublishAsync(3);

        var result = await StopAtAsync(scene, effect, afterEffect: false);

        Assert.Equal((RunStatus.Cancelled, TableStatus.Cancelled), (result.Status, result.Tables[0].Status));
        Assert.Equal(old, scene.Published?.Generation);
        Assert.Equal(0, scene.Server.Running);
        Assert.DoesNotContain(scene.Trace.Events, runEvent => runEvent is MessageRaised);
        if (isFirst)
        {
            Assert.Null(scene.Catalogue.Find(PipelineScene.Staging));
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_stop_after_the_swap_has_taken_effect_leaves_a_published_table_that_counts_as_one(bool isFirst)
    {
        await using var scene = new PipelineScene();
        if (!isFirst)
        {
            await scene.PublishAsync(3);
        }

        var before = scene.Catalogue.Effects.Count;

        var result = await StopAtAsync(scene, "swap", afterEffect: true);

        Assert.Equal((RunStatus.Succeeded, TableStatus.Published), (result.Status, result.Tables[0].Status));
        Assert.Equal((result.Tables[0].Generation!, 5), scene.Published);
        Assert.Single(scene.Catalogue.Effects.Skip(before), TheSwap.Is);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_stop_after_the_staging_table_was_built_publishes_nothing(bool isFirst)
    {
        await using var scene = new PipelineScene();
        var old = isFirst ? null : await scene.PublishAsync(3);

        var result = await StopAtAsync(scene, "CREATE OR REPLACE TABLE", afterEffect: true);

        Assert.Equal((RunStatus.Cancelled, TableStatus.Cancelled), (result.Status, result.Tables[0].Status));
        Assert.Equal(old, scene.Published?.Generation);
        Assert.Equal(isFirst, scene.Catalogue.Find(PipelineScene.Staging) is null);
    }

    [Theory]
    [InlineData(RunStatement.Stage)]
    [InlineData(RunStatement.Publish)]
    public async Task A_stop_after_which_Snowflake_tells_nothing_more_says_what_to_look_up(RunStatement statement)
    {
        await using var scene = new PipelineScene();
        await scene.PublishAsync(3);
        using var stop = new CancellationTokenSource();
        scene.Server.Faults.On(statement.Sent(), new Fault.Slow(TimeSpan.FromMinutes(30)));
        scene.Server.Received = request =>
        {
            if (request.IsPoll && !stop.IsCancellationRequested)
            {
                foreach (var phase in Enum.GetValues<FaultPhase>())
                {
                    scene.Server.Faults.On(_ => true, new Fault.Status(503), phase, times: FaultRules.Forever);
                }

                stop.Cancel();
            }
        };

        var result = await scene.RunAsync(scene.Pipeline(5), token: stop.Token);

        var warning = Assert.Single(scene.Trace.Events.OfType<MessageRaised>());
        Assert.Equal(MessageLevel.Warning, warning.Level);
        Assert.All(
            [
                "It may have taken effect",
                $"query id is {scene.Server.Requests.First(request => request.IsPoll).Path[^36..]}",
                $"LIKE '%{result.RunId}%'",
            ],
            part => Assert.Contains(part, warning.Text, StringComparison.Ordinal));
        Assert.InRange(result.Duration!.Value, TimeSpan.Zero, TimeSpan.FromSeconds(30));

        // A staging table that may be there is replaced by the next run; a table that may be published is not called cancelled.
        var isKnown = statement == RunStatement.Stage;
        Assert.Equal(isKnown ? RunStatus.Cancelled : RunStatus.Unknown, result.Status);
        Assert.Equal(isKnown ? null : EltErrorKind.Unknown, result.Error?.Kind);
        Assert.Contains($"LIKE '%{result.RunId}%'", isKnown ? warning.Text : result.Error!.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(RunStatement.Stage)]
    [InlineData(RunStatement.Publish)]
    public async Task A_stop_that_does_not_reach_the_statement_calls_only_a_staging_table_cancelled(RunStatement statement)
    {
        await using var scene = new PipelineScene();
        var old = await scene.PublishAsync(3);
        using var stop = new CancellationTokenSource();
        scene.Server.Faults.On(statement.Sent(), new Fault.Hold());
        scene.Server.Faults.On("QUERY_HISTORY", new Fault.Status(503), times: FaultRules.Forever);
        var running = scene.RunAsync(scene.Pipeline(5), token: stop.Token);
        await scene.Server.Held.WaitAsync(Token);
        await stop.CancelAsync();

        var result = await running;

        // The comment names the old generation now, and the statement still runs: for a swap that is no proof of anything.
        Assert.Equal(old, scene.Published?.Generation);
        Assert.Equal(
            statement == RunStatement.Stage ? (RunStatus.Cancelled, TableStatus.Cancelled) : (RunStatus.Unknown, TableStatus.Unknown),
            (result.Status, result.Tables[0].Status));
        var warning = Assert.Single(scene.Trace.Events.OfType<MessageRaised>());
        Assert.Contains("request id is", warning.Text, StringComparison.Ordinal);
        await scene.Server.ReleaseAsync();
        await scene.Server.AllEndedAsync();
        Assert.Equal(statement == RunStatement.Publish, scene.Published?.Generation == result.Tables[0].Generation);
    }

    private static async Task<RunResult> StopAtAsync(PipelineScene scene, string effect, bool afterEffect)
    {
        using var stop = new CancellationTokenSource();
        using var hold = scene.Catalogue.Hold(statement => TheSwap.Begins(statement, effect), afterEffect);
        var running = scene.RunAsync(scene.Pipeline(5), token: stop.Token);
        await hold.Reached.WaitAsync(Token);
        await stop.CancelAsync();
        return await running;
    }

    private static bool Has(string? statement, string part) => statement?.Contains(part, StringComparison.Ordinal) == true;

    private static void StopOn(bool isNow, CancellationTokenSource stop)
    {
        if (isNow)
        {
            stop.Cancel();
        }
    }
}
