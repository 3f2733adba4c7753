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

    /// <summary>A target by reference.</summary>
    public static SlackTarget Of(SecretReference reference, string baseFolder) => new(reference, baseFolder, null);

    /// <summary>A target by its address.</summary>
    public static SlackTarget Of(SlackWebhook webhook) => new(null, string.Empty, webhook);

    /// <summary>The reference, or as much of the address as may be shown.</summary>
    public override string ToString() => Reference?.ToString() ?? Webhook!.ToString();
}
