using EltPs.Engine.Errors;
using EltPs.Engine.Journal;
using EltPs.Engine.Runs;
using EltPs.Tests.Cmdlets;
using EltPs.Tests.Host;
using EltPs.Tests.Support;
using Xunit;

namespace EltPs.Tests.Journal;

public sealed class LockTests : IDisposable
{
    private readonly Job _job = new(("t", "SELECT 1 AS n"));

    public void Dispose() => _job.Dispose();

    [Fact]
    public async Task A_second_run_is_told_who_holds_the_pipeline_and_elt_ends_with_3()
    {
        using var held = await HoldAsync();
        held.Name("20260101T000000Z-abcdef");

        var elt = await EltProcess.RunInAsync(_job.Folder, "Invoke-EltPipeline job.psd1");

        Assert.Equal(3, elt.ExitCode);
        Assert.Contains(
            $"process {Environment.ProcessId} on {Environment.MachineName} since 2",
            elt.Errors.ReplaceLineEndings(" "),
            StringComparison.Ordinal);
        Assert.Contains("run 20260101T000000Z-abcdef", elt.Errors.ReplaceLineEndings(" "), StringComparison.Ordinal);
        Assert.Empty(elt.Output.Trim());
        Assert.False(File.Exists(_job.Database.Path));
    }

    [Fact]
    public async Task The_error_is_not_terminating_and_other_files_go_on()
    {
        using var held = await HoldAsync();
        _job.Write("other", ("o", "SELECT 1 AS n"));

        var run = _job.Run("Invoke-EltPipeline job.psd1, other.psd1");

        Assert.Equal(
            System.Management.Automation.ErrorCategory.ResourceBusy,
            run.FailedWith("EltRunHeld,EltPs.Commands.InvokeEltPipelineCommand").CategoryInfo.Category);
        Assert.Equal("other", Assert.IsType<RunResult>(Assert.Single(run.Output)).Pipeline);
    }

    [Fact]
    public async Task LockTimeout_waits_until_the_other_run_has_ended()
    {
        var held = await HoldAsync();
        using var elt = EltProcess.Start(_job.Folder, "'ready'; Invoke-EltPipeline job.psd1 -LockTimeout '00:01:00'");
        Assert.Equal("ready", await elt.LineAsync());

        held.Dispose();

        Assert.Equal(0, (await elt.EndAsync()).ExitCode);
        Assert.Equal(["1"], _job.Database.Rows("SELECT n FROM analytics.t"));
    }

    [Fact]
    public async Task LockTimeout_ends_and_says_how_long_it_waited()
    {
        using var held = await HoldAsync();
        var clock = new SkippingClock();

        var failure = await Assert.ThrowsAsync<EltException>(
            () => PipelineLock.AcquireAsync(State, TimeSpan.FromMinutes(5), clock, TestContext.Current.CancellationToken));

        Assert.Equal(EltErrorKind.RunHeld, failure.Kind);
        Assert.Contains("(waited 300 s)", failure.Message, StringComparison.Ordinal);
        Assert.Equal(TimeSpan.FromMinutes(5), clock.Waits.Aggregate(TimeSpan.Zero, (sum, wait) => sum + wait));
    }

    [Fact]
    public async Task A_wait_for_the_lock_can_be_cancelled()
    {
        using var held = await HoldAsync();
        using var cancel = new CancellationTokenSource();
        var waiting = PipelineLock.AcquireAsync(State, Timeout.InfiniteTimeSpan, TimeProvider.System, cancel.Token);

        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
    }

    [Fact]
    public async Task Neither_a_plan_nor_single_cmdlets_wait_for_it()
    {
        using var held = await HoldAsync();

        _job.Run("Invoke-EltPipeline job.psd1 -WhatIf; Get-EltTable job.psd1 | Invoke-EltCtas | Test-EltRowCount | Switch-EltTable")
            .Succeeded();
    }

    [Theory]
    [InlineData("-1")]
    [InlineData("'soon'")]
    [InlineData("'1.00:00:00.5'")]
    [InlineData("$true")]
    public void A_LockTimeout_that_is_no_time_is_refused(string value) =>
        _job.Run($"Invoke-EltPipeline job.psd1 -LockTimeout {value}")
            .FailedWith("ParameterArgumentTransformationError,EltPs.Commands.InvokeEltPipelineCommand");

    private StateFolder State => _job.State;

    private Task<PipelineLock> HoldAsync() =>
        PipelineLock.AcquireAsync(State, TimeSpan.Zero, TimeProvider.System, TestContext.Current.CancellationToken);
}
