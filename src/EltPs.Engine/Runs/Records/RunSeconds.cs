namespace EltPs.Engine.Runs;

/// <summary>Durations as journals and reports have them: in seconds, to the microsecond.</summary>
internal static class RunSeconds
{
    public static double Of(TimeSpan time) => Math.Round(time.TotalSeconds, 6);

    // To the nearest tick: TimeSpan.FromSeconds cuts, and 0.010365 would come back as 0.0103649.
    public static TimeSpan? Parse(double? seconds) =>
        seconds is >= 0 and < 1e9 and var time ? TimeSpan.FromTicks((long)Math.Round(time * TimeSpan.TicksPerSecond)) : null;
}
