using System.Text.Json.Nodes;
using EltPs.Engine.Alerts;
using EltPs.Engine.Definitions;
using EltPs.Engine.Errors;
using EltPs.Engine.Events;
using EltPs.Engine.Runs;
using Xunit;

namespace EltPs.Tests.Alerts;

/// <summary>The payloads as they arrive at a webhook.</summary>
public sealed class SlackMessageTests : IAsyncDisposable
{
    private static readonly SlackChannel Slack = new();
    private readonly SlackServer _server = new();
    private readonly WebhookClient _client = new(TimeProvider.System);

    public ValueTask DisposeAsync()
    {
        _client.Dispose();
        return _server.DisposeAsync();
    }

    [Fact]
    public async Task A_failure() =>
        await ApproveAsync(
            "failure",
            AlertOf.Run(
                Results.Failure(
                    slack: Results.Slack() with
                    {
                        Own = Results.Mentions("<!here>", "<!subteam^S012AB3CD>"),
                        Link = Link("{env:BUILD_URL}console?run={runId}&of={pipeline}"),
                    }),
                Results.Context));

    [Fact]
    public async Task A_failure_without_a_definite_answer() =>
        await ApproveAsync(
            "unknown",
            AlertOf.Run(
                Results.Run(RunStatus.Unknown, Results.Slack()) with
                {
                    Error = new EltException(EltErrorKind.Unknown, "No answer came."),
                    JournalPath = "/var/lib/elt/runs/20261124T030000Z-4f2a9c.jsonl",
                },
                Results.Context));

    [Fact]
    public async Task A_failure_of_the_last_of_three_attempts()
    {
        var failure = Results.Failure();
        var failed = failure.Tables[1];
        FailedAttempt[] attempts =
        [
            new(
                1,
                new EltException(EltErrorKind.StatementFailed, "No connection to *myorg-test*: it was refused."),
                TimeSpan.FromSeconds(30)),
            new(2, failure.Error!, TimeSpan.FromSeconds(60)),
        ];
        await ApproveAsync(
            "attempts",
            AlertOf.Run(
                failure with
                {
                    Tables =
                    [
                        failure.Tables[0],
                        failed with
                        {
                            Attempts = 3,
                            FailedAttempts = attempts,
                            Definition = failed.Definition with { Retry = new RetryRule(2, TimeSpan.FromSeconds(30)) },
                        },
                    ],
                },
                Results.Context));
    }

    [Fact]
    public void An_only_attempt_has_no_number() =>
        Assert.Null(AlertOf.Run(Results.Failure(), Results.Context).Attempt);

    [Fact]
    public async Task A_run_that_died() =>
        await ApproveAsync("interrupted", AlertOf.Interruption(Runs.Interrupted, Of(Results.Slack()), isResumed: false));

    [Fact]
    public async Task A_run_that_died_and_is_resumed_by_the_next_one() =>
        await ApproveAsync(
            "interrupted-resumed",
            AlertOf.Interruption(
                Runs.Interrupted,
                Of(Results.Slack() with
                {
                    Own = Results.Mentions("<!here>"),
                }),
                isResumed: true));

    [Fact]
    public async Task A_run_that_died_told_by_hand() =>
        await ApproveAsync("interrupted-by-hand", AlertOf.JournaledRun(Runs.Interrupted, settings: null));

    [Fact]
    public async Task A_failure_told_by_hand_from_its_journal() =>
        await ApproveAsync("journaled-failure", AlertOf.JournaledRun(Runs.Failed, Of(Results.Slack())));

    [Fact]
    public async Task A_success_told_by_hand_from_its_journal() =>
        await ApproveAsync("journaled-success", AlertOf.JournaledRun(Runs.Succeeded, settings: null));

    [Fact]
    public async Task A_recovery() => await ApproveAsync("recovery", AlertOf.Run(
        Results.Success(), Results.Context, KnownFailure.Of(Results.Failure()) with { Runs = 3 }));

    [Fact]
    public async Task A_success() => await ApproveAsync("success", AlertOf.Run(Results.Success(), Results.Context));

    [Fact]
    public async Task A_text() =>
        await ApproveAsync("text", AlertOf.Text("Loading of sessions begins late:\n*two* files <are> missing", Results.Context));

    [Fact]
    public async Task A_SQL_error_of_two_hundred_lines()
    {
        var sql = string.Join(
            '\n',
            Enumerable.Range(1, 200).Select(line => $"LINE {line}: COUNT(DISTINCT user_{line}) AS \"users & <guests> {line}\","));
        await ApproveAsync(
            "long-error",
            AlertOf.Run(
                Results.Failure(
                    $"analytics.mau_summary: stage failed: Binder Error: Referenced column \"user_7\" not "
                        + $"found\n{sql}\nanalytics.mau_summary was left as it was."),
                Results.Context));
    }

    [Fact]
    public async Task Text_that_tries_to_break_the_markup() =>
        await ApproveAsync(
            "markup",
            AlertOf.Run(
                Results.Failure(
                    "``` <!channel> <@U012ABCDE> @here <https://evil.example|click> &lt;!here&gt; *bold* _it_ `code`\n```\n````` > quote "
                        + "\u0007 <!subteam^S012> :boom: {runId}"
                ) with
                {
                    Pipeline = "a `pipeline` <!everyone> & @channel",
                    Connection = "```<@U1>` (DuckDb)",
                },
        Results.Context with { Host = "host`<!here>" }));

    [Fact]
    public async Task A_message_that_may_have_arrived_is_marked() => await ApproveAsync(
        "repeated", SlackMessage.Of(AlertOf.Text("words", Results.Context), []), "Repeated: <it> may have arrived before");

    private static AlertSettings Of(ChannelSettings slack) => new("/jobs/it's/mau.psd1", [slack]);

    private static LinkTemplate Link(string text)
    {
        Assert.True(LinkTemplate.TryParse(text, out var link, out var problem), problem);
        return link;
    }

    private Task ApproveAsync(string name, Alert alert) => ApproveAsync(name, AlertChannels.Format(Slack, alert, Results.Context));

    private async Task ApproveAsync(string name, AlertPayload message, string? remark = null)
    {
        Assert.Equal(
            AlertAnswer.Accepted,
            await Slack.SendAsync(message, remark, _server.Address, _client, TestContext.Current.CancellationToken));

        var body = Assert.Single(_server.Bodies);
        AssertWithinLimits(JsonNode.Parse(body)!);
        ApprovedPayload.Matches(name, body);
    }

    // Slack API documentation, "Block Kit": a message that breaks one of these is refused as a whole.
    private static void AssertWithinLimits(JsonNode message)
    {
        var blocks = message["blocks"]!.AsArray();
        Assert.InRange(blocks.Count, 1, 50);
        foreach (var block in blocks)
        {
            var most = block!["type"]!.GetValue<string>() == "header" ? 150 : 3000;
            Assert.InRange(block["text"]?["text"]?.GetValue<string>().Length ?? 1, 1, most);
            Assert.InRange(block["fields"]?.AsArray().Count ?? 1, 1, 10);
            Assert.All(block["fields"]?.AsArray() ?? [], field => Assert.InRange(field!["text"]!.GetValue<string>().Length, 1, 2000));
        }
    }
}
