namespace EltPs.Engine.Definitions;

/// <summary>Which channels are sent alerts of a pipeline's runs. Holds references to secrets, never a secret.</summary>
/// <param name="PipelinePath">The pipeline file, as an absolute path; unsent alerts are kept in the state folder beside it.</param>
/// <param name="Channels">The channels that the file names; empty for none.</param>
public sealed record AlertSettings(string PipelinePath, IReadOnlyList<ChannelSettings> Channels)
{
    /// <summary>What the file says about a channel; null if it does not name it.</summary>
    /// <param name="channel">The channel's name.</param>
    public ChannelSettings? Find(string channel) => Channels.FirstOrDefault(settings => settings.Channel == channel);
}
