using System.Diagnostics;
using System.Management.Automation;
using System.Text.RegularExpressions;
using EltPs.Tests.Support;
using Xunit;

namespace EltPs.Tests.Cmdlets;

[Collection(Alone.Name)]
public sealed class StopTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    [Theory]
    [InlineData("Invoke-EltPipeline job.psd1")]
    [InlineData("Get-EltTable job.psd1 | Invoke-EltCtas | Test-EltRowCount | Switch-EltTable")]
    [InlineData("Invoke-EltCtas -Schema analytics -Table t -Connection job.duckdb -Sql '" + LongQuery.Sql + "'")]
    public async Task A_stop_interrupts_a_long_first_build_within_a_second_and_leaves_no_trace_of_it(string script)
    {
        using var job = new Job(("t", LongQuery.Sql));
        LongQuery.Prepare(job.Database);

        Assert.InRange(await StopWhileAStatementRunsAsync(job, script), TimeSpan.Zero, TimeSpan.FromSeconds(1));

        Assert.Equal([LongQuery.Source], job.Database.Names());
        job.Write(("t", "SELECT 1 AS n"));
        job.Run("Invoke-EltPipeline job.psd1").Succeeded();
        Assert.Equal(["1"], job.Database.Rows("SELECT n FROM analytics.t"));
    }

    [Fact]
    public async Task A_stop_leaves_the_published_table_and_the_previous_generation_as_they_were()
    {
        using var job = new Job(("t", "SELECT 1 AS n"));
        LongQuery.Prepare(job.Database);
        job.Run("Invoke-EltPipeline job.psd1; Invoke-EltPipeline job.psd1").Succeeded();
        job.Write(("t", LongQuery.Sql));

        Assert.InRange(await StopWhileAStatementRunsAsync(job, "Invoke-EltPipeline job.psd1"), TimeSpan.Zero, TimeSpan.FromSeconds(1));

        Assert.Equal([LongQuery.Source, "analytics.t", "analytics.temp_t"], job.Database.Names());
        job.Run("Get-EltTable job.psd1 | Switch-EltTable -Undo").Succeeded();
        Assert.Equal(["1"], job.Database.Rows("SELECT n FROM analytics.t"));
    }

    [Fact]
    public async Task The_bar_of_a_long_statement_shows_how_the_time_goes_by()
    {
        using var job = new Job(("t", LongQuery.Sql));
        LongQuery.Prepare(job.Database);
        var shown = new List<ProgressRecord>();

        await StopWhileAStatementRunsAsync(job, "Invoke-EltPipeline job.psd1", shown);

        Assert.Matches(@"^analytics\.t \(1 of 1\): building \d+ s, run \d+ s$", shown[^1].StatusDescription);
        Assert.All(shown, record => Assert.Equal(("job", -1), (record.Activity, record.ParentActivityId)));
    }

    [Fact]
    public async Task A_stop_after_any_statement_of_a_first_run_leaves_no_staging_table()
    {
        using var whole = new Job(("t", "SELECT 1 AS n"));
        var moments = whole.Run("Invoke-EltPipeline job.psd1 -Debug").Succeeded().Debug.Count;
        Assert.True(moments > 5, $"{moments} debug lines");

        for (var moment = 0; moment < moments; moment++)
        {
            using var job = new Job(("t", "SELECT 1 AS n"));
            await StopAfterLineAsync(job, moment);

            var names = job.Database.Names();
            Assert.True(names is [] or ["analytics.t"], $"After line {moment}: {string.Join(", ", names)}");
            job.Run("Invoke-EltPipeline job.psd1").Succeeded();
        }
    }

    private static async Task StopAfterLineAsync(Job job, int moment)
    {
        using var session = job.Session();
        using var shell = session.Create("Invoke-EltPipeline job.psd1 -Debug");
        var stop = Task.CompletedTask;
        shell.Streams.Debug.DataAdded += (_, added) =>
        {
            if (added.Index == moment)
            {
                stop = Task.Run(shell.Stop);
                SpinWait.SpinUntil(() => shell.InvocationStateInfo.State != PSInvocationState.Running, Patience);
            }
        };

        try
        {
            await Task.Factory.FromAsync(shell.BeginInvoke(), shell.EndInvoke).WaitAsync(Patience, TestContext.Current.CancellationToken);
        }
        catch (PipelineStoppedException)
        {
            // Unless the stop came too late to stop anything.
        }

        await stop.WaitAsync(Patience, TestContext.Current.CancellationToken);
    }

    private static async Task<TimeSpan> StopWhileAStatementRunsAsync(Job job, string script, List<ProgressRecord>? shown = null)
    {
        using var session = job.Session();
        using var shell = session.Create($"$DebugPreference = 'Continue'; {script}");
        var running = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var hasBegun = false;
        shell.Streams.Debug.DataAdded += (_, added) =>
            hasBegun |= shell.Streams.Debug[added.Index].Message.EndsWith("BEGIN TRANSACTION", StringComparison.Ordinal);
        shell.Streams.Progress.DataAdded += (_, added) =>
        {
            var record = shell.Streams.Progress[added.Index];
            shown?.Add(record);

            // A statement that takes no second is none that is stopped here.
            if (hasBegun && Regex.IsMatch(record.StatusDescription, @": building \d+ s"))
            {
                running.TrySetResult();
            }
        };

        var pipeline = shell.BeginInvoke();
        var ended = Task.Factory.FromAsync(pipeline, shell.EndInvoke);
        await (await Task.WhenAny(running.Task, ended).WaitAsync(Patience, TestContext.Current.CancellationToken));
        Assert.True(running.Task.IsCompleted, "The pipeline ended before anybody stopped it.");
        var stopwatch = Stopwatch.StartNew();
        await Task.Run(shell.Stop, TestContext.Current.CancellationToken).WaitAsync(Patience, TestContext.Current.CancellationToken);
        var elapsed = stopwatch.Elapsed;
        await Assert.ThrowsAsync<PipelineStoppedException>(() => ended);
        return elapsed;
    }
}
