using EltPs.Engine.Definitions;
using EltPs.Engine.Secrets;

namespace EltPs.Engine.Alerts;

/// <summary>Where a message goes: a reference to a webhook's address, or the address itself.</summary>
/// <remarks>A message to an address that is not referred to cannot wait: an outbox never holds an address.</remarks>
public sealed class SlackTarget
{
    private SlackTarget(SecretReference? reference, string baseFolder, SlackWebhook? webhook)
    {
        Reference = reference;
        BaseFolder = baseFolder;
        Webhook = webhook;
    }

    /// <summary>Where the address is; null if it was given itself.</summary>
    public SecretReference? Reference { get; }

    /// <summary>The folder that a relative path of the reference starts from.</summary>
    public string BaseFolder { get; }

    /// <summary>The address, if it was given itself.</summary>
    internal SlackWebhook? Webhook { get; }

    /// <summary>The webhooks that a message goes to from here.</summary>
    /// <remarks>
    /// A variable that is not set is warned of elsewhere: a developer's machine keeps no messages that somebody else would be sent one day.
    /// </remarks>
    internal static SlackTarget[] Of(SlackSettings settings, AlertContext context) =>
    [
        .. settings
            .Webhooks.Where(webhook =>
                webhook.Kind != SecretKind.Environment || !string.IsNullOrWhiteSpace(context.Variable(webhook.Place)))
            .Select(webhook => Of(webhook, settings.BaseFolder)),
    ];

    /// <summary>A target by reference.</summary>
    public static SlackTarget Of(SecretReference reference, string baseFolder) => new(reference, baseFolder, null);

    /// <summary>A target by its address.</summary>
    public static SlackTarget Of(SlackWebhook webhook) => new(null, string.Empty, webhook);

    /// <summary>The reference, or as much of the address as may be shown.</summary>
    public override string ToString() => Reference?.ToString() ?? Webhook!.ToString();
}
