using System.Globalization;
using EltPs.Engine.Definitions;
using EltPs.Engine.Events;
using EltPs.Engine.Journal;

namespace EltPs.Engine.Alerts;

/// <summary>Sends the alerts of one event to the channels of a pipeline, and remembers them in time.</summary>
internal sealed class AlertDispatch(
    AlertChannels channels,
    AlertSender sender,
    StateFolder state,
    TimeProvider time,
    AlertContext context,
    IRunObserver observer)
{
    private readonly AlertOutbox _outbox = new(state, time);

    /// <summary>Whether to send what waits also if there is no alert.</summary>
    public bool SendsPending { get; init; }

    /// <summary>Decides for each channel, keeps the alerts, remembers that, and sends them.</summary>
    /// <param name="settings">The pipeline's settings.</param>
    /// <param name="decide">Decides for one channel, by what it was sent before; it is asked again once no other process can send.</param>
    /// <param name="cancellationToken">Cancels the sending.</param>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public async Task RunAsync(
        AlertSettings settings, Func<ChannelSettings, AlertMemory, AlertDecision> decide, CancellationToken cancellationToken)
    {
        var shares = new List<Share>();
        foreach (var channel in settings.Channels)
        {
            shares.Add(await Share.ReadAsync(channels, state, channel, observer));
        }

        // An event that changes nothing leaves no trace and waits for no other process.
        var changes = shares.Any(share => share.Decide(decide).Changes(share.Before));
        using var held = changes ? await AlertLock.AcquireAsync(state, time, cancellationToken) : null;
        foreach (var share in shares)
        {
            if (changes)
            {
                share.ReadAgain();
                share.Decide(decide);
            }

            if (share.Decision.Alert is { } alert)
            {
                share.Draft = await sender.KeepAsync(share.Channel, alert, AlertTarget.Of(share.Settings, context), _outbox);
            }

            // A kept alert will arrive: it is remembered now, so that a kill while it is being sent does not cause a second one.
            if (!share.IsUnkept)
            {
                await observer.WarnAsync(share.Remember(share.Decision.IfSent));
            }
        }

        if (!shares.Exists(share => share.IsUnkept))
        {
            // Other processes, which only need to know of the alerts, do not wait for their targets.
            held?.Dispose();
        }

        await SendAsync(shares, cancellationToken);
    }

    private async Task SendAsync(List<Share> shares, CancellationToken cancellationToken)
    {
        var drafts = shares.Select(share => share.Draft).OfType<AlertDraft>().ToList();
        if (drafts.Count == 0 && !SendsPending)
        {
            return;
        }

        var deliveries = await sender.SendAsync(drafts, _outbox, AlertSender.TimeOfRun, cancellationToken);
        foreach (var share in shares.Where(share => share.IsUnkept))
        {
            var isLost = deliveries
                .Where(delivery => !delivery.IsDelayed && delivery.Channel == share.Settings.Channel)
                .All(delivery => delivery.Status == AlertDeliveryStatus.Lost);
            await observer.WarnAsync(share.Remember(isLost ? share.Decision.IfLost : share.Decision.IfSent));
        }

        await WarnAsync([.. deliveries.Where(delivery => delivery.Status != AlertDeliveryStatus.Delivered)]);
    }

    private async Task WarnAsync(IReadOnlyList<AlertDelivery> undelivered)
    {
        foreach (var delivery in undelivered.Where(delivery => !delivery.IsDelayed))
        {
            await observer.OnEventAsync(delivery.Describe(_outbox.Folder), CancellationToken.None);
        }

        if (undelivered.Where(delivery => delivery.IsDelayed).ToList() is { Count: > 0 } delayed)
        {
            await observer.WarnAsync(string.Create(
                CultureInfo.InvariantCulture,
                $"{delayed.Count} earlier {(delayed.Count == 1 ? "alert still waits" : "alerts still wait")} in {_outbox.Folder}: "
                    + $"{delayed[0].Reason}."));
        }
    }

    // What one channel has to do with the event.
    private sealed class Share(IAlertChannel channel, ChannelSettings settings, AlertHistory history, AlertMemory before, bool isUnreadable)
    {
        public IAlertChannel Channel => channel;

        public ChannelSettings Settings => settings;

        public AlertMemory Before { get; private set; } = before;

        public AlertDecision Decision { get; private set; } = AlertDecision.Silent(before);

        public AlertDraft? Draft { get; set; }

        public bool IsUnkept => Draft is { IsKept: false };

        public static async Task<Share> ReadAsync(
            AlertChannels channels, StateFolder state, ChannelSettings settings, IRunObserver observer)
        {
            var history = new AlertHistory(state, channels.IsFirst(settings.Channel) ? null : settings.Channel);
            var before = history.Read(out var problem);
            await observer.WarnAsync(problem);
            return new Share(channels.Of(settings), settings, history, before, problem is not null);
        }

        public void ReadAgain() => Before = history.Read(out _);

        public AlertDecision Decide(Func<ChannelSettings, AlertMemory, AlertDecision> decide) => Decision = decide(settings, Before);

        public string? Remember(AlertMemory memory) => memory != Before || isUnreadable ? history.Write(memory) : null;
    }
}
