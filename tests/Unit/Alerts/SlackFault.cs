namespace EltPs.Tests.Alerts;

/// <summary>What a webhook does with a message instead of taking it.</summary>
internal sealed record SlackFault(int Status, string Body)
{
    /// <summary>It takes the message.</summary>
    public static SlackFault None { get; } = new(200, "ok");

    /// <summary>It never answers.</summary>
    public static SlackFault Silence { get; } = new(0, "") { IsSilent = true };

    /// <summary>It breaks the connection when it has the message.</summary>
    public static SlackFault Reset { get; } = new(0, "") { IsReset = true };

    public TimeSpan? RetryAfter { get; init; }

    public bool IsSilent { get; init; }

    public bool IsReset { get; init; }

    /// <summary>It wants silence for some time.</summary>
    public static SlackFault TooMany(int seconds) => new(429, "rate_limited") { RetryAfter = TimeSpan.FromSeconds(seconds) };
}
