namespace EltPs.Engine.PipelineFiles;

/// <summary>How a channel's part of Alerts is written, besides On, LinkUrl and RepeatAfter, which every channel has.</summary>
/// <param name="Channel">The channel's name, and its key under Alerts.</param>
/// <param name="Target">The key of the references to the addresses that messages go to.</param>
/// <param name="Example">A reference, for advice.</param>
internal sealed record ChannelKeys(string Channel, string Target, string Example)
{
    /// <summary>The keys that only this channel has.</summary>
    public IReadOnlyList<ChannelKey> Own { get; init; } = [];
}

/// <summary>A key that only one channel has. Its value is a text or a list of texts.</summary>
/// <param name="Name">The key.</param>
/// <param name="Read">The text as the settings keep it; null if it is not valid.</param>
/// <param name="Advice">What to write instead of a text that is not valid.</param>
internal sealed record ChannelKey(string Name, Func<string, string?> Read, string Advice);
