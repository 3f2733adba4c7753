using System.Diagnostics;

namespace EltPs.Bench;

/// <summary>What something took: time on the clock, and processor time of this process, which other processes on a busy machine disturb less.</summary>
internal readonly record struct Cost(TimeSpan Elapsed, TimeSpan Processor)
{
    public static (long Timestamp, TimeSpan Processor) Begin() => (Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime);

    public static Cost Since((long Timestamp, TimeSpan Processor) beginning) =>
        new(Stopwatch.GetElapsedTime(beginning.Timestamp), Environment.CpuUsage.TotalTime - beginning.Processor);
}
