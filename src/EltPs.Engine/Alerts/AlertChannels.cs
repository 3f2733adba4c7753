using EltPs.Engine.Definitions;
using EltPs.Engine.PipelineFiles;

namespace EltPs.Engine.Alerts;

/// <summary>The alert channels that are there.</summary>
/// <param name="channels">The channels. The first one owns what was written when it was the only one and files did not name it.</param>
internal sealed class AlertChannels(IReadOnlyList<IAlertChannel> channels)
{
    /// <summary>All channels of EltPs: a new one is added here.</summary>
    public static AlertChannels Default { get; } = new([new SlackChannel()]);

    /// <summary>Their keys in a pipeline file.</summary>
    public IReadOnlyList<ChannelKeys> Keys { get; } = [.. channels.Select(channel => channel.Keys)];

    /// <summary>The channel of a name; null if there is none.</summary>
    /// <param name="name">The name; null for the first channel.</param>
    public IAlertChannel? Find(string? name) => channels.FirstOrDefault(channel => name is null || channel.Keys.Channel == name);

    /// <summary>The channel that settings are about.</summary>
    internal IAlertChannel Of(ChannelSettings settings) =>
        Find(settings.Channel) ?? throw new InvalidOperationException($"There is no alert channel {settings.Channel}.");

    /// <summary>Whether files that do not name their channel are this one's.</summary>
    internal bool IsFirst(string name) => channels[0].Keys.Channel == name;

    /// <summary>An alert in a channel's form, with what the alert's pipeline says about the channel.</summary>
    /// <param name="channel">The channel.</param>
    /// <param name="alert">The alert.</param>
    /// <param name="context">Where the message comes from.</param>
    public static AlertPayload Format(IAlertChannel channel, Alert alert, AlertContext context)
    {
        ArgumentNullException.ThrowIfNull(channel);
        ArgumentNullException.ThrowIfNull(alert);
        ArgumentNullException.ThrowIfNull(context);
        var settings = alert.Settings?.Find(channel.Keys.Channel);
        return channel.Format(alert with { Link = settings?.Link?.Fill(alert.RunId, alert.Pipeline, context.Variable) }, settings);
    }
}
