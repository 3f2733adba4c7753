using EltPs.Bridge;
using Xunit;

namespace EltPs.Tests.Progress;

public sealed class TickerTests
{
    [Fact]
    public async Task A_tick_waits_for_the_one_before_it_and_none_begins_after_the_end()
    {
        var clock = new TimerClock();
        var calls = 0;
        var screen = new TaskCompletionSource();
        var ticker = Ticker.Start(
            () =>
            {
                calls++;
                return screen.Task;
            },
            clock);

        clock.Tick();
        clock.Tick();
        Assert.Equal(1, calls);
        screen.SetResult();
        clock.Tick();
        Assert.Equal(2, calls);

        Assert.Equal((TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1)), clock.Times);
        await ticker.DisposeAsync();
        Assert.True(clock.IsEnded);
    }

    private sealed class TimerClock : TimeProvider, ITimer
    {
        private TimerCallback? _callback;

        public (TimeSpan Due, TimeSpan Period) Times { get; private set; }

        public bool IsEnded { get; private set; }

        public void Tick() => _callback!(null);

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            (_callback, Times) = (callback, (dueTime, period));
            return this;
        }

        public bool Change(TimeSpan dueTime, TimeSpan period) => throw new NotSupportedException();

        public void Dispose() => IsEnded = true;

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
