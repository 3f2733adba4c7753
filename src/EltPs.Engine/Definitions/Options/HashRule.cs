namespace EltPs.Engine.Definitions;

/// <summary>Whether an option is a part of the <see cref="DefinitionHash"/>.</summary>
/// <param name="Slot">Its place in the hash.</param>
/// <param name="Exemption">Why it is no part of it; null if it is one.</param>
public sealed record HashRule(HashSlot Slot, string? Exemption)
{
    /// <summary>A part of the hash where it is not the default value, so that the hash of a table that does not use it stays.</summary>
    public static HashRule WhenSet { get; } = new(HashSlot.More, null);

    /// <summary>A part of the hash at one of the places that are always in it.</summary>
    public static HashRule At(HashSlot slot) => new(slot, null);

    /// <summary>No part of the hash.</summary>
    /// <param name="reason">Why a table is the same table with another value.</param>
    public static HashRule Exempt(string reason) => new(HashSlot.More, reason);
}
