using System.Management.Automation;
using System.Text.RegularExpressions;
using EltPs.Engine.Definitions;
using EltPs.Reports;
using EltPs.Tests.Support;
using Xunit;

namespace EltPs.Tests.Reports;

public sealed class StoppedResultTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly ResultFolder _results = new();

    public void Dispose() => _results.Dispose();

    [Fact]
    public async Task A_stop_leaves_the_runs_so_far_and_the_one_that_it_cancelled()
    {
        _results.Job.Write("a", ("t", "SELECT 1 AS n"));
        LongQuery.Prepare(_results.Job.Database);
        _results.Job.Write(("t", LongQuery.Sql));
        using var session = _results.Job.Session();
        using var shell = session.Create($"Invoke-EltPipeline a.psd1, job.psd1, a.psd1 {ResultFolder.Both}");
        var running = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        shell.Streams.Progress.DataAdded += (_, added) =>
        {
            var record = shell.Streams.Progress[added.Index];
            if (record.Activity == "job" && Regex.IsMatch(record.StatusDescription, @": building \d+ s"))
            {
                running.TrySetResult();
            }
        };

        var ended = Task.Factory.FromAsync(shell.BeginInvoke(), shell.EndInvoke);
        await (await Task.WhenAny(running.Task, ended).WaitAsync(Patience, TestContext.Current.CancellationToken));
        await Task.Run(shell.Stop, TestContext.Current.CancellationToken).WaitAsync(Patience, TestContext.Current.CancellationToken);
        await Assert.ThrowsAsync<PipelineStoppedException>(() => ended);

        _results.AssertWhole();
        Assert.Equal(["a Succeeded", "job Cancelled"], _results.Runs());
        Assert.Equal("Cancelled", (string)_results.Json()["status"]!);
        Assert.Equal("Stage", (string)_results.Json()["runs"]![1]!["error"]!["step"]!);
        Assert.Equal(
            [
                "a: run passed",
                "a: analytics.t passed",
                "a: analytics.t row count passed",
                "job: run passed",
                "job: analytics.t error",
                "job: analytics.t row count skipped",
            ],
            _results.Cases());
    }

    [Fact]
    public async Task A_stop_before_the_run_began_is_an_entry_of_the_errors()
    {
        var reports = ResultFiles.Open(_results.JsonPath, _results.JUnitPath, TimeProvider.System, path => path, out var problem);
        Assert.Null(problem);
        var pipeline = new PipelineDefinition
        {
            Name = "job",
            Path = Path.Combine(_results.Job.Folder, "job.psd1"),
            Session = new SessionSettings(
                ConnectionDefinition.Embedded(":memory:", _results.Job.Folder),
                SessionSettings.DefaultTimeZone,
                []),
            Schedule = new ScheduleDefinition(null, null, null, false),
            Tables = [],
        };

        await Assert.ThrowsAsync<OperationCanceledException>(() =>
            reports.Keep(pipeline, (_, _, _) => throw new OperationCanceledException())(null!, null!, TestContext.Current.CancellationToken)
        );
        Assert.Empty(reports.Write());

        Assert.Equal(["job.psd1 EltCancelled"], _results.Errors());
        Assert.Equal("Cancelled", (string)_results.Json()["status"]!);
        Assert.Equal(["job: run error"], _results.Cases());
    }
}
