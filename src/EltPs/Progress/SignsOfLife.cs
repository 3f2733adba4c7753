namespace EltPs.Progress;

/// <summary>When a log is told that the run is alive: at growing intervals after the last thing that the log was told.</summary>
/// <param name="time">The clock.</param>
internal sealed class SignsOfLife(TimeProvider time)
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan[] First =
    [
        TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(5),
    ];

    private long _since = time.GetTimestamp();
    private int _next;

    /// <summary>Something else was told.</summary>
    public void Begin() => (_since, _next) = (time.GetTimestamp(), 0);

    /// <summary>Whether a sign is due now; then the next one is due later.</summary>
    public bool IsDue()
    {
        var elapsed = time.GetElapsedTime(_since);
        var isDue = elapsed >= At(_next);
        while (elapsed >= At(_next))
        {
            _next++;
        }

        return isDue;
    }

    private static TimeSpan At(int index) => index < First.Length ? First[index] : Longest * (index - First.Length + 1);
}
