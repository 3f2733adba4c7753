using EltPs.Engine.Secrets;

namespace EltPs.Engine.Definitions;

/// <summary>What a pipeline's file says about Slack.</summary>
/// <param name="Webhooks">Where the webhooks' addresses are; each is sent every message.</param>
/// <param name="BaseFolder">The folder that a relative path of a reference starts from.</param>
public sealed record SlackSettings(IReadOnlyList<SecretReference> Webhooks, string BaseFolder)
{
    /// <summary>
    /// The time after which a failure that stays the same is told again where nobody says otherwise: 23 hours. An hourly job shouts once a
    /// day then, and a daily one every day: its runs are never exactly 24 hours apart.
    /// </summary>
    public static TimeSpan DefaultRepeatAfter { get; } = TimeSpan.FromHours(23);

    /// <summary>What is told.</summary>
    public IReadOnlyList<AlertOccasion> On { get; init; } = [AlertOccasion.Failure, AlertOccasion.Recovery, AlertOccasion.Late];

    /// <summary>Who is called when a run fails or is late.</summary>
    public IReadOnlyList<SlackMention> Mentions { get; init; } = [];

    /// <summary>A link that is added to each message; null for none.</summary>
    public LinkTemplate? Link { get; init; }

    /// <summary>How long a failure that stays the same is not told again; zero for every time.</summary>
    public TimeSpan RepeatAfter { get; init; } = DefaultRepeatAfter;
}
