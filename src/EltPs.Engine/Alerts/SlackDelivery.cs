namespace EltPs.Engine.Alerts;

/// <summary>What became of a message to one webhook.</summary>
/// <param name="Webhook">The reference to the webhook, or as much of its address as may be shown.</param>
/// <param name="Status">Whether Slack has it.</param>
public sealed record SlackDelivery(string Webhook, SlackDeliveryStatus Status)
{
    /// <summary>The pipeline; null if there is none.</summary>
    public string? Pipeline { get; init; }

    /// <summary>The run; null outside of one.</summary>
    public string? RunId { get; init; }

    /// <summary>The message as notifications show it.</summary>
    public string Text { get; init; } = string.Empty;

    /// <summary>When it was written, in UTC.</summary>
    public DateTimeOffset WrittenAt { get; init; }

    /// <summary>Whether it had waited before.</summary>
    public bool IsLate { get; init; }

    /// <summary>Whether it was marked as one that may have arrived before.</summary>
    public bool IsRepeated { get; init; }

    /// <summary>Why Slack has it not, in words; null if it has.</summary>
    public string? Reason { get; init; }

    /// <summary>Whether the webhook's reference leads nowhere, so that nobody could be asked.</summary>
    public bool IsWebhookMissing { get; init; }

    /// <summary>Whether another message to the same webhook would meet the same.</summary>
    internal bool IsOutOfReach { get; init; }

    /// <summary>What became of it, for people.</summary>
    /// <param name="outbox">The folder in which messages wait; null if there is none.</param>
    public string Describe(string? outbox) => Status switch
    {
        SlackDeliveryStatus.Delivered => $"The alert was delivered to {Webhook}.",
        SlackDeliveryStatus.Waiting =>
            $"The alert was not delivered: {Reason}. It waits{(outbox is null ? string.Empty : $" in {outbox}")} and goes out with the "
                + "next run, or with Send-EltSlackAlert -Pending.",
        _ => $"The alert was not delivered, and is not kept: {Reason}.",
    };

    /// <summary>The same after an answer.</summary>
    internal SlackDelivery After(SlackAnswer answer) => answer.Kind == SlackAnswerKind.Accepted
        ? this with { Status = SlackDeliveryStatus.Delivered, Reason = null }
        : this with { Reason = answer.Reason, IsWebhookMissing = answer.IsWebhookMissing, IsOutOfReach = answer.IsOutOfReach };

    /// <summary>The same, having met what another one met.</summary>
    internal SlackDelivery Like(SlackDelivery other) =>
        this with
        {
            Reason = other.Reason,
            IsWebhookMissing = other.IsWebhookMissing,
            IsOutOfReach = other.IsOutOfReach,
        };

    /// <summary>The webhook and the status.</summary>
    public override string ToString() => $"{Webhook} {Status}";
}
