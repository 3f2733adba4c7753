namespace EltPs.Engine.Scheduling;

/// <summary>At which moments a zone's clock shows a time: once, twice when it was set back, or never when it was set forward.</summary>
/// <param name="First">The moment; the earlier of two; for a skipped time the first moment after the gap.</param>
/// <param name="Last">The moment; the later of two; for a skipped time the first moment after the gap.</param>
/// <param name="IsSkipped">Whether the clock never shows it.</param>
/// <param name="OverlapStart">The first local time that is shown twice; has no meaning otherwise.</param>
/// <param name="OverlapEnd">The first local time after those; has no meaning otherwise.</param>
internal readonly record struct LocalReading(
    DateTimeOffset First,
    DateTimeOffset Last,
    bool IsSkipped,
    DateTime OverlapStart,
    DateTime OverlapEnd)
{
    /// <summary>Whether the clock shows it twice.</summary>
    public bool IsRepeated => First != Last;
}
