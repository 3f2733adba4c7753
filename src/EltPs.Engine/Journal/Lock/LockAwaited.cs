using EltPs.Engine.Events;

namespace EltPs.Engine.Journal;

/// <summary>Another run of the pipeline holds its lock, and this one waits for it.</summary>
/// <param name="Holder">Who holds it; null if it does not tell.</param>
internal sealed record LockAwaited(LockHolder? Holder) : RunEvent;
