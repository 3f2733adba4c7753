namespace EltPs.Engine.Alerts;

/// <summary>What became of a message that was sent.</summary>
/// <param name="Kind">Whether Slack has it.</param>
/// <param name="Reason">Why not, in words, without the webhook's address; null if it has.</param>
public sealed record SlackAnswer(SlackAnswerKind Kind, string? Reason)
{
    /// <summary>Slack has taken it.</summary>
    public static SlackAnswer Accepted { get; } = new(SlackAnswerKind.Accepted, null);

    /// <summary>Nobody could be asked.</summary>
    /// <param name="reason">Why, in words.</param>
    public static SlackAnswer NoWebhook(string reason) =>
        new(SlackAnswerKind.Refused, reason) { IsOutOfReach = true, IsWebhookMissing = true };

    /// <summary>Whether another message to the same webhook would meet the same: nobody is there.</summary>
    public bool IsOutOfReach { get; init; }

    /// <summary>Whether the webhook's reference leads nowhere, so that nobody could be asked.</summary>
    public bool IsWebhookMissing { get; init; }
}
