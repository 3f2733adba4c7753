using EltPs.Engine.Alerts;
using EltPs.Engine.Definitions;
using EltPs.Engine.Errors;
using EltPs.Engine.Events;
using EltPs.Engine.Runs;
using EltPs.Engine.Secrets;
using Xunit;

namespace EltPs.Tests.Alerts;

/// <summary>Who is told what, run after run.</summary>
public sealed class AlerterTests : IAsyncDisposable
{
    private readonly AlertScene _scene = new();

    private RunResult Failure => Results.Failure(slack: _scene.Slack);

    private RunResult Success => Results.Success(_scene.Slack);

    public ValueTask DisposeAsync() => _scene.DisposeAsync();

    [Fact]
    public async Task A_failure_that_stays_the_same_is_told_once_and_a_recovery_closes_it_once()
    {
        await _scene.TellAsync(Success);
        await _scene.TellAsync(Failure);
        await _scene.TellAsync(Failure with { RunId = "20261124T031000Z-bbbbbb" });
        await _scene.TellAsync(Failure with { RunId = "20261124T032000Z-cccccc" });
        await _scene.TellAsync(Success);
        await _scene.TellAsync(Success);

        Assert.Collection(
            _scene.Texts,
            text => Assert.StartsWith("RunELT_Alert failed: analytics.mau_summary, check: ", text, StringComparison.Ordinal),
            text =>
                Assert.Equal(
                    "RunELT_Alert recovered: Failed since 2026-11-24 03:00 UTC (3 runs, the last one 20261124T032000Z-cccccc): "
                        + "analytics.mau_summary, check",
                    text));
        Assert.Empty(_scene.Warnings);
        Assert.Empty(_scene.Waiting);
    }

    [Fact]
    public async Task A_failure_that_stays_the_same_is_told_again_after_RepeatAfter()
    {
        await _scene.TellAsync(Failure);
        _scene.Clock.Advance(ChannelSettings.DefaultRepeatAfter - TimeSpan.FromSeconds(1));
        await _scene.TellAsync(Failure);
        Assert.Single(_scene.Texts);

        _scene.Clock.Advance(TimeSpan.FromSeconds(1));
        await _scene.TellAsync(Failure);
        await _scene.TellAsync(Failure);
        Assert.Equal(2, _scene.Texts.Count);

        await _scene.TellAsync(
            Failure with
            {
                Alerts = Failure.Alerts! with { Channels = [_scene.Slack with { RepeatAfter = TimeSpan.Zero }] },
            });
        Assert.Equal(3, _scene.Texts.Count);
    }

    [Theory]
    [InlineData("0 rows in analytics.temp_t", "17 rows in analytics.temp_t", 1)]
    [InlineData("generation 01234567-89ab-cdef-0123-456789abcdef", "generation 01234567-89ab-cdef-0123-456789abcdee", 1)]
    [InlineData("Catalog Error: no table a", "Catalog Error: no table b", 2)]
    public async Task Only_another_error_is_news(string first, string second, int told)
    {
        await _scene.TellAsync(Results.Failure(first, _scene.Slack));
        await _scene.TellAsync(Results.Failure(second, _scene.Slack));

        Assert.Equal(told, _scene.Texts.Count);
    }

    [Fact]
    public async Task A_failure_in_another_step_is_news()
    {
        await _scene.TellAsync(Failure);
        await _scene.TellAsync(Failure with { FailedStep = EltStep.Stage });

        Assert.Equal(2, _scene.Texts.Count);
    }

