using EltPs.Engine.Events;

namespace EltPs.Engine.Scheduling;

/// <summary>What is remembered of the runs of a pipeline's intervals.</summary>
/// <remarks>
/// An interval is known by both of its ends as moments: after a change of the schedule, a day that succeeded is not the hour that begins
/// with it, and a zone may be renamed. A success stays one if the interval is run again and fails: what it published is still there.
/// </remarks>
internal sealed class IntervalHistory
{
    private readonly Dictionary<(long Start, long End), RunStatus> _status = [];
    private readonly DateTimeOffset[] _successes;
    private readonly IntervalRun[] _byEnd;

    /// <summary>Remembers runs.</summary>
    /// <param name="runs">The runs of intervals, in the order in which they began; runs without an interval are left out by the
    /// caller.</param>
    public IntervalHistory(IEnumerable<IntervalRun> runs)
    {
        ArgumentNullException.ThrowIfNull(runs);
        IntervalRun[] all = [.. runs.Where(run => run.Status != RunStatus.NothingToDo)];
        foreach (var run in all)
        {
            if (_status.GetValueOrDefault(Key(run.Start, run.End), RunStatus.Failed) != RunStatus.Succeeded)
            {
                _status[Key(run.Start, run.End)] = run.Status;
            }
        }

        _byEnd = [.. all.OrderBy(run => run.End)];
        _successes = [.. _byEnd.Where(run => run.Status == RunStatus.Succeeded).Select(run => run.End)];
        Oldest = all.Length == 0 ? null : all.Min(run => run.Start);
    }

    /// <summary>Nothing is remembered: the first run, or the ledger is lost.</summary>
    public static IntervalHistory Empty { get; } = new([]);

    /// <summary>Whether nothing is remembered.</summary>
    public bool IsEmpty => _byEnd.Length == 0;

    /// <summary>Where the oldest interval begins that was ever run, whatever came of it; null if none was.</summary>
    public DateTimeOffset? Oldest { get; }

    /// <summary>The run of the latest interval that succeeded; null if none did.</summary>
    public IntervalRun? LastSuccess => Array.FindLast(_byEnd, run => run.Status == RunStatus.Succeeded);

    /// <summary>What became of an interval: Succeeded if any of its runs did, else how its last run ended; null if it never ran.</summary>
    /// <param name="interval">The interval.</param>
    public RunStatus? StatusOf(DataInterval interval)
    {
        ArgumentNullException.ThrowIfNull(interval);
        return _status.TryGetValue(Key(interval.Start, interval.End), out var status) ? status : null;
    }

    /// <summary>Whether a run of an interval succeeded.</summary>
    /// <param name="interval">The interval.</param>
    public bool HasSucceeded(DataInterval interval) => StatusOf(interval) == RunStatus.Succeeded;

    /// <summary>Where the latest interval ends that succeeded and ends before a moment; null if there is none.</summary>
    internal DateTimeOffset? LastSuccessBefore(DateTimeOffset moment)
    {
        var index = Array.FindLastIndex(_successes, end => end < moment);
        return index < 0 ? null : _successes[index];
    }

    /// <summary>The runs of the intervals that end after one moment and up to another, the latest interval first.</summary>
    internal IEnumerable<IntervalRun> EndingWithin(DateTimeOffset after, DateTimeOffset upTo) =>
        _byEnd.Reverse().SkipWhile(run => run.End > upTo).TakeWhile(run => run.End > after);

    private static (long Start, long End) Key(DateTimeOffset start, DateTimeOffset end) => (start.UtcTicks, end.UtcTicks);
}
