namespace EltPs.Engine.Journal;

/// <summary>Who holds a pipeline's lock.</summary>
/// <param name="RunId">The run; null while it has none yet.</param>
/// <param name="ProcessId">The process.</param>
/// <param name="Host">The machine.</param>
/// <param name="Since">Since when, in UTC, by that machine's clock.</param>
internal sealed record LockHolder(string? RunId, int ProcessId, string Host, DateTimeOffset Since);
