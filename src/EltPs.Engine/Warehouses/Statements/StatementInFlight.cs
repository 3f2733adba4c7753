namespace EltPs.Engine.Warehouses;

/// <summary>A request that a process sent whose end it did not see.</summary>
/// <param name="RequestId">The id under which it was submitted.</param>
/// <param name="Handle">The warehouse's handle of the running statement; null if it had not told it.</param>
internal sealed record StatementInFlight(Guid RequestId, string? Handle);
