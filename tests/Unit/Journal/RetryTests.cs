using EltPs.Engine.Errors;
using EltPs.Engine.Events;
using EltPs.Engine.Journal;
using EltPs.Engine.Runs;
using EltPs.Objects;
using EltPs.Tests.Cmdlets;
using EltPs.Tests.Host;
using EltPs.Tests.Snowflake;
using EltPs.Tests.Snowflake.StandIn;
using EltPs.Tests.Support;
using Xunit;

namespace EltPs.Tests.Journal;

public sealed class RetryTests
{
    private const string Ctas = "CREATE OR REPLACE TABLE analytics.temp_t";

    // An error that Snowflake itself calls transient: too many wait for a lock.
    private static readonly Fault Busy = new Fault.Status(422)
    {
        VendorCode = "000625",
        SqlState = "57014",
        Message = "waiters exceed the limit",
    };

    [Theory]
    [InlineData(Ctas)]
    [InlineData("COUNT(*)")]
    [InlineData("SWAP WITH")]
    public async Task A_transient_error_of_any_step_begins_the_table_anew(string statement)
    {
        await using var account = Account("Retries = 2; RetryDelay = 1");
        account.Run(Invoke).Succeeded();
        account.Server.Faults.On(statement, Busy);
        var before = account.Server.TimesExecuted(Ctas);

        var run = account.Run($"{Invoke} -Verbose").Succeeded();

        var table = Assert.Single(Assert.IsType<RunResult>(Assert.Single(run.Output)).Tables);
        Assert.Equal((TableStatus.Published, 2, 1L), (table.Status, table.Attempts, table.Rows));
        Assert.Equal((1, "000625"), table.FailedAttempts.Select(attempt => (attempt.Attempt, attempt.Error.VendorCode)).Single());
        Assert.Single(run.Verbose, line =>
            line.StartsWith("analytics.t: attempt 1 of 3 failed, the next one begins in ", StringComparison.Ordinal));
        Assert.Equal(statement == Ctas ? 1 : 2, account.Server.TimesExecuted(Ctas) - before);
        Assert.Equal(2, Last(account).Tables[0].Attempts);
        Assert.Contains(File.ReadLines(Last(account).JournalPath), line =>
            line.Contains("attemptFailed", StringComparison.Ordinal) && line.Contains("000625", StringComparison.Ordinal));
    }

    [Fact]
    public async Task When_all_retries_are_used_up_the_run_has_failed_with_the_last_error()
    {
        await using var account = Account("Retries = 2; RetryDelay = 1");
        account.Server.Faults.On(Ctas, Busy, times: FaultRules.Forever);

        var run = account.Run(Invoke);

        run.FailedWith("EltStatementFailed,EltPs.Commands.InvokeEltPipelineCommand");
        Assert.Equal(
            (TableStatus.Failed, 3),
            Assert.IsType<RunResult>(Assert.Single(run.Output)).Tables.Select(table => (table.Status, table.Attempts)).Single());
    }

    [Theory]
    [InlineData("002003", "Object does not exist")]
    [InlineData("000604", "SQL execution canceled")]
    public async Task What_does_not_pass_by_itself_is_not_attempted_again(string code, string message)
    {
        await using var account = Account("Retries = 5; RetryDelay = 1");
        account.Server.Faults.On(
            Ctas,
            new Fault.Status(422)
            {
                VendorCode = code,
                SqlState = "42S02",
                Message = message,
            },
            times: FaultRules.Forever);

        var run = account.Run(Invoke);

        Assert.Single(run.Errors);
        Assert.Equal(1, Assert.IsType<RunResult>(Assert.Single(run.Output)).Tables[0].Attempts);
    }

    [Fact]
    public async Task A_failed_check_is_not_attempted_again()
    {
        await using var account = Account("Retries = 5; RetryDelay = 1; MinimumRows = 2");

        var run = account.Run(Invoke);

        run.FailedWith("EltTooFewRows,EltPs.Commands.InvokeEltPipelineCommand");
        Assert.Equal(1, Assert.IsType<RunResult>(Assert.Single(run.Output)).Tables[0].Attempts);
    }

