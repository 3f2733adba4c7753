namespace EltPs.Bridge;

/// <summary>Calls something each second, one call at a time, until it is disposed of.</summary>
internal sealed class Ticker : IAsyncDisposable
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly Func<Task> _tick;
    private readonly ITimer _timer;
    private int _isBusy;

    private Ticker(Func<Task> tick, TimeProvider time)
    {
        _tick = tick;
        _timer = time.CreateTimer(_ => Begin(), state: null, Second, Second);
    }

    /// <summary>Begins.</summary>
    /// <param name="tick">What is called. It must not throw, and begins its work before it returns.</param>
    /// <param name="time">The clock.</param>
    public static Ticker Start(Func<Task> tick, TimeProvider time) => new(tick, time);

    /// <summary>Ends; nothing begins any more when it returns.</summary>
    public ValueTask DisposeAsync() => _timer.DisposeAsync();

    // A screen that is slower than the clock gets fewer calls, not a queue of them.
    private void Begin()
    {
        if (Interlocked.Exchange(ref _isBusy, 1) == 0)
        {
            _ = TickAsync();
        }
    }

    private async Task TickAsync()
    {
        try
        {
            await _tick();
        }
        finally
        {
            Volatile.Write(ref _isBusy, 0);
        }
    }
}
