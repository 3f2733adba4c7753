using EltPs.Engine.Alerts;
using EltPs.Engine.Definitions;
using EltPs.Engine.Secrets;

namespace EltPs.Alerts;

/// <summary>Finds the Slack webhooks that are meant: those of -Webhook, else the pipeline's own, else that of the environment.</summary>
internal static class AlertTargets
{
    /// <summary>The variable that is used where no webhook is named.</summary>
    public const string DefaultVariable = "SLACK_WEBHOOK_URL";

    /// <summary>The webhooks; none if none is named; null if one of -Webhook cannot be one.</summary>
    /// <param name="given">What -Webhook said; null for nothing.</param>
    /// <param name="settings">The pipeline's settings; null if there is no pipeline.</param>
    /// <param name="currentFolder">The folder that a relative path starts from.</param>
    /// <param name="problem">What is wrong with -Webhook, without a word of it; null if nothing is.</param>
    public static List<AlertTarget>? Find(WebhookArgument[]? given, AlertSettings? settings, string currentFolder, out string? problem)
    {
        problem = null;
        if (given is null)
        {
            return settings?.Find(SlackChannel.Name) is { } slack
                ? [.. slack.Targets.Select(target => AlertTarget.Of(target, slack.BaseFolder))]
                : string.IsNullOrWhiteSpace(Environment.GetEnvironmentVariable(DefaultVariable)) ? []
                : [AlertTarget.Of(new SecretReference(SecretKind.Environment, DefaultVariable), currentFolder)];
        }

        var targets = new List<AlertTarget>();
        foreach (var webhook in given)
        {
            if (webhook.ToTarget(currentFolder, out problem) is not { } target)
            {
                return null;
            }

            targets.Add(target);
        }

        return targets;
    }
}
