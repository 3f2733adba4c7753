using EltPs.Engine.Runs;
using EltPs.Tests.Host;
using EltPs.Tests.Support;
using Xunit;

namespace EltPs.Tests.Alerts;

/// <summary>Runs whose alerts meet with trouble: what a scheduler sees is what it would see without alerts.</summary>
public sealed class AlertedRunTests : IAsyncDisposable
{
    // No other test has this name, so that nothing else runs with it.
    private readonly string _webhook = $"ELTPS_TESTS_WEBHOOK_{Guid.NewGuid():N}";
    private readonly string _link = $"ELTPS_TESTS_LINK_{Guid.NewGuid():N}";
    private readonly ProcessEnvironment _environment = new();
    private readonly AlertJob _job = new();

    private string FromEnvironment => $"Alerts = @{{ Slack = @{{ Webhook = 'env:{_webhook}'; LinkUrl = '{{env:{_link}}}console' }} }}";

    public ValueTask DisposeAsync()
    {
        _environment.Dispose();
        return _job.DisposeAsync();
    }

    [Theory]
    [InlineData("none", 1)]
    [InlineData("refused", 0)]
    [InlineData("500", 1)]
    [InlineData("500", 1, true)]
    [InlineData("429", 2)]
    [InlineData("reset", 1)]
    [InlineData("silence", 1)]
    [InlineData("DNS", 0)]
    public async Task A_failed_run_ends_as_it_would_and_its_alert_arrives_sooner_or_later(string fault, int requests, bool isProcess = false)
    {
        var address = _job.Server.Address;
        switch (fault)
        {
            case "refused":
                _job.Server.Refuse();
                break;
            case "500":
                _job.Server.Next(new SlackFault(500, "rollup_error"));
                break;
            case "429":
                _job.Server.Next(SlackFault.TooMany(1));
                break;
            case "reset":
                _job.Server.Next(SlackFault.Reset);
                break;
            case "silence":
                _job.Server.Next(SlackFault.Silence);
                break;
            case "DNS":
                address = "https://hooks.slack.invalid/services/T0000/B0000/s3cr3tT0kenOfTheTests";
                break;
        }

        _job.Write("SELECT 1 AS n WHERE false", FromEnvironment);

        var result = await RunAsync(isProcess, address, "Invoke-EltPipeline", "job.psd1", "-Verbose");

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("0 rows in analytics.temp_t, at least 1 expected", result.Errors, StringComparison.Ordinal);
        Assert.Contains("Failed", result.Output, StringComparison.Ordinal);
        Assert.Equal(requests, _job.Server.Bodies.Count);
        var isLate = fault is "refused" or "500" or "reset" or "silence" or "DNS";
        Assert.Equal(isLate, $"{result.Output}{result.Errors}".Contains("The alert was not delivered: ", StringComparison.Ordinal));
        Assert.Equal(isLate ? 1 : 0, _job.Waiting);

        // The pipeline has recovered, the message is later than the alert, and the exit code is that of a success.
        _job.Server.AcceptAgain();
        _job.Write("SELECT 1 AS n", FromEnvironment);
        Assert.Equal(0, (await RunAsync(isProcess, _job.Server.Address, "Invoke-EltPipeline", "job.psd1")).ExitCode);

        Assert.Equal(0, _job.Waiting);
        var told = _job.Messages.Select(message => message["text"]!.GetValue<string>()).ToList();
        Assert.Contains("job recovered", told[^1], StringComparison.Ordinal);
        Assert.StartsWith("job failed: analytics.t, check", told[^2], StringComparison.Ordinal);
        Assert.Equal(isLate, told[^2].EndsWith(')'));
        Assert.Contains("<https://ci.example.org/job/mau/42/console|", _job.Server.Bodies[^2], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_process_that_is_killed_before_it_notes_the_answer_repeats_the_message_and_says_so()
    {
        _job.Write("SELECT 1 AS n WHERE false", FromEnvironment);
        var killed = new TaskCompletionSource();
        EltProcess? elt = null;
        _job.Server.Received = async _ =>
        {
            // Slack has the message now; its answer meets nobody.
            await elt!.KillAsync();
            killed.SetResult();
        };
        elt = Start(_job.Server.Address, "Invoke-EltPipeline", "job.psd1");
        using (elt)
        {
            await killed.Task;
        }

        _job.Server.Received = null;
        Assert.Equal(1, _job.Waiting);
        Assert.Equal(0, (await RunAsync(isProcess: false, _job.Server.Address, "Send-EltSlackAlert -Pending -Config job.psd1")).ExitCode);

        Assert.Equal(0, _job.Waiting);
        var (first, second) = (_job.Messages[0], _job.Messages[1]);
        Assert.Matches(
            $@"\A{System.Text.RegularExpressions.Regex.Escape(first["text"]!.GetValue<string>())} \(Repeated: written at [-0-9: ]+ UTC, and it may have arrived before\)\z",
            second["text"]!.GetValue<string>());
        Assert.Equal(RunIdOf(_job.Server.Bodies[0]), RunIdOf(_job.Server.Bodies[1]));

        // Told is told: the next run that fails in the same way is silent.
        Assert.Equal(1, (await RunAsync(isProcess: false, _job.Server.Address, "Invoke-EltPipeline", "job.psd1")).ExitCode);
        Assert.Equal(2, _job.Server.Bodies.Count);
    }

    [Fact]
    public void A_variable_that_is_not_set_is_a_warning_and_no_failure()
    {
        _job.Write("SELECT 1 AS n", FromEnvironment);

        var result = EltInProcess.RunIn(_job.Job.Folder, "Invoke-EltPipeline", "job.psd1");

        Assert.Equal(0, result.ExitCode);
        Assert.Contains(
            $"env:{_webhook}: there is no such environment variable",
            $"{result.Output}{result.Errors}",
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_anything_else_the_webhook_is_that_of_the_environment()
    {
        using var elt = EltProcess.Start(
            _job.Job.Folder,
            new Dictionary<string, string> { ["SLACK_WEBHOOK_URL"] = _job.Server.Address },
            ["try { throw 'x' } catch { $_ | Send-EltSlackAlert -Verbose }"]);

        var result = await elt.EndAsync();

        Assert.Equal(0, result.ExitCode);
        Assert.Single(_job.Server.Bodies);
        Assert.DoesNotContain("s3cr3t", result.Output + result.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void The_result_leads_to_the_settings_and_to_no_secret()
    {
        var run = _job.Run("Invoke-EltPipeline job.psd1 -ErrorAction SilentlyContinue");

        var result = Assert.IsType<RunResult>(Assert.Single(run.Output));
        Assert.Equal("file:webhook.txt", Assert.Single(result.Alerts!.Find("Slack")!.Targets).ToString());
        Assert.Empty(run.Warnings);
        Assert.Single(_job.Server.Bodies);
    }

    [Fact]
    public void WhatIf_tells_nobody()
    {
        _job.Run("Invoke-EltPipeline job.psd1 -WhatIf").Succeeded();

        Assert.Empty(_job.Server.Bodies);
        Assert.False(Directory.Exists(_job.Outbox));
    }

    [Fact]
    public void A_state_folder_elsewhere_keeps_what_waits()
    {
        _job.Server.Refuse();

        _job.Run("Invoke-EltPipeline job.psd1 -StatePath elsewhere -ErrorAction SilentlyContinue");

        Assert.Single(Directory.GetFiles(Path.Combine(_job.Job.Folder, "elsewhere", "outbox"), "*.json"));
        Assert.Contains(
            "-StatePath",
            File.ReadAllText(Directory.GetFiles(Path.Combine(_job.Job.Folder, "elsewhere", "outbox"), "*.json")[0]),
            StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(_job.Job.Folder, ".eltps")));
    }

    private static string RunIdOf(string body) => System.Text.RegularExpressions.Regex.Match(body, "[0-9]{8}T[0-9]{6}Z-[0-9a-f]{6}").Value;

    private EltProcess Start(string webhook, params string[] arguments)
    {
        SetEnvironment(webhook);
        return EltProcess.Start(_job.Job.Folder, arguments);
    }

    private async Task<EltResult> RunAsync(bool isProcess, string webhook, params string[] arguments)
    {
        SetEnvironment(webhook);
        var result = isProcess
            ? await EltProcess.RunInAsync(_job.Job.Folder, arguments)
            : EltInProcess.RunIn(_job.Job.Folder, arguments);
        Assert.DoesNotContain("s3cr3t", result.Output + result.Errors, StringComparison.Ordinal);
        return result;
    }

    private void SetEnvironment(string webhook)
    {
        _environment.Set(_webhook, webhook);
        _environment.Set(_link, "https://ci.example.org/job/mau/42/");
    }
}
