namespace EltPs.Engine.Reports;

/// <summary>Durations as the journal has them: in seconds, to the microsecond.</summary>
internal static class ReportedSeconds
{
    public static double Of(TimeSpan time) => Math.Round(time.TotalSeconds, 6);

    public static double? Of(TimeSpan? time) => time is { } known ? Of(known) : null;
}
