using System.Globalization;
using System.Management.Automation;
using EltPs.Bridge;
using EltPs.Engine.Events;

namespace EltPs.Rows;

/// <summary>The progress bar of a query: how long it runs, how many rows came, and the engine's percentage where there is one.</summary>
/// <param name="cmdlet">Who shows it.</param>
/// <param name="pump">Reaches the pipeline thread.</param>
/// <param name="rest">Who sees everything but the progress of statements.</param>
/// <param name="activity">What the bar calls it.</param>
internal sealed class RowProgress(Cmdlet cmdlet, PipelinePump pump, IRunObserver rest, string activity) : IRunObserver
{
    private const int Activity = 1;
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly long _started = TimeProvider.System.GetTimestamp();
    private double _fraction;
    private bool _isShown;

    /// <summary>How many rows were written. Counted on the pipeline thread.</summary>
    public long Rows { get; set; }

    /// <inheritdoc/>
    public ValueTask OnEventAsync(RunEvent runEvent, CancellationToken cancellationToken)
    {
        if (runEvent is StatementProgress progress)
        {
            _fraction = progress.Fraction;
            return ValueTask.CompletedTask;
        }

        return rest.OnEventAsync(runEvent, cancellationToken);
    }

    /// <summary>Does work and shows the bar each second until it ends.</summary>
    public async Task<T> WhileAsync<T>(Task<T> work)
    {
        while (await Task.WhenAny(work, Task.Delay(Interval, TimeProvider.System, CancellationToken.None)) != work)
        {
            await ShowAsync();
        }

        try
        {
            return await work;
        }
        finally
        {
            await HideAsync();
        }
    }

    private Task ShowAsync() => CallAsync(() =>
    {
        _isShown = true;
        var elapsed = TimeProvider.System.GetElapsedTime(_started);
        var rows = Rows == 0 ? string.Empty : string.Create(CultureInfo.InvariantCulture, $", {Rows:N0} rows");
        cmdlet.WriteProgress(new ProgressRecord(Activity, activity, $"{elapsed:hh\\:mm\\:ss}{rows}")
        {
            // Once rows come, how much of the query is done says nothing about how many are left to be taken.
            PercentComplete = Rows == 0 && _fraction > 0 ? (int)(Math.Clamp(_fraction, 0, 1) * 100) : -1,
        });
    });

    private Task HideAsync() => !_isShown
        ? Task.CompletedTask
        : CallAsync(() =>
            cmdlet.WriteProgress(new ProgressRecord(Activity, activity, "done") { RecordType = ProgressRecordType.Completed }));

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
            // The pipeline is stopping and shows nothing any more.
        }
    }
}
