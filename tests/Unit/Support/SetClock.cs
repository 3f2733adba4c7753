namespace EltPs.Tests.Support;

/// <summary>A clock that shows what a test sets, and runs on from there for durations only.</summary>
internal sealed class SetClock(DateTimeOffset now) : TimeProvider
{
    /// <summary>The moment.</summary>
    public DateTimeOffset Now { get; set; } = now;

    public override DateTimeOffset GetUtcNow() => Now.ToUniversalTime();
}
