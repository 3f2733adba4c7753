namespace EltPs.Tests.Support;

/// <summary>
/// A clock on which nobody waits: a wait ends at once and moves the time on. A time limit (a cancellation source made with this clock) is
/// no wait: it passes when waits, or the test itself, have moved the time that far, in the order of time.
/// </summary>
internal sealed class SkippingClock : TimeProvider
{
    private static readonly TimeSpan RealTime = TimeSpan.FromMilliseconds(300);

    private readonly Lock _gate = new();
    private readonly List<SkippingTimer> _timers = [];
    private readonly List<TimeSpan> _waits = [];
    private DateTimeOffset _now = new(2026, 11, 24, 3, 0, 0, TimeSpan.Zero);
    private bool _isPumping;

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
                Thread.Sleep(RealTime);
            }
        }
        while (FireNext());
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
