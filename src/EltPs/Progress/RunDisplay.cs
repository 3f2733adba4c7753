using System.Management.Automation;
using EltPs.Engine.Events;
using EltPs.Engine.Runs;

namespace EltPs.Progress;

/// <summary>
/// Decides what a run shows and when: a bar on a terminal, and a line for each finished table; in a log the lines at once, and signs of
/// life. It knows no cmdlet and no host, and waits for nothing.
/// </summary>
/// <param name="activity">What runs.</param>
/// <param name="isLog">Whether nobody looks at a bar.</param>
/// <param name="time">The clock.</param>
internal sealed class RunDisplay(string activity, bool isLog, TimeProvider time)
{
    // A bar that changes faster than anybody can read costs a thousand small tables more than their work does.
    private static readonly TimeSpan BarPause = TimeSpan.FromMilliseconds(200);

    // A run that is over before anybody looks leaves its result alone on the screen.
    private static readonly TimeSpan Moment = TimeSpan.FromSeconds(2);

    private readonly Lock _lock = new();
    private readonly RunPosition _position = new(activity, time);
    private readonly TableLines _tables = new(time);
    private readonly SignsOfLife _signs = new(time);
    private readonly List<string> _lines = [];
    private readonly long _started = time.GetTimestamp();
    private long _lastBarAt;
    private ProgressRecord? _lastBar;

    /// <summary>What to show when something has happened.</summary>
    public Update On(RunEvent runEvent)
    {
        lock (_lock)
        {
            _position.Follow(runEvent);
            _lines.AddRange(_tables.On(runEvent));
            if (runEvent is RunStarted or TableStarted)
            {
                _signs.Begin();
            }

            return new Update(Lines(), runEvent is StepStarted or StatementProgress or AttemptFailed ? Bar(BarPause) : null);
        }
    }

    /// <summary>What to show when a second has passed.</summary>
    public Update Tick()
    {
        lock (_lock)
        {
            if (isLog && _signs.IsDue())
            {
                _lines.Add(_position.Line());
            }

            return new Update(Lines(), Bar(TimeSpan.Zero));
        }
    }

    /// <summary>What takes the bar away; null if there is none.</summary>
    public ProgressRecord? End()
    {
        lock (_lock)
        {
            return _lastBar is null ? null : _position.End();
        }
    }

    private string[] Lines()
    {
        if (_lines.Count == 0 || (!isLog && time.GetElapsedTime(_started) < Moment))
        {
            return [];
        }

        string[] lines = [.. _lines];
        _lines.Clear();
        return lines;
    }

    private ProgressRecord? Bar(TimeSpan pause)
    {
        if (isLog || (_lastBar is not null && time.GetElapsedTime(_lastBarAt) < pause))
        {
            return null;
        }

        var bar = _position.Bar();
        if (IsSame(bar, _lastBar))
        {
            return null;
        }

        (_lastBar, _lastBarAt) = (bar, time.GetTimestamp());
        return bar;
    }

    // To draw what stands there already makes a terminal flicker.
    private static bool IsSame(ProgressRecord bar, ProgressRecord? last) =>
        (bar.Activity, bar.StatusDescription, bar.PercentComplete) == (last?.Activity, last?.StatusDescription, last?.PercentComplete);

    /// <summary>What to show now.</summary>
    /// <param name="Lines">Lines, in their order.</param>
    /// <param name="Bar">The bar; null if it is as it was.</param>
    public readonly record struct Update(IReadOnlyList<string> Lines, ProgressRecord? Bar)
    {
        /// <summary>Whether there is nothing to show.</summary>
        public bool IsNothing => Lines.Count == 0 && Bar is null;
    }
}
