using EltPs.Engine.Events;
using EltPs.Engine.Secrets;

namespace EltPs.Engine.Alerts;

/// <summary>Sends messages to their targets, and keeps those that do not arrive.</summary>
/// <param name="channels">The channels that there are.</param>
/// <param name="client">Posts to webhooks.</param>
/// <param name="secrets">Reads the targets' addresses.</param>
/// <param name="time">The clock.</param>
/// <param name="context">Where messages come from.</param>
/// <param name="observer">Receives warnings, which have no secret in them.</param>
internal sealed class AlertSender(
    AlertChannels channels,
    WebhookClient client,
    ISecretReader secrets,
    TimeProvider time,
    AlertContext context,
    IRunObserver observer)
{
    /// <summary>How long a run waits for messages that have waited: 20 seconds, besides the one that is being sent then.</summary>
    public static readonly TimeSpan TimeOfRun = TimeSpan.FromSeconds(20);

    private readonly MessageSender _sender = new(client, secrets);

    /// <summary>Keeps a message before it is sent, so that nothing that happens afterwards can lose it.</summary>
    /// <param name="channel">The channel.</param>
    /// <param name="alert">What the message is about.</param>
    /// <param name="targets">Where it goes.</param>
    /// <param name="outbox">Where it waits until it has arrived; null for nowhere.</param>
    public async Task<AlertDraft> KeepAsync(IAlertChannel channel, Alert alert, IReadOnlyList<AlertTarget> targets, AlertOutbox? outbox)
    {
        ArgumentNullException.ThrowIfNull(alert);
        ArgumentNullException.ThrowIfNull(targets);
        var draft = new AlertDraft(channel, alert, AlertChannels.Format(channel, alert, context), time.GetUtcNow());
        foreach (var target in targets)
        {
            draft.Add(target, outbox is null || draft.Waiting(target) is not { } waiting ? null : await PutAsync(outbox, waiting));
        }

        return draft;
    }

    /// <summary>
    /// Sends what waits already, the oldest first, and then the messages. A failure is a delivery that waits or is lost, not an exception.
    /// </summary>
    /// <param name="drafts">The messages.</param>
    /// <param name="outbox">Where messages wait; null for nowhere.</param>
    /// <param name="most">How long to send what waits; the messages themselves are sent in any case.</param>
    /// <param name="cancellationToken">Cancels; a message that is being sent then waits, as one that may have arrived.</param>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public async Task<IReadOnlyList<AlertDelivery>> SendAsync(
        IReadOnlyList<AlertDraft> drafts, AlertOutbox? outbox, TimeSpan most, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(drafts);
        var unsent = drafts.SelectMany(draft => draft.Kept.Select(file => (file.Key, (draft, file.Value)))).ToDictionary();
        var deliveries = new List<AlertDelivery>();
        if (outbox is not null)
        {
            var files = unsent.Keys.ToHashSet(StringComparer.Ordinal);
            deliveries.AddRange(await SendPendingAsync(outbox, instead: null, files, most, cancellationToken));

            // In the moment since they were kept, another process has taken them with all that waits.
            deliveries.AddRange(files.Select(file => unsent[file].draft.About(unsent[file].Value, AlertDeliveryStatus.Waiting) with
            {
                Reason = "another process is sending it",
            }));
        }

        foreach (var (draft, target) in drafts.SelectMany(draft => draft.Unkept.Select(target => (draft, target))))
        {
            var answer = await _sender.SendAsync(draft.Channel, target, draft.Payload, cancellationToken);
            deliveries.Add(draft.About(target, AlertDeliveryStatus.Lost).After(answer));
        }

        return deliveries;
    }

    /// <summary>Sends what waits, the oldest first; what belongs to a target that is out of reach keeps waiting.</summary>
    /// <param name="outbox">Where it waits.</param>
    /// <param name="instead">The target to use for the messages of one channel instead of their own; null for their own.</param>
    /// <param name="most">How long to send.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public Task<IReadOnlyList<AlertDelivery>> SendPendingAsync(
        AlertOutbox outbox, (string Channel, AlertTarget Target)? instead, TimeSpan most, CancellationToken cancellationToken) =>
        SendPendingAsync(outbox, instead, new HashSet<string>(StringComparer.Ordinal), most, cancellationToken);

    private async Task<IReadOnlyList<AlertDelivery>> SendPendingAsync(
        AlertOutbox outbox,
        (string Channel, AlertTarget Target)? instead,
        HashSet<string> fresh,
        TimeSpan most,
        CancellationToken cancellationToken)
    {
        var pass = new OutboxPass(outbox, channels, _sender, time, observer) { Instead = instead };
        await pass.RunAsync(fresh, most, cancellationToken);
        return pass.Deliveries;
    }

    private async Task<string?> PutAsync(AlertOutbox outbox, WaitingAlert waiting)
    {
        try
        {
            return outbox.Put(waiting);
        }
        catch (Exception broken) when (broken is IOException or UnauthorizedAccessException)
        {
            await observer.WarnAsync($"An alert cannot be kept in {outbox.Folder}, so it is sent once only: {broken.Message}");
            return null;
        }
    }
}
