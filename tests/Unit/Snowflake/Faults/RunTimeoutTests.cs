using EltPs.Engine.Errors;
using EltPs.Engine.Events;
using EltPs.Tests.Snowflake.StandIn;
using Xunit;

namespace EltPs.Tests.Snowflake.Faults;

/// <summary>A run whose table has less time than a statement takes.</summary>
public sealed class RunTimeoutTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<RunStatement, bool> Statements =>
        new MatrixTheoryData<RunStatement, bool>(Enum.GetValues<RunStatement>(), [false, true]);

    [Theory]
    [MemberData(nameof(Statements))]
    public async Task A_statement_that_takes_too_long_is_cancelled_in_Snowflake_and_fails_the_run(RunStatement statement, bool hasHandle)
    {
        await using var scene = new PipelineScene();
        var old = await scene.PublishAsync(3);
        scene.Server.Faults.On(statement.Sent(), hasHandle ? new Fault.Slow(TimeSpan.FromHours(3)) : new Fault.Hold());
        var running = scene.RunAsync(scene.Pipeline(5, TimeSpan.FromMinutes(1)));
        if (!hasHandle)
        {
            await scene.Server.Held.WaitAsync(Token);
            scene.Clock.Advance(TimeSpan.FromSeconds(56));
        }

        var result = await running;

        Assert.Equal((RunStatus.Failed, EltErrorKind.Timeout), (result.Status, result.Error?.Kind));
        Assert.Contains("did not end within 00:01:00", result.Error!.Message, StringComparison.Ordinal);
        Assert.Contains(scene.Server.Requests, request =>
            hasHandle ? request.IsCancel : request.Statement?.Contains("SYSTEM$CANCEL_QUERY", StringComparison.Ordinal) == true);
        Assert.Equal(0, scene.Server.Running);
        Assert.Equal((old, 3), scene.Published);
        Assert.InRange(result.Duration!.Value, TimeSpan.FromSeconds(50), TimeSpan.FromMinutes(1));
    }

    [Fact]
    public async Task A_swap_that_had_taken_effect_when_the_time_was_over_is_a_success()
    {
        await using var scene = new PipelineScene();
        await scene.PublishAsync(3);
        using var hold = scene.Catalogue.Hold(TheSwap.Is, afterEffect: true);
        var running = scene.RunAsync(scene.Pipeline(5, TimeSpan.FromMinutes(1)));
        await hold.Reached.WaitAsync(Token);
        scene.Clock.Advance(TimeSpan.FromSeconds(56));

        var result = await running;

        Assert.True(result.IsSuccess, result.Error?.Message);
        Assert.Equal((result.Tables[0].Generation!, 5), scene.Published);
        Assert.InRange(result.Duration!.Value, TimeSpan.FromSeconds(55), TimeSpan.FromMinutes(1));
    }

    [Theory]
    [InlineData(RunStatement.Stage)]
    [InlineData(RunStatement.Publish)]
    public async Task A_statement_that_ends_while_it_is_being_cancelled_counts(RunStatement statement)
    {
        await using var scene = new PipelineScene();
        await scene.PublishAsync(3);
        scene.Server.Faults.On(statement.Sent(), new Fault.Slow(TimeSpan.FromSeconds(56)));
        scene.Server.Faults.On(
            statement.Sent(),
            new Fault.Status(422) { VendorCode = "000709" },
            FaultPhase.Cancel,
            times: FaultRules.Forever);

        var result = await scene.RunAsync(scene.Pipeline(5, TimeSpan.FromMinutes(1)));

        Assert.True(result.IsSuccess, result.Error?.Message);
        Assert.Equal((result.Tables[0].Generation!, 5), scene.Published);
    }

    [Theory]
    [InlineData(RunStatement.Stage)]
    [InlineData(RunStatement.Publish)]
    public async Task A_machine_that_slept_until_long_after_the_time_does_not_know_what_became_of_a_change(RunStatement statement)
    {
        await using var scene = new PipelineScene();
        await scene.PublishAsync(3);
        scene.Server.Faults.On(statement.Sent(), new Fault.Hold());
        var running = scene.RunAsync(scene.Pipeline(5, TimeSpan.FromMinutes(1)));
        await scene.Server.Held.WaitAsync(Token);
        scene.Clock.Sleep(TimeSpan.FromHours(2));

        var result = await running;

        Assert.Equal((RunStatus.Unknown, EltErrorKind.Unknown), (result.Status, result.Error?.Kind));
        Assert.Contains($"LIKE '%{result.RunId}%'", result.Error!.Message, StringComparison.Ordinal);
    }
}
