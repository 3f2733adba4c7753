using System.Diagnostics;
using System.Globalization;
using System.Management.Automation;
using EltPs.Engine.Events;
using EltPs.Engine.Names;
using EltPs.Engine.Runs;
using EltPs.Errors;

namespace EltPs.Bridge;

/// <summary>Turns the engine's events into progress bars, verbose lines and warnings of a cmdlet.</summary>
internal sealed class CmdletObserver(Cmdlet cmdlet, PipelinePump pump, string activity, bool isVerbose) : IRunObserver
{
    private const int LineActivity = 1;
    private const int StatementActivity = 2;
    private static readonly TimeSpan ProgressInterval = TimeSpan.FromMilliseconds(100);

    private string _interval = string.Empty;
    private TableName? _table;
    private int _position;
    private int _count;
    private EltStep _step;
    private long _lastProgress;
    private bool _hasStatementBar;

    public async ValueTask OnEventAsync(RunEvent runEvent, CancellationToken cancellationToken)
    {
        switch (runEvent)
        {
            case RunStarted { Date.Interval: { } interval, RangeEnd: not null }:
                (_interval, _table, _position, _count) = ($" {interval}", null, 0, 0);
                await VerboseAsync($"{activity}: interval{_interval}");
                break;
            case TableStarted started:
                (_table, _position, _count) = (started.Table, started.Position, started.Count);
                break;
            case StepStarted started:
                (_table, _step) = (started.Table ?? _table, started.Step);
                await ShowLineAsync();
                break;
            case StepFinished { Table: not null } finished when isVerbose:
                await VerboseAsync($"{finished.Table}: {Name(finished.Step)} done in {Seconds(finished.Elapsed)}");
                break;
            case StatementProgress progress:
                await ShowStatementAsync(progress.Fraction);
                break;
            case StatementFinished finished when isVerbose:
                await VerboseAsync(
                    $"{Seconds(finished.Elapsed)}{(finished.Succeeded ? string.Empty : ", failed")}: {finished.Sql.TrimEnd()}");
                break;
            case MessageRaised { Level: MessageLevel.Warning } message:
                await CallAsync(() => cmdlet.WriteWarning(message.In(CmdletWording.Instance)));
                break;
            case MessageRaised message when isVerbose:
                await VerboseAsync(message.In(CmdletWording.Instance));
                break;
            default:
                break;
        }
    }

    /// <summary>Takes the bars away. Called on the pipeline thread.</summary>
    public void Complete()
    {
        if (_lastProgress != 0)
        {
            ClearStatementBar();
            cmdlet.WriteProgress(new ProgressRecord(LineActivity, activity, "done") { RecordType = ProgressRecordType.Completed });
        }
    }

    private async Task ShowLineAsync()
    {
        // A bar that changes faster than anybody can read costs a thousand small tables more than their work does.
        if (_lastProgress != 0 && Stopwatch.GetElapsedTime(_lastProgress) < ProgressInterval)
        {
            return;
        }

        await CallAsync(() =>
        {
            ClearStatementBar();
            cmdlet.WriteProgress(Line());
        });
    }

    private Task ShowStatementAsync(double fraction) => CallAsync(() =>
    {
        cmdlet.WriteProgress(Line());
        _hasStatementBar = true;
        cmdlet.WriteProgress(new ProgressRecord(StatementActivity, Name(_step), Percent(fraction))
        {
            ParentActivityId = LineActivity,
            PercentComplete = (int)(Math.Clamp(fraction, 0, 1) * 100),
        });
    });

    private ProgressRecord Line()
    {
        _lastProgress = Stopwatch.GetTimestamp();
        var where = _count > 0 ? string.Create(CultureInfo.InvariantCulture, $" ({_position} of {_count})") : string.Empty;
        return new ProgressRecord(LineActivity, activity + _interval, $"{_table?.ToString() ?? "all tables"}{where}: {Name(_step)}")
        {
            PercentComplete = _count > 0 ? (_position - 1) * 100 / _count : -1,
        };
    }

    private void ClearStatementBar()
    {
        if (_hasStatementBar)
        {
            _hasStatementBar = false;
            cmdlet.WriteProgress(
                new ProgressRecord(StatementActivity, activity, "done")
                {
                    ParentActivityId = LineActivity,
                    RecordType = ProgressRecordType.Completed,
                });
        }
    }

    private Task VerboseAsync(string text) => CallAsync(() => cmdlet.WriteVerbose(text));

    private async Task CallAsync(Action action)
    {
        try
        {
            await pump.InvokeAsync(() =>
            {
                action();
                return true;
            });
        }
        catch (OperationCanceledException)
        {
            // The pipeline is stopping and shows nothing any more. The work learns that from its token; its clean-up must not fail over a
            // message.
        }
    }

    private static string Name(EltStep step) => step.ToString().ToLowerInvariant();

    private static string Percent(double fraction) => fraction.ToString("P0", CultureInfo.InvariantCulture);

    private static string Seconds(TimeSpan elapsed) => string.Create(CultureInfo.InvariantCulture, $"{elapsed.TotalSeconds:0.000} s");
}
