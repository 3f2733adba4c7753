using EltPs.Engine.Definitions;
using EltPs.Tests.PipelineFiles;
using Xunit;

namespace EltPs.Tests.Alerts;

public sealed class AlertReaderTests
{
    [Fact]
    public void All_keys_are_read()
    {
        using var file = new PipelineFile(PipelineFile.WithRoot(
            """
            Alerts = @{ Slack = @{
                Webhook     = 'env:SLACK_WEBHOOK_URL', 'secret:Store/slack'
                On          = 'failure', 'Success'
                Mention     = '<!here>', 'U012AB3CD'
                LinkUrl     = '{env:BUILD_URL}console'
                RepeatAfter = '06:00:00'
            } }
            """));

        var pipeline = file.Load();

        var slack = pipeline.Alerts!.Find("Slack")!;
        Assert.Equal(["env:SLACK_WEBHOOK_URL", "secret:Store/slack"], slack.Targets.Select(target => target.ToString()));
        Assert.Equal([AlertOccasion.Failure, AlertOccasion.Success], slack.On);
        Assert.Equal(["<!here>", "<@U012AB3CD>"], slack.Own["Mention"]);
        Assert.Equal("{env:BUILD_URL}console", slack.Link!.Text);
        Assert.Equal(TimeSpan.FromHours(6), slack.RepeatAfter);
        Assert.Equal(file.Folder.Path, slack.BaseFolder);
        Assert.Equal(file.FullPath, pipeline.Alerts.PipelinePath);
        Assert.Same(pipeline.Alerts, pipeline.Tables[0].Alerts);
    }

    [Fact]
    public void A_webhook_alone_tells_of_failures_and_recoveries()
    {
        using var file = new PipelineFile(PipelineFile.WithRoot("Alerts = @{ Slack = @{ Webhook = 'file:hook'; RepeatAfter = 0 } }"));

        var slack = file.Load().Alerts!.Find("Slack")!;

        Assert.Equal([AlertOccasion.Failure, AlertOccasion.Recovery, AlertOccasion.Late], slack.On);
        Assert.Equal((0, null, TimeSpan.Zero), (slack.Own["Mention"].Count, slack.Link, slack.RepeatAfter));
    }

    [Theory]
    [InlineData("Alerts = 'x'", "Alerts is text; write @{ Slack = @{ Webhook = 'env:SLACK_WEBHOOK_URL' } }.")]
    [InlineData("Alerts = @{}", "Alerts is empty; write @{ Slack = @{ Webhook = 'env:SLACK_WEBHOOK_URL' } }.")]
    [InlineData("Alerts = @{ Slak = @{} }", "Unknown key 'Slak'; did you mean Slack?")]
    [InlineData("Alerts = @{ Slack = 'env:X' }", "Slack is text; write @{ Webhook = 'env:SLACK_WEBHOOK_URL' }.")]
    [InlineData("Alerts = @{ Slack = @{ On = 'Failure' } }", "Slack has no Webhook; add Webhook = 'env:SLACK_WEBHOOK_URL'.")]
    [InlineData("Alerts = @{ Slack = @{ Webhook = 5 } }", "Webhook is a number; write text in single quotes.")]
    [InlineData(
        "Alerts = @{ Slack = @{ Webhook = @() } }",
        "Webhook is an empty list, so no alert could ever be sent; write Webhook = 'env:SLACK_WEBHOOK_URL'.")]
    [InlineData(
        "Alerts = @{ Slack = @{ Webhook = 'env:X'; On = @() } }",
        "On is an empty list, so no alert would ever be sent; write one or more of 'Failure', 'Recovery', 'Success', 'Late', or leave On "
            + "out."
    )]
    [InlineData(
        "Alerts = @{ Slack = @{ Webhook = 'env:X'; On = 'Failed' } }",
        "On 'Failed' is unknown; write 'Failure', 'Recovery', 'Success', 'Late'.")]
    [InlineData(
        "Alerts = @{ Slack = @{ Webhook = 'env:X'; Mention = '@alice' } }",
        "Mention '@alice' is unknown; write '<!here>', '<!channel>', a user '<@U…>' or a group '<!subteam^S…>', by its id.")]
    [InlineData(
        "Alerts = @{ Slack = @{ Webhook = 'env:X'; LinkUrl = 'ci/{runId}' } }",
        "LinkUrl: it is no web address; begin with 'https://' or with '{env:NAME}'.")]
    [InlineData(
        "Alerts = @{ Slack = @{ Webhook = 'env:X'; LinkUrl = 'https://ci/{run}' } }",
        "LinkUrl: the placeholder {run} is unknown; write {runId}, {pipeline} or {env:NAME}.")]
    [InlineData(
        "Alerts = @{ Slack = @{ Webhook = 'env:X'; RepeatAfter = 'daily' } }",
        "RepeatAfter is text; write seconds (3600) or 'hh:mm:ss' ('01:00:00'), from a day on 'd.hh:mm:ss' ('1.01:00:00'), at most 31622400 "
            + "seconds."
    )]
    public void A_mistake_is_told_with_what_to_write(string keys, string message)
    {
        using var file = new PipelineFile(PipelineFile.WithRoot(keys));

        Assert.Equal(message, Assert.Single(file.Refusal().Complaints).Message);
    }

    [Fact]
    public void An_empty_list_is_told_where_it_is()
    {
        using var file = new PipelineFile(PipelineFile.WithRoot("Alerts = @{ Slack = @{\n  Webhook = @()\n  On      = @() } }"));

        Assert.Equal(
            ["2,13", "3,13"],
            file.Refusal().Complaints.Select(complaint => $"{complaint.Location.Line},{complaint.Location.Column}"));
    }

    [Theory]
    [InlineData("https://hooks.slack.com/services/T0/B0/s3cr3t")]
    [InlineData("toml:connections.toml#s3cr3t.key")]
    [InlineData("s3cr3t")]
    public void A_plain_address_is_an_error_that_does_not_show_it(string webhook)
    {
        using var file = new PipelineFile(PipelineFile.WithRoot($"Alerts = @{{ Slack = @{{ Webhook = 'env:X', '{webhook}' }} }}"));

        var refusal = file.Refusal();

        Assert.Equal(
            "Webhook is a secret and does not belong into a file; write where it is: 'env:NAME', 'file:PATH' or 'secret:VAULT/NAME'.",
            Assert.Single(refusal.Complaints).Message);
        Assert.DoesNotContain("s3cr3t", refusal.ToString(), StringComparison.Ordinal);
    }
}