    [Fact]
    public async Task The_waits_double_to_their_cap_and_vary_by_a_fifth()
    {
        var clock = new SkippingClock();
        var failure = new EltException(EltErrorKind.ConnectionFailed, "gone") { IsTransient = true };

        await Assert.ThrowsAsync<EltException>(() =>
            RunAsync(clock, failure, retries: 8, delay: TimeSpan.FromSeconds(30), limit: TimeSpan.FromDays(1)));

        double[] expected = [30, 60, 120, 240, 480, 600, 600, 600];
        Assert.Equal(8, clock.Waits.Count);
        Assert.All(clock.Waits.Zip(expected), pair => Assert.InRange(pair.First.TotalSeconds, pair.Second * 0.8, pair.Second * 1.2));
    }

    [Fact]
    public async Task A_retry_that_could_not_begin_before_the_timeout_is_not_waited_for()
    {
        var clock = new SkippingClock();
        var failure = new EltException(EltErrorKind.ConnectionFailed, "gone") { IsTransient = true };

        await Assert.ThrowsAsync<EltException>(() =>
            RunAsync(clock, failure, retries: 100, delay: TimeSpan.FromSeconds(100), limit: TimeSpan.FromSeconds(250)));

        Assert.Single(clock.Waits);
    }

    [Theory]
    [InlineData(EltErrorKind.Unknown, true)]
    [InlineData(EltErrorKind.Cancelled, true)]
    [InlineData(EltErrorKind.StatementFailed, false)]
    public async Task What_is_not_known_or_not_transient_is_never_repeated(EltErrorKind kind, bool isTransient)
    {
        var clock = new SkippingClock();

        await Assert.ThrowsAsync<EltException>(() =>
            RunAsync(
                clock,
                new EltException(kind, "x") { IsTransient = isTransient },
                retries: 5,
                TimeSpan.FromSeconds(1),
                TimeSpan.FromDays(1)));

        Assert.Empty(clock.Waits);
    }

    [Fact]
    public async Task A_database_file_that_is_held_for_a_while_is_waited_for()
    {
        using var job = new Job();
        job.WriteText(
            "job.psd1",
            "@{ Retries = 60; RetryDelay = '00:00:01'; Tables = @( @{ Schema = 'analytics'; Table = 't'; Sql = 'SELECT 1 AS n' } ) }");
        using var holder = EltProcess.Start(
            job.Folder,
            "Invoke-EltCtas -Schema a -Table h -Sql 'SELECT 1 AS n' -Connection job.duckdb | ForEach-Object { 'held'; "
                + "[System.Threading.Thread]::Sleep(-1) }");
        Assert.Equal("held", await holder.LineAsync());
        using var session = job.Session();
        using var shell = session.Create("Invoke-EltPipeline job.psd1 -Verbose");
        var failed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        shell.Streams.Verbose.DataAdded += (_, added) =>
            _ =
                shell.Streams.Verbose[added.Index].Message.StartsWith("prepare: attempt 1 of 61 failed", StringComparison.Ordinal)
                && failed.TrySetResult();
        var ended = Task.Factory.FromAsync(shell.BeginInvoke(), shell.EndInvoke);
        await await Task.WhenAny(failed.Task, ended);

        await holder.KillAsync();

        Assert.Equal(RunStatus.Succeeded, Assert.IsType<RunResult>(EltObject.Unwrap(Assert.Single(await ended).BaseObject)).Status);
        Assert.Equal(["1"], job.Database.Rows("SELECT n FROM analytics.t"));
    }

    private const string Invoke = "Invoke-EltPipeline job.psd1 -Connection $connection";

    private static Task<int> RunAsync(SkippingClock clock, EltException failure, int retries, TimeSpan delay, TimeSpan limit) =>
        new Retry(clock, SilentObserver.Instance).RunAsync<int>(
            _ => throw failure,
            table: null,
            new(retries, delay),
            EltPs.Engine.Warehouses.Deadline.In(limit, clock),
            TestContext.Current.CancellationToken);

    private static SnowflakeAccount Account(string keys)
    {
        var account = new SnowflakeAccount(withSample: false);
        account.Folder.File("job.psd1", $"@{{ Tables = @( @{{ Schema = 'analytics'; Table = 't'; Sql = 'SELECT 1 AS n'; {keys} }} ) }}");
        return account;
    }

    private static JournaledRun Last(SnowflakeAccount account) =>
        new RunHistory(StateFolder.For(account.Folder.File("job.psd1"), statePath: null)).Read(out _)[0];
}
