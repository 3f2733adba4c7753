using System.Globalization;
using System.Management.Automation;
using EltPs.Engine.Events;
using EltPs.Engine.Journal;
using EltPs.Engine.Names;
using EltPs.Engine.Runs;

namespace EltPs.Progress;

/// <summary>Where a run is: its table, the step in words, and for how long.</summary>
/// <remarks>
/// There is one bar, and its percentage is what the warehouse says of the running statement, if it says anything. That a table is the third
/// of twelve is in the text: tables differ by orders of magnitude in what they cost, so a percentage of tables would be no percentage of
/// the work, and a second bar would show two percentages.
/// </remarks>
/// <param name="activity">What runs: the pipeline's name.</param>
/// <param name="time">The clock.</param>
internal sealed class RunPosition(string activity, TimeProvider time)
{
    private const int Activity = 1;
    private const double LeastFraction = 0.01;

    private string _date = string.Empty;
    private TableName? _table;
    private int _position;
    private int _count;
    private string _doing = StepWords.Doing(EltStep.Prepare);
    private double _fraction;
    private long _runStarted = time.GetTimestamp();
    private long _doingSince = time.GetTimestamp();

    /// <summary>Takes notice of what happens.</summary>
    public void Follow(RunEvent runEvent)
    {
        switch (runEvent)
        {
            case LockAwaited awaited:
                Do(awaited.Holder is { } holder
                    ? string.Create(
                        CultureInfo.InvariantCulture, $"waiting for the lock (process {holder.ProcessId} on {holder.Host})")
                    : "waiting for the lock");
                break;
            case RunStarted started:
                _date = Date(started);
                (_table, _position, _count) = (null, 0, 0);
                _runStarted = time.GetTimestamp();
                Do(StepWords.Doing(EltStep.Prepare));
                break;
            case TableStarted started:
                (_table, _position, _count) = (started.Table, started.Position, started.Count);
                break;
            case StepStarted started:
                _table = started.Table ?? _table;
                Do(StepWords.Doing(started.Step));
                break;
            case AttemptFailed failed:
                Do($"waiting to retry ({DurationText.Exact(failed.Wait)})");
                break;
            case StatementProgress progress:
                _fraction = progress.Fraction;
                break;
            case StatementFinished:
                _fraction = 0;
                _doingSince = time.GetTimestamp();
                break;
            default:
                break;
        }
    }

    /// <summary>As a progress bar.</summary>
    public ProgressRecord Bar() => new(Activity, activity + _date, Status()) { PercentComplete = Percent ?? -1 };

    /// <summary>The end of the bar.</summary>
    public ProgressRecord End() => new(Activity, activity + _date, "done") { RecordType = ProgressRecordType.Completed };

    /// <summary>As a line of a log.</summary>
    public string Line() =>
        $"{activity}{_date}: {Status()}" + (Percent is { } percent ? string.Create(CultureInfo.InvariantCulture, $", {percent} %") : "");

    private int? Percent => _fraction >= LeastFraction ? (int)(Math.Min(_fraction, 1) * 100) : null;

    private void Do(string doing) => (_doing, _fraction, _doingSince) = (doing, 0, time.GetTimestamp());

    private string Status()
    {
        var table = _table is null ? "" : $"{_table}{Place}: ";
        var statement = time.GetElapsedTime(_doingSince);
        var run = time.GetElapsedTime(_runStarted);
        return table + _doing
            + (statement.TotalSeconds >= 1 ? $" {DurationText.Whole(statement)}" : "")
            + (run.TotalSeconds >= 1 ? $", run {DurationText.Whole(run)}" : "");
    }

    private string Place => _count > 0 ? string.Create(CultureInfo.InvariantCulture, $" ({_position} of {_count})") : "";

    // As short as it tells the runs of a range apart: a bar has one line.
    private static string Date(RunStarted started) => started.Date is { Interval: not null, LogicalDate: var date }
        ? date.ToString(date.TimeOfDay == TimeSpan.Zero ? "' 'yyyy-MM-dd" : "' 'yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)
        : "";
}