    [Fact]
    public async Task A_cancelled_run_and_one_with_nothing_to_do_tell_nobody_and_end_no_failure()
    {
        await _scene.TellAsync(Failure);
        await _scene.TellAsync(Failure with { Status = RunStatus.Cancelled, Error = null });
        await _scene.TellAsync(Success with { Status = RunStatus.NothingToDo, Tables = [] });
        Assert.Single(_scene.Texts);

        await _scene.TellAsync(Success);
        Assert.Contains("recovered", _scene.Texts[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_what_On_names_is_told()
    {
        var success = _scene.Slack with { On = [AlertOccasion.Success] };
        await _scene.TellAsync(Results.Failure(slack: success));
        Assert.Empty(_scene.Texts);

        await _scene.TellAsync(Results.Success(success));
        Assert.Equal(["RunELT_Alert succeeded"], _scene.Texts);
    }

    [Fact]
    public async Task An_outcome_that_nobody_knows_is_a_failure()
    {
        await _scene.TellAsync(
            Failure with
            {
                Status = RunStatus.Unknown,
                Error = new EltException(EltErrorKind.Unknown, "No answer came."),
            });

        Assert.StartsWith("RunELT_Alert has an unknown outcome", Assert.Single(_scene.Texts), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_clock_that_was_set_back_does_not_silence_a_failure()
    {
        _scene.Clock.Advance(TimeSpan.FromDays(300));
        await _scene.TellAsync(Failure);
        var memory = new AlertHistory(_scene.State).Read(out _);
        Assert.Null(
            new AlertHistory(_scene.State).Write(
                memory with
                {
                    Failure = memory.Failure! with { NotifiedAt = _scene.Clock.GetUtcNow().AddDays(30) },
                }));

        await _scene.TellAsync(Failure);

        Assert.Equal(2, _scene.Texts.Count);
    }

    [Theory]
    [InlineData("{ torn", "is damaged, so earlier alerts are not known and may be repeated.")]
    [InlineData("", "is damaged, so earlier alerts are not known and may be repeated.")]
    [InlineData("""{"version":1,"version":1}""", "is damaged, so earlier alerts are not known and may be repeated.")]
    [InlineData("""{"version":1,"failure":{}}""", "is damaged, so earlier alerts are not known and may be repeated.")]
    [InlineData("""{"version":1,"failure":{"Runs":-99999999999}}""", "is damaged, so earlier alerts are not known and may be repeated.")]
    [InlineData("""{"version":99}""", "was not written by this version of EltPs")]
    public async Task A_history_that_cannot_be_used_tells_once_too_often(string content, string warning)
    {
        await _scene.TellAsync(Failure);
        File.WriteAllText(_scene.State.PathOf("alerts", "mau.psd1.json"), content);

        await _scene.TellAsync(Failure);
        await _scene.TellAsync(Failure);

        Assert.Equal(2, _scene.Texts.Count);
        Assert.Contains(warning, Assert.Single(_scene.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_variable_that_is_not_set_is_a_warning_at_the_start_and_keeps_nothing()
    {
        var slack = _scene.Slack with { Targets = [new SecretReference(SecretKind.Environment, "ELTPS_TESTS_NO_WEBHOOK")] };

        await _scene.BeginAsync(slack);
        await _scene.TellAsync(Results.Failure(slack: slack));

        Assert.Equal(
            [
                "Slack webhook: env:ELTPS_TESTS_NO_WEBHOOK: there is no such environment variable; set it for the process that runs EltPs; "
                    + "no alert of this run can be sent there.",
            ],
            _scene.Warnings);
        Assert.Empty(_scene.Waiting);

        // Set later, the failure is still news.
        await _scene.TellAsync(Failure);
        Assert.Single(_scene.Texts);
    }

    [Fact]
    public async Task A_file_that_holds_no_webhook_is_a_warning_at_the_start()
    {
        File.WriteAllText(Path.Combine(_scene.Folder, "webhook.txt"), "http://hooks.slack.com/services/s3cr3t");

        await _scene.BeginAsync(_scene.Slack);

        Assert.Equal(
            [
                "Slack webhook: file:webhook.txt: it does not begin with https://, so others could read it on its way; no alert of "
                    + "this run can be sent there.",
            ],
            _scene.Warnings);
    }

    [Fact]
    public async Task A_state_folder_that_cannot_be_written_costs_the_memory_and_not_the_alert()
    {
        File.WriteAllText(_scene.State.FullPath, "a file has the folder's name");

        await _scene.TellAsync(Failure);

        Assert.Single(_scene.Texts);
        Assert.Contains(_scene.Warnings, warning => warning.StartsWith("An alert cannot be kept in ", StringComparison.Ordinal));
        Assert.Contains(_scene.Warnings, warning => warning.StartsWith("It cannot be noted in ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Each_of_several_webhooks_is_told()
    {
        await using var second = new SlackServer();
        File.WriteAllText(Path.Combine(_scene.Folder, "second.txt"), second.Address);
        _scene.Server.Refuse();

        await _scene.TellAsync(Results.Failure(slack: _scene.Slack with
        {
            Targets = [new SecretReference(SecretKind.File, "webhook.txt"), new SecretReference(SecretKind.File, "second.txt")],
        }));

        Assert.Single(second.Bodies);
        Assert.Single(_scene.Waiting);
        Assert.Contains("127.0.0.1/…ests: the connection was refused", Assert.Single(_scene.Warnings), StringComparison.Ordinal);
    }
}
