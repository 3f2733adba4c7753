using EltPs.Engine.Events;
using EltPs.Engine.Journal;
using EltPs.Engine.Runs;
using EltPs.Tests.Host;
using Xunit;

namespace EltPs.Tests.Alerts;

/// <summary>A run that dies can tell nobody. The next one does.</summary>
public sealed class InterruptedRunTests : IAsyncDisposable
{
    private readonly AlertJob _job = new();

    public ValueTask DisposeAsync() => _job.DisposeAsync();

    [Fact]
    public async Task A_run_that_was_killed_is_told_when_the_next_one_begins_and_a_success_closes_it()
    {
        var dead = await DeadRun.KilledAsync(_job);
        Assert.Empty(_job.Server.Bodies);

        _job.Run("Invoke-EltPipeline job.psd1").Succeeded();
        _job.Run("Invoke-EltPipeline job.psd1").Succeeded();

        Assert.Collection(
            Texts,
            text =>
                Assert.StartsWith(
                    $"job was interrupted: analytics.t, stage: Its process ({dead.ProcessId} on {Environment.MachineName}) ended without "
                        + "saying how in step stage of analytics.t.",
                    text,
                    StringComparison.Ordinal),
            text =>
                Assert.Matches(
                    $"^job recovered: Failed since [-0-9: ]+ UTC \\(1 run, the last one {dead.RunId}\\): analytics.t, stage, interrupted$",
                    text));
        Assert.Contains($"*Run*\\n`{dead.RunId}`", _job.Server.Bodies[0], StringComparison.Ordinal);
        Assert.Contains($"*Host*\\n`{Environment.MachineName}`", _job.Server.Bodies[0], StringComparison.Ordinal);
        Assert.Contains(
            $"*Started*\\n`{dead.StartedAt.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC`",
            _job.Server.Bodies[0],
            StringComparison.Ordinal);
        Assert.Contains("builds the tables anew", _job.Server.Bodies[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Where_the_next_run_fails_both_arrive_in_their_order()
    {
        DeadRun.Cut(_job);
        _job.Write("SELECT 1 AS n WHERE false");

        var run = _job.Run("Invoke-EltPipeline job.psd1; Invoke-EltPipeline job.psd1 -ErrorAction SilentlyContinue");

        Assert.Equal([RunStatus.Failed, RunStatus.Failed], run.Output.Cast<RunResult>().Select(result => result.Status));
        Assert.Empty(run.Warnings);
        Assert.Collection(
            Texts,
            text => Assert.StartsWith("job was interrupted: analytics.t, stage: ", text, StringComparison.Ordinal),
            text => Assert.StartsWith("job failed: analytics.t, check: ", text, StringComparison.Ordinal));
    }

    [Fact]
    public void What_cannot_be_delivered_waits_in_its_order_and_changes_nothing_in_the_run()
    {
        DeadRun.Cut(_job);
        _job.Server.Refuse();
        _job.Write("SELECT 1 AS n WHERE false");

        var run = _job.Run("Invoke-EltPipeline job.psd1");

        Assert.Equal(RunStatus.Failed, Assert.IsType<RunResult>(Assert.Single(run.Output)).Status);
        run.FailedWith("EltTooFewRows,EltPs.Commands.InvokeEltPipelineCommand");
        Assert.Equal(2, _job.Waiting);
        _job.Server.AcceptAgain();
        _job.Write("SELECT 1 AS n");
        _job.Run("Invoke-EltPipeline job.psd1").Succeeded();
        Assert.Equal(["job was interrupted", "job failed", "job recovered"], Texts.Select(text => text.Split(':')[0]));
    }

    [Fact]
    public void A_run_that_was_told_of_is_not_told_of_again_though_its_journal_still_is_the_last_one()
    {
        var dead = DeadRun.Cut(_job);
        _job.Run("Invoke-EltPipeline job.psd1").Succeeded();
        File.Delete(DeadRun.Read(_job)[0].JournalPath);
        Assert.Equal(dead.RunId, DeadRun.Read(_job)[0].RunId);

        _job.Run("Invoke-EltPipeline job.psd1").Succeeded();

        Assert.Equal(["job was interrupted", "job recovered"], Texts.Select(text => text.Split(':')[0]));
    }

    [Fact]
    public void Two_deaths_are_two_messages_because_nobody_knows_that_they_are_the_same()
    {
        DeadRun.Cut(_job);
        _job.Run("Invoke-EltPipeline job.psd1").Succeeded();
        DeadRun.Cut(_job);
        _job.Run("Invoke-EltPipeline job.psd1").Succeeded();

        Assert.Equal(
            ["job was interrupted", "job recovered", "job was interrupted", "job recovered"],
            Texts.Select(text => text.Split(':')[0]));
    }

    [Theory]
    [InlineData("'Recovery'", "job recovered")]
    [InlineData("'Success'", "job succeeded")]
    public void Only_what_On_names_is_told(string on, string told)
    {
        DeadRun.Cut(_job);
        _job.Write("SELECT 1 AS n", $"Alerts = @{{ Slack = @{{ Webhook = 'file:webhook.txt'; On = {on} }} }}");

        _job.Run("Invoke-EltPipeline job.psd1").Succeeded();

        Assert.Equal([told], Texts.Select(text => text.Split(':')[0]));
    }

    [Fact]
    public void A_resume_says_that_it_goes_on_from_there()
    {
        DeadRun.Cut(_job);

        _job.Run("Invoke-EltPipeline job.psd1 -Resume").Succeeded();

        Assert.Contains("The next run has started and resumes this one.", _job.Server.Bodies[0], StringComparison.Ordinal);
        Assert.DoesNotContain("Next command", _job.Server.Bodies[0], StringComparison.Ordinal);
        Assert.StartsWith("job recovered", Texts[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_two_processes_that_start_at_once_one_tells()
    {
        DeadRun.Cut(_job);

        using var first = EltProcess.Start(_job.Job.Folder, "Invoke-EltPipeline job.psd1 -LockTimeout '00:01:00'");
        using var second = EltProcess.Start(_job.Job.Folder, "Invoke-EltPipeline job.psd1 -LockTimeout '00:01:00'");
        var ends = await Task.WhenAll(first.EndAsync(), second.EndAsync());

        Assert.All(ends, end => Assert.True(end.ExitCode == 0, end.Errors));
        Assert.Single(Texts, text => text.StartsWith("job was interrupted", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Who_does_not_get_the_lock_tells_nobody()
    {
        DeadRun.Cut(_job);
        using var held = await PipelineLock.AcquireAsync(State, TimeSpan.Zero, TimeProvider.System, TestContext.Current.CancellationToken);

        _job.Run("Invoke-EltPipeline job.psd1").FailedWith("EltRunHeld,EltPs.Commands.InvokeEltPipelineCommand");

        Assert.Empty(_job.Server.Bodies);
    }

    private IReadOnlyList<string> Texts => [.. _job.Messages.Select(message => message["text"]!.GetValue<string>())];

    private StateFolder State => _job.Job.State;
}
