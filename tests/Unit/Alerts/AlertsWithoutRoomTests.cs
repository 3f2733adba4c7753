using System.Globalization;
using EltPs.Engine.Alerts;
using EltPs.Engine.Events;
using EltPs.Engine.Runs;
using EltPs.Engine.Secrets;
using EltPs.Tests.Host;
using Xunit;

namespace EltPs.Tests.Alerts;

/// <summary>A state folder that cannot be written, has no room, or is shared: the run ends as it would, and the message is sent.</summary>
public sealed class AlertsWithoutRoomTests : IAsyncDisposable
{
    private readonly AlertJob _job = new();

    public ValueTask DisposeAsync() => _job.DisposeAsync();

    [Fact]
    public async Task On_a_full_disk_a_message_is_sent_once_and_the_run_ends_as_it_would()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "A limit of file sizes is a thing of Unix shells.");

        // No file may be longer than 1 KB: neither the journal nor the message fits. In memory, because the database would not fit either.
        using var elt = EltProcess.StartWithFileLimit(_job.Job.Folder, blocks: 2, "Invoke-EltPipeline job.psd1 -Connection :memory:");
        var result = await elt.EndAsync();

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("0 rows in analytics.temp_t", result.Errors, StringComparison.Ordinal);
        Assert.True(result.Errors.ReplaceLineEndings(" ").Contains("so it is sent once only", StringComparison.Ordinal), result.Errors);
        Assert.StartsWith(
            "job failed: analytics.t, check",
            Assert.Single(_job.Messages)["text"]!.GetValue<string>(),
            StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(_job.Outbox));
    }

    [Fact]
    public void In_a_folder_that_nobody_may_write_a_message_is_sent_once_and_the_run_ends_as_it_would()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The folder of processes may be written by nobody, not even by root.");

        var run = _job.Run("Invoke-EltPipeline job.psd1 -StatePath /proc/eltps");

        run.FailedWith("EltTooFewRows,EltPs.Commands.InvokeEltPipelineCommand");
        Assert.Equal(RunStatus.Failed, Assert.IsType<RunResult>(Assert.Single(run.Output)).Status);
        Assert.Single(_job.Server.Bodies);
        Assert.DoesNotContain("-Resume", _job.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(run.Warnings, warning => warning.Contains("defect", StringComparison.Ordinal));
    }

    [Fact]
    public void Where_only_the_notes_of_alerts_cannot_be_written_the_journal_is_whole()
    {
        _job.Job.WriteText(".eltps/outbox", "in the way");
        _job.Job.WriteText(".eltps/alerts", "in the way");

        var run = _job.Run("Invoke-EltPipeline job.psd1 -ErrorAction SilentlyContinue");

        Assert.Equal(RunStatus.Failed, DeadRun.Read(_job)[0].Status);
        Assert.Single(_job.Server.Bodies);
        Assert.Collection(
            run.Warnings,
            warning => Assert.StartsWith("An alert cannot be kept in ", warning, StringComparison.Ordinal),
            warning => Assert.StartsWith("It cannot be noted in ", warning, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Two_processes_that_send_what_waits_send_each_message_once()
    {
        const int Messages = 60;
        var outbox = new AlertOutbox(_job.Job.State, TimeProvider.System);
        for (var number = 0; number < Messages; number++)
        {
            var alert = AlertOf.Text(string.Create(CultureInfo.InvariantCulture, $"message {number}"), Results.Context);
            outbox.Put(
                new WaitingAlert(
                    SlackChannel.Name,
                    SlackMessage.Of(alert, []),
                    new SecretReference(SecretKind.File, "webhook.txt"),
                    _job.Job.Folder,
                    DateTimeOffset.UtcNow));
        }

        using var first = EltProcess.Start(_job.Job.Folder, "Send-EltSlackAlert -Pending -Config job.psd1");
        using var second = EltProcess.Start(_job.Job.Folder, "Send-EltSlackAlert -Pending -Config job.psd1");
        var ends = await Task.WhenAll(first.EndAsync(), second.EndAsync());

        Assert.All(ends, end => Assert.True(end.ExitCode == 0, end.Errors));
        Assert.Equal(Messages, _job.Server.Bodies.Count);
        Assert.Equal(Messages, _job.Server.Bodies.Distinct().Count());
        Assert.Equal(0, _job.Waiting);
    }
}
