using System.Globalization;
using EltPs.Engine.Files;
using EltPs.Engine.Journal;

namespace EltPs.Engine.Alerts;

/// <summary>Brings one report of a pipeline to its webhooks, and remembers in time that it was told.</summary>
internal sealed class AlertDispatch : IDisposable
{
    private readonly SlackPost _post;
    private readonly AlertHistory _history;
    private readonly AlertOutbox _outbox;
    private readonly Func<string?, ValueTask> _warn;
    private readonly StateFolder _state;
    private readonly TimeProvider _time;
    private readonly bool _isUnreadable;
    private AlertMemory _before;
    private FileLock? _held;

    private AlertDispatch(
        StateFolder state,
        SlackPost post,
        TimeProvider time,
        AlertHistory history,
        Func<string?, ValueTask> warn,
        AlertMemory before,
        bool isUnreadable)
    {
        _state = state;
        _time = time;
        _post = post;
        _history = history;
        _outbox = new AlertOutbox(state, time);
        _warn = warn;
        _before = before;
        _isUnreadable = isUnreadable;
    }

    /// <summary>What was told before.</summary>
    public AlertMemory Before => _before;

    /// <summary>Reads what was told before.</summary>
    public static async Task<AlertDispatch> OpenAsync(StateFolder state, SlackPost post, TimeProvider time, Func<string?, ValueTask> warn)
    {
        var history = new AlertHistory(state);
        var before = history.Read(out var problem);
        await warn(problem);
        return new AlertDispatch(state, post, time, history, warn, before, problem is not null);
    }

    /// <summary>Keeps other processes from changing what was told, until this one has changed it, and reads it again.</summary>
    /// <returns>What was told before.</returns>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public async Task<AlertMemory> HoldAsync(CancellationToken cancellationToken)
    {
        _held ??= await AlertLock.AcquireAsync(_state, _time, cancellationToken);
        return _before = _history.Read(out _);
    }

    /// <summary>Lets other processes change it.</summary>
    public void Dispose()
    {
        _held?.Dispose();
        _held = null;
    }

    /// <summary>Tells nobody, and remembers that.</summary>
    public async Task RememberAsync(AlertMemory memory)
    {
        if (memory != _before || _isUnreadable)
        {
            await _warn(_history.Write(memory));
        }
    }

    /// <summary>Sends what has waited, and nothing else.</summary>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public async Task SendPendingAsync(CancellationToken cancellationToken)
    {
        Dispose();
        await ReportAsync(await _post.SendPendingAsync(_outbox, instead: null, SlackPost.TimeOfRun, cancellationToken));
    }

    /// <summary>Tells it.</summary>
    /// <param name="report">What to tell.</param>
    /// <param name="targets">Where.</param>
    /// <param name="told">What to remember if it arrives, or is kept and so arrives some day.</param>
    /// <param name="lost">What to remember if nobody ever hears of it.</param>
    /// <param name="cancellationToken">Cancels the sending.</param>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public async Task TellAsync(
        AlertReport report,
        IReadOnlyList<SlackTarget> targets,
        AlertMemory told,
        AlertMemory lost,
        CancellationToken cancellationToken)
    {
        var draft = await _post.KeepAsync(report, targets, _outbox);
        if (draft.IsKept)
        {
            // It will arrive: now, so that a kill while it is being sent does not have it told twice.
            // Nobody waits for Slack who only wants to know of it.
            await RememberAsync(told);
            Dispose();
        }

        var deliveries = await _post.SendAsync(draft, SlackPost.TimeOfRun, cancellationToken);
        if (!draft.IsKept)
        {
            var isLost = deliveries.All(delivery => delivery.IsLate || delivery.Status == SlackDeliveryStatus.Lost);
            await RememberAsync(isLost ? lost : told);
        }

        await ReportAsync(deliveries);
    }

    private async Task ReportAsync(IReadOnlyList<SlackDelivery> deliveries)
    {
        foreach (var delivery in deliveries.Where(delivery => !delivery.IsLate && delivery.Status != SlackDeliveryStatus.Delivered))
        {
            await _warn(delivery.Describe(_outbox.Folder));
        }

        if (deliveries.Where(delivery => delivery.IsLate && delivery.Status != SlackDeliveryStatus.Delivered).ToList() is
            { Count: > 0 } late)
        {
            await _warn(string.Create(
                CultureInfo.InvariantCulture,
                    $"{late.Count} earlier {(late.Count == 1 ? "alert still waits" : "alerts still wait")} in {_outbox.Folder}: "
                        + $"{late[0].Reason}."));
        }
    }
}
