using System.Diagnostics;
using System.Management.Automation;
using EltPs.Tests.Snowflake.StandIn;
using EltPs.Tests.Support;
using Xunit;

namespace EltPs.Tests.Snowflake;

/// <summary>Ctrl+C while <c>Invoke-EltPipeline</c> waits for Snowflake, in real time.</summary>
[Collection(Alone.Name)]
public sealed class SnowflakeStopTests : IAsyncDisposable
{
    private const string Run = "Invoke-EltPipeline -Config mau.psd1 -Connection $connection";
    private const string Table = "analytics.mau_summary";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly SnowflakeAccount _account = new();

    public ValueTask DisposeAsync() => _account.DisposeAsync();

    [Theory]
    [InlineData("CREATE OR REPLACE TABLE", false)]
    [InlineData("CREATE OR REPLACE TABLE", true)]
    [InlineData("row_count", false)]
    [InlineData("row_count", true)]
    [InlineData("EXECUTE IMMEDIATE", false)]
    [InlineData("EXECUTE IMMEDIATE", true)]
    public async Task A_stop_cancels_the_statement_in_Snowflake_and_leaves_the_published_table(string statement, bool hasHandle)
    {
        _account.Run(Run).Succeeded();
        var old = _account.Catalogue.Find(Table)!.Id;
        var polled = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _account.Server.Faults.On(statement, hasHandle ? new Fault.Slow(TimeSpan.FromHours(1)) : new Fault.Hold());
        _account.Server.Received = request => _ = request.IsPoll && polled.TrySetResult();

        var elapsed = await StopWhenAsync(hasHandle ? polled.Task : _account.Server.Held);

        Assert.InRange(elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(5));
        Assert.Contains(
            _account.Server.Requests,
            request => hasHandle ? request.IsCancel : request.Statement?.Contains("SYSTEM$CANCEL_QUERY", StringComparison.Ordinal) == true);
        Assert.Equal(0, _account.Server.Running);
        Assert.Equal(old, _account.Catalogue.Find(Table)!.Id);
        Assert.Equal(12, _account.Rows(Table));
        _account.Run(Run).Succeeded();
    }

    [Fact]
    public async Task A_stop_of_a_first_build_leaves_no_trace_of_it()
    {
        _account.Server.Faults.On("row_count", new Fault.Hold());

        await StopWhenAsync(_account.Server.Held);

        Assert.Equal(0, _account.Server.Running);
        Assert.Null(_account.Catalogue.Find(Table));
        Assert.Null(_account.Catalogue.Find("analytics.temp_mau_summary"));
    }

    [Fact]
    public async Task A_stop_after_the_swap_has_taken_effect_leaves_the_new_table()
    {
        _account.Run(Run).Succeeded();
        var old = _account.Catalogue.Find(Table)!.Id;
        using var hold = _account.Catalogue.Hold(TheSwap.Is, afterEffect: true);

        await StopWhenAsync(hold.Reached);

        Assert.Equal(old, _account.Catalogue.Find("analytics.temp_mau_summary")!.Id);
        Assert.Equal(12, _account.Rows(Table));
    }

    private async Task<TimeSpan> StopWhenAsync(Task moment)
    {
        var token = TestContext.Current.CancellationToken;
        using var session = new ScriptExecutor(_account.Folder.Path);
        using var shell = session.Create($"$connection = {_account.Connection}\n{Run}");
        var ended = Task.Factory.FromAsync(shell.BeginInvoke(), shell.EndInvoke);
        await (await Task.WhenAny(moment, ended).WaitAsync(Patience, token));
        Assert.False(ended.IsCompleted, "The pipeline ended before anybody stopped it.");
        var stopwatch = Stopwatch.StartNew();
        await Task.Run(shell.Stop, token).WaitAsync(Patience, token);
        var elapsed = stopwatch.Elapsed;
        await Assert.ThrowsAsync<PipelineStoppedException>(() => ended);
        return elapsed;
    }
}
