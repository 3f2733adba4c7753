namespace EltPs.Engine.Alerts;

/// <summary>What became of a message that was sent.</summary>
/// <param name="Kind">Whether the target has it.</param>
/// <param name="Reason">Why not, in words, without the target's address; null if it has.</param>
internal sealed record AlertAnswer(AlertAnswerKind Kind, string? Reason)
{
    /// <summary>The target has taken it.</summary>
    public static AlertAnswer Accepted { get; } = new(AlertAnswerKind.Accepted, null);

    /// <summary>There is no target to send it to.</summary>
    /// <param name="reason">Why, in words.</param>
    public static AlertAnswer NoTarget(string reason) =>
        new(AlertAnswerKind.Refused, reason) { IsOutOfReach = true, IsTargetMissing = true };

    /// <summary>Whether another message to the same target would meet the same.</summary>
    public bool IsOutOfReach { get; init; }

    /// <summary>Whether the target's reference leads to no usable address.</summary>
    public bool IsTargetMissing { get; init; }
}
