namespace EltPs.Engine.Alerts;

/// <summary>Whether a channel is sent an alert, and what is remembered then.</summary>
/// <param name="Alert">The alert; null for none.</param>
/// <param name="IfSent">What to remember if it arrives, or is kept and so arrives some day; also if there is no alert.</param>
/// <param name="IfLost">What to remember if it can never arrive.</param>
internal sealed record AlertDecision(Alert? Alert, AlertMemory IfSent, AlertMemory IfLost)
{
    /// <summary>No alert.</summary>
    public static AlertDecision Silent(AlertMemory memory) => new(null, memory, memory);

    /// <summary>Whether something else is remembered afterwards.</summary>
    public bool Changes(AlertMemory before) => IfSent != before || IfLost != before;
}
