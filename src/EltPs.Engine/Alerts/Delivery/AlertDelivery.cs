using EltPs.Engine.Events;

namespace EltPs.Engine.Alerts;

/// <summary>What became of a message to one target.</summary>
/// <param name="Channel">The channel's name.</param>
/// <param name="Target">The reference to the target's address, or as much of the address as may be shown.</param>
/// <param name="Status">Whether the target has it.</param>
public sealed record AlertDelivery(string Channel, string Target, AlertDeliveryStatus Status)
{
    /// <summary>The pipeline; null if there is none.</summary>
    public string? Pipeline { get; init; }

    /// <summary>The run; null outside of one.</summary>
    public string? RunId { get; init; }

    /// <summary>The message on one line.</summary>
    public string Text { get; init; } = string.Empty;

    /// <summary>When it was written, in UTC.</summary>
    public DateTimeOffset WrittenAt { get; init; }

    /// <summary>Whether it had waited before.</summary>
    public bool IsDelayed { get; init; }

    /// <summary>Whether it was marked as one that may have arrived before.</summary>
    public bool IsRepeated { get; init; }

    /// <summary>Why the target does not have it, in words; null if it has.</summary>
    public string? Reason { get; init; }

    /// <summary>Whether the target's reference leads to no usable address.</summary>
    public bool IsTargetMissing { get; init; }

    /// <summary>Whether another message to the same target would meet the same.</summary>
    internal bool IsOutOfReach { get; init; }

    /// <summary>What became of it, for people: a warning unless it was delivered.</summary>
    /// <param name="outbox">The folder in which messages wait; null if there is none.</param>
    public MessageRaised Describe(string? outbox) => Status switch
    {
        AlertDeliveryStatus.Delivered => new MessageRaised(MessageLevel.Detail, $"The alert was delivered to {Target}."),
        AlertDeliveryStatus.Waiting => new MessageRaised(
            MessageLevel.Warning,
            $"The alert was not delivered: {Reason}. It waits{(outbox is null ? string.Empty : $" in {outbox}")}.")
        {
            Advice = Advice.SendPendingAlerts,
        },
        _ => new MessageRaised(MessageLevel.Warning, $"The alert was not delivered, and is not kept: {Reason}."),
    };

    /// <summary>The same after an answer.</summary>
    internal AlertDelivery After(AlertAnswer answer) => answer.Kind == AlertAnswerKind.Accepted
        ? this with { Status = AlertDeliveryStatus.Delivered, Reason = null }
        : this with { Reason = answer.Reason, IsTargetMissing = answer.IsTargetMissing, IsOutOfReach = answer.IsOutOfReach };

    /// <summary>The same, having met what another one met.</summary>
    internal AlertDelivery Like(AlertDelivery other) =>
        this with
        {
            Reason = other.Reason,
            IsTargetMissing = other.IsTargetMissing,
            IsOutOfReach = other.IsOutOfReach,
        };

    /// <summary>The target and the status.</summary>
    public override string ToString() => $"{Target} {Status}";
}
