using EltPs.Engine.Events;
using EltPs.Engine.Runs;
using EltPs.Engine.Warehouses;
using EltPs.Tests.Host;
using EltPs.Tests.Snowflake.StandIn;
using EltPs.Warehouses.Snowflake;
using Xunit;

namespace EltPs.Tests.Snowflake;

public sealed class ReattachTests
{
    private const string Ctas = "CREATE OR REPLACE TABLE analytics.temp_t";

    [Theory]
    [InlineData("running, with a handle")]
    [InlineData("before its first answer")]
    [InlineData("running while the run is resumed")]
    public async Task A_build_that_was_in_flight_when_its_process_died_is_taken_up_and_not_sent_again(string moment)
    {
        await using var account = new SnowflakeAccount(withSample: false);
        account.Folder.File("job.psd1", "@{ Tables = @( @{ Schema = 'analytics'; Table = 't'; Sql = 'SELECT 1 AS n' } ) }");
        account.Server.Faults.On(
            Ctas,
            moment == "before its first answer"
                ? new Fault.Hold()
                : new Fault.Slow(TimeSpan.Zero, Polls: moment == "running, with a handle" ? 1 : 4));
        var polled = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        account.Server.Faults.On(Ctas, new Fault.Status(503), FaultPhase.Poll);
        account.Server.Received = request => _ = request.IsPoll && polled.TrySetResult();
        using (
            var elt = EltProcess.Start(
                account.Folder.Path,
                $"$connection = {account.Connection}\nInvoke-EltPipeline job.psd1 -Connection $connection"))
        {
            await (moment == "before its first answer" ? account.Server.Held : polled.Task).WaitAsync(
                TimeSpan.FromMinutes(1),
                TestContext.Current.CancellationToken);
            await elt.KillAsync();
        }

        if (moment == "before its first answer")
        {
            await account.Server.ReleaseAsync();
        }

        var result = account.Run("Invoke-EltPipeline job.psd1 -Connection $connection -Resume").Single<RunResult>();

        Assert.Equal((RunStatus.Succeeded, TableStatus.Published), (result.Status, result.Tables[0].Status));
        Assert.Equal(1, account.Server.TimesExecuted(Ctas));
        Assert.Equal(1, account.Rows("analytics.t"));
        Assert.Contains(account.Submits, request => request.Statement!.Contains($"run={result.ResumedFrom}]", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_build_that_failed_meanwhile_is_sent_anew()
    {
        await using var account = new SnowflakeAccount(withSample: false);
        account.Folder.File("job.psd1", "@{ Tables = @( @{ Schema = 'analytics'; Table = 't'; Sql = 'SELECT 1 AS n' } ) }");
        account.Server.Faults.On(Ctas, new Fault.Slow(TimeSpan.FromHours(1)));
        var polled = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        account.Server.Received = request => _ = request.IsPoll && polled.TrySetResult();
        using (
            var elt = EltProcess.Start(
                account.Folder.Path,
                $"$connection = {account.Connection}\nInvoke-EltPipeline job.psd1 -Connection $connection"))
        {
            await polled.Task.WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);
            await elt.KillAsync();
        }

        account.Server.Faults.On(
            Ctas,
            new Fault.Status(422)
            {
                VendorCode = "000604",
                SqlState = "57014",
                Message = "SQL execution canceled",
            },
            FaultPhase.Poll);
        var run = account.Run("Invoke-EltPipeline job.psd1 -Connection $connection -Resume -Verbose").Succeeded();

        Assert.Equal(RunStatus.Succeeded, Assert.IsType<RunResult>(Assert.Single(run.Output)).Status);
        Assert.Contains(run.Verbose, line => line.Contains("failed and is sent again", StringComparison.Ordinal));
        Assert.Equal(1, account.Rows("analytics.t"));
    }

    [Fact]
    public async Task The_error_of_a_statement_that_failed_meanwhile_is_given_and_nothing_is_sent()
    {
        await using var test = new ClientTest();
        var request = SnowflakeRequest.Change(ClientTest.Ctas);
        test.Server.Faults.On("temp_t", new Fault.Status(422) { VendorCode = "002003", Message = "gone" }, FaultPhase.Poll);
        var first = await test.ChangeAsync();

        await Assert.ThrowsAsync<EltPs.Engine.Errors.EltException>(() =>
            test.Client.ExecuteAsync(
                request with
                {
                    InFlight = new StatementInFlight(Guid.NewGuid(), first.QueryId),
                },
                test.Scope(),
                TestContext.Current.CancellationToken));
        Assert.Equal(1, test.Server.TimesExecuted("temp_t"));
    }

    [Fact]
    public async Task A_handle_that_Snowflake_knows_no_more_is_submitted_as_a_retry()
    {
        await using var test = new ClientTest();
        var id = Guid.NewGuid();

        await test.Client.ExecuteAsync(
            SnowflakeRequest.Change(ClientTest.Ctas) with
            {
                InFlight = new StatementInFlight(id, Guid.NewGuid().ToString()),
            },
            test.Scope(),
            TestContext.Current.CancellationToken);

        Assert.EndsWith($"requestId={id}&retry=true", Assert.Single(test.Submits).Path, StringComparison.Ordinal);
        Assert.Equal(1, test.Server.TimesExecuted("temp_t"));
    }
}
