using System.Collections.ObjectModel;
using EltPs.Engine.Secrets;

namespace EltPs.Engine.Definitions;

/// <summary>What a pipeline's file says about one alert channel.</summary>
/// <param name="Channel">The channel's name, which is its key in the file.</param>
/// <param name="Targets">Where the addresses are that messages go to; each is sent every message.</param>
/// <param name="BaseFolder">The folder that a relative path of a reference starts from.</param>
public sealed record ChannelSettings(string Channel, IReadOnlyList<SecretReference> Targets, string BaseFolder)
{
    /// <summary>
    /// The time after which an unchanged failure is reported again where the file does not say: 23 hours. An hourly pipeline then sends one
    /// alert a day, and so does a daily one: its runs are never exactly 24 hours apart.
    /// </summary>
    public static TimeSpan DefaultRepeatAfter { get; } = TimeSpan.FromHours(23);

    /// <summary>Which occasions send an alert.</summary>
    public IReadOnlyList<AlertOccasion> On { get; init; } = [AlertOccasion.Failure, AlertOccasion.Recovery, AlertOccasion.Late];

    /// <summary>A link that is added to each message; null for none.</summary>
    public LinkTemplate? Link { get; init; }

    /// <summary>How long an unchanged failure is not reported again; zero for every time.</summary>
    public TimeSpan RepeatAfter { get; init; } = DefaultRepeatAfter;

    /// <summary>The values of the keys that only this channel has, by key, as the channel has read them.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Own { get; init; } = ReadOnlyDictionary<string, IReadOnlyList<string>>.Empty;
}
