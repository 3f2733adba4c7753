using EltPs.Engine.Alerts;

namespace EltPs.Objects;

/// <summary>What became of a message to one target.</summary>
public sealed class EltAlertDelivery : EltObject
{
    internal EltAlertDelivery(AlertDelivery delivery)
        : base(delivery)
    {
        Channel = delivery.Channel;
        Target = delivery.Target;
        Status = delivery.Status.ToString();
        Reason = delivery.Reason;
        Text = delivery.Text;
        WrittenAt = Plain.Utc(delivery.WrittenAt);
        Pipeline = delivery.Pipeline;
        RunId = delivery.RunId;
        IsDelayed = delivery.IsDelayed;
        IsRepeated = delivery.IsRepeated;
        IsTargetMissing = delivery.IsTargetMissing;
    }

    /// <summary>The channel's name.</summary>
    public string Channel { get; }

    /// <summary>The reference to the target's address, or as much of the address as may be shown.</summary>
    public string Target { get; }

    /// <summary>Whether the target has it: Delivered, Waiting or Lost.</summary>
    public string Status { get; }

    /// <summary>Why the target does not have it, in words; null if it has.</summary>
    public string? Reason { get; }

    /// <summary>The message on one line.</summary>
    public string Text { get; }

    /// <summary>When it was written, in UTC.</summary>
    public DateTime WrittenAt { get; }

    /// <summary>The pipeline; null if there is none.</summary>
    public string? Pipeline { get; }

    /// <summary>The run; null outside of one.</summary>
    public string? RunId { get; }

    /// <summary>Whether it had waited before.</summary>
    public bool IsDelayed { get; }

    /// <summary>Whether it was marked as one that may have arrived before.</summary>
    public bool IsRepeated { get; }

    /// <summary>Whether the target's reference leads to no usable address.</summary>
    public bool IsTargetMissing { get; }

    /// <summary>The target and the status.</summary>
    public override string ToString() => $"{Target} {Status}";
}
