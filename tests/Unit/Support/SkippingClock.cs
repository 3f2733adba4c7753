namespace EltPs.Tests.Support;

/// <summary>
/// A clock on which nobody waits: a wait ends at once and moves the time on. A time limit (a cancellation source made with this clock) is
/// no wait: it passes when waits, or the test itself, have moved the time that far, in the order of time.
/// </summary>
internal sealed class SkippingClock : TimeProvider
{
    // So many times in a row nothing may have happened before it counts as idle.
    private const int QuietRounds = 40;

    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);

    private readonly Lock _gate = new();
    private readonly List<SkippingTimer> _timers = [];
    private readonly List<TimeSpan> _waits = [];
    private DateTimeOffset _now = new(2026, 11, 24, 3, 0, 0, TimeSpan.Zero);
    private bool _isPumping;
    private long _activity;

    /// <summary>Every wait so far.</summary>
    public IReadOnlyList<TimeSpan> Waits
    {
        get
        {
            lock (_gate)
            {
                return [.. _waits];
            }
        }
    }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow()
    {
        Interlocked.Increment(ref _activity);
        lock (_gate)
        {
            return _now;
        }
    }

    public override long GetTimestamp() => GetUtcNow().Ticks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        new SkippingTimer(this, () => callback(state), state is CancellationTokenSource, dueTime);

    /// <summary>Moves the time on; the limits on the way pass.</summary>
    public void Advance(TimeSpan time)
    {
        var target = GetUtcNow() + time;
        while (Take(target, isLimitOnly: true) is { } due)
        {
            due.Fire();
        }

        lock (_gate)
        {
            _now = _now < target ? target : _now;
        }
    }

    /// <summary>Moves the time on as if the machine had slept: it is late already when the limits on the way pass.</summary>
    public void Sleep(TimeSpan time)
    {
        lock (_gate)
        {
            _now += time;
        }

        Advance(TimeSpan.Zero);
    }

    private void Schedule(SkippingTimer timer, TimeSpan dueTime)
    {
        Interlocked.Increment(ref _activity);
        lock (_gate)
        {
            _timers.Remove(timer);
            if (dueTime == Timeout.InfiniteTimeSpan)
            {
                return;
            }

            timer.Due = _now + dueTime;
            _timers.Add(timer);
            if (timer.IsLimit || _isPumping)
            {
                return;
            }

            _isPumping = true;
        }

        // Never from within the call that makes the timer: who waits does not expect to be called back yet.
        ThreadPool.UnsafeQueueUserWorkItem(static clock => clock.Pump(), this, preferLocal: false);
    }

    private void Pump()
    {
        do
        {
            if (IsLimitNext())
            {
                // What is under way on a real socket takes real time, and must not lose against a limit that passes in none.
                AwaitIdleness();
            }
        }
        while (FireNext());
    }

    // Both ends of a connection look at this clock, and what a socket brings is work for the thread pool. So there is nothing under way when
    // the pool has come to all that it was given and nobody has looked at the clock, many times in a row: on a busy machine that takes longer.
    private void AwaitIdleness()
    {
        var started = System.GetTimestamp();
        for (var quiet = 0; quiet < QuietRounds && System.GetElapsedTime(started) < Longest;)
        {
            var before = Interlocked.Read(ref _activity);
            Thread.Sleep(1);
            using var reached = new ManualResetEventSlim();
            ThreadPool.UnsafeQueueUserWorkItem(static reached => reached.Set(), reached, preferLocal: false);
            reached.Wait();
            quiet = Interlocked.Read(ref _activity) == before ? quiet + 1 : 0;
        }
    }

    private bool FireNext()
    {
        var due = Take(DateTimeOffset.MaxValue, isLimitOnly: false);
        due?.Fire();
        return due is not null;
    }

    private bool IsLimitNext()
    {
        lock (_gate)
        {
            var wait = _timers.Where(timer => !timer.IsLimit).MinBy(timer => timer.Due);
            return wait is not null && _timers.Any(timer => timer.IsLimit && timer.Due <= wait.Due);
        }
    }

    private SkippingTimer? Take(DateTimeOffset until, bool isLimitOnly)
    {
        lock (_gate)
        {
            // A limit passes only because something waits for longer.
            var wait = isLimitOnly ? null : _timers.Where(timer => !timer.IsLimit).MinBy(timer => timer.Due);
            var latest = isLimitOnly ? until : wait?.Due ?? DateTimeOffset.MinValue;
            var due = _timers.Where(timer => timer.IsLimit && timer.Due <= latest).MinBy(timer => timer.Due) ?? wait;
            if (due is null)
            {
                _isPumping = _isPumping && isLimitOnly;
                return null;
            }

            _timers.Remove(due);
            if (!due.IsLimit)
            {
                _waits.Add(due.Wait);
            }

            _now = _now < due.Due ? due.Due : _now;
            return due;
        }
    }

    private void Remove(SkippingTimer timer)
    {
        Interlocked.Increment(ref _activity);
        lock (_gate)
        {
            _timers.Remove(timer);
        }
    }

    private sealed class SkippingTimer : ITimer
    {
        private readonly SkippingClock _clock;
        private readonly Action _callback;

        public SkippingTimer(SkippingClock clock, Action callback, bool isLimit, TimeSpan dueTime)
        {
            _clock = clock;
            _callback = callback;
            IsLimit = isLimit;
            Wait = dueTime;
            clock.Schedule(this, dueTime);
        }

        public bool IsLimit { get; }

        public TimeSpan Wait { get; private set; }

        public DateTimeOffset Due { get; set; }

        public void Fire() => _callback();

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            Wait = dueTime;
            _clock.Schedule(this, dueTime);
            return true;
        }

        public void Dispose() => _clock.Remove(this);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
