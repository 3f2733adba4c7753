using EltPs.Engine.Errors;
using EltPs.Engine.Events;
using EltPs.Engine.Journal;
using EltPs.Engine.Runs;
using Xunit;

namespace EltPs.Tests.Alerts;

/// <summary>A run tells before the next one may begin, so that the next one knows what was told.</summary>
public sealed class HeldAlertTests : IAsyncDisposable
{
    private readonly AlertJob _job = new();

    public ValueTask DisposeAsync() => _job.DisposeAsync();

    [Theory]
    [InlineData("SELECT 1 AS n WHERE false", RunStatus.Failed)]
    [InlineData("SELECT 1 AS n", RunStatus.Succeeded)]
    public async Task The_pipeline_is_held_while_its_run_tells(string sql, RunStatus status)
    {
        _job.Write(sql, "Alerts = @{ Slack = @{ Webhook = 'file:webhook.txt'; On = 'Failure', 'Success' } }");
        var wasHeld = false;
        _job.Server.Received = async _ => wasHeld = await IsHeldAsync();

        var run = _job.Run("Invoke-EltPipeline job.psd1 -ErrorAction SilentlyContinue");

        Assert.Equal(status, Assert.IsType<RunResult>(Assert.Single(run.Output)).Status);
        Assert.StartsWith(
            $"job {status.ToString().ToLowerInvariant()}",
            Assert.Single(_job.Messages)["text"]!.GetValue<string>(),
            StringComparison.Ordinal);
        Assert.True(wasHeld);
        Assert.False(await IsHeldAsync());
    }

    [Fact]
    public void The_result_that_is_told_is_the_one_that_the_caller_gets()
    {
        var run = _job.Run("Invoke-EltPipeline job.psd1 -ErrorAction SilentlyContinue");

        var result = Assert.IsType<RunResult>(Assert.Single(run.Output));
        Assert.True(File.Exists(result.JournalPath));
        Assert.Contains("-Resume", result.ResumeCommand, StringComparison.Ordinal);
        Assert.Contains("-Resume", _job.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_resume_with_nothing_to_do_sends_what_waits()
    {
        _job.Server.Refuse();
        _job.Run("Invoke-EltPipeline job.psd1 -ErrorAction SilentlyContinue");
        _job.Write("SELECT 1 AS n");
        _job.Run("Invoke-EltPipeline job.psd1");
        Assert.Equal(2, _job.Waiting);
        _job.Server.AcceptAgain();

        var run = _job.Run("Invoke-EltPipeline job.psd1 -Resume");

        Assert.Equal(RunStatus.NothingToDo, Assert.IsType<RunResult>(Assert.Single(run.Output)).Status);
        Assert.Equal(0, _job.Waiting);
        Assert.Equal(["job failed", "job recovered"], _job.Messages.Select(message => message["text"]!.GetValue<string>().Split(':')[0]));
    }

    private async Task<bool> IsHeldAsync()
    {
        try
        {
            var state = _job.Job.State;
            using var free = await PipelineLock.AcquireAsync(
                state,
                TimeSpan.Zero,
                TimeProvider.System,
                TestContext.Current.CancellationToken);
            return false;
        }
        catch (EltException held) when (held.Kind == EltErrorKind.RunHeld)
        {
            return true;
        }
    }
}
