using System.Globalization;
using EltPs.Engine.Errors;
using EltPs.Engine.Secrets;

namespace EltPs.Engine.Alerts;

/// <summary>Brings messages to webhooks, and keeps those that do not arrive.</summary>
public sealed class SlackPost
{
    private readonly SlackClient _client;
    private readonly ISecretReader _secrets;
    private readonly TimeProvider _time;
    private readonly Func<string, ValueTask> _warn;

    /// <summary>Makes one.</summary>
    /// <param name="client">Who sends.</param>
    /// <param name="secrets">Who reads webhooks' addresses.</param>
    /// <param name="time">The clock.</param>
    /// <param name="warn">Hears, in words, of what somebody should look at; no secret is in it.</param>
    public SlackPost(SlackClient client, ISecretReader secrets, TimeProvider time, Func<string, ValueTask> warn)
    {
        _client = client;
        _secrets = secrets;
        _time = time;
        _warn = warn;
    }

    /// <summary>Keeps a message before it is sent, so that nothing that happens afterwards can lose it.</summary>
    /// <param name="report">The message.</param>
    /// <param name="targets">Where it goes.</param>
    /// <param name="outbox">Where it waits until it has arrived; null for nowhere.</param>
    public async Task<AlertDraft> KeepAsync(AlertReport report, IReadOnlyList<SlackTarget> targets, AlertOutbox? outbox)
    {
        ArgumentNullException.ThrowIfNull(report);
        ArgumentNullException.ThrowIfNull(targets);
        var draft = new AlertDraft(report, SlackMessage.Of(report), outbox, _time.GetUtcNow());
        foreach (var target in targets)
        {
            draft.Add(target, await KeepAsync(draft, target).ConfigureAwait(false));
        }

        return draft;
    }

    /// <summary>Sends what waits already, the oldest first, and then the message. A failure is a delivery that waits or is lost, not an exception.</summary>
    /// <param name="draft">The message.</param>
    /// <param name="cancellationToken">Cancels; a message that is being sent then waits, as one that may have arrived.</param>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public async Task<IReadOnlyList<SlackDelivery>> SendAsync(AlertDraft draft, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(draft);
        var deliveries = new List<SlackDelivery>();
        var unsent = draft.Kept.ToDictionary();
        if (draft.Outbox is { } outbox)
        {
            await EmptyAsync(outbox, instead: null, unsent, deliveries, cancellationToken).ConfigureAwait(false);
        }

        // In the moment since they were kept, another process has taken them with all that waits.
        deliveries.AddRange(unsent.Values.Select(target => draft.About(target, SlackDeliveryStatus.Waiting) with { Reason = "another process is sending it" }));
        foreach (var target in draft.Unkept)
        {
            deliveries.Add(draft.About(target, SlackDeliveryStatus.Lost).After(await TryAsync(target, draft.Message, null, cancellationToken).ConfigureAwait(false)));
        }

        return deliveries;
    }

    /// <summary>Sends what waits, the oldest first; what belongs to a webhook that is out of reach goes on waiting.</summary>
    /// <param name="outbox">Where it waits.</param>
    /// <param name="instead">The webhook to use instead of the messages' own; null for their own.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public async Task<IReadOnlyList<SlackDelivery>> SendPendingAsync(AlertOutbox outbox, SlackTarget? instead, CancellationToken cancellationToken)
    {
        var deliveries = new List<SlackDelivery>();
        await EmptyAsync(outbox, instead, [], deliveries, cancellationToken).ConfigureAwait(false);
        return deliveries;
    }

    private async Task<string?> KeepAsync(AlertDraft draft, SlackTarget target)
    {
        if (draft.Outbox is null || target.Reference is not { } reference)
        {
            return null;
        }

        try
        {
            return draft.Outbox.Put(new WaitingAlert(draft.Message, reference, target.BaseFolder, draft.WrittenAt)
            {
                Pipeline = draft.Report.Pipeline,
                RunId = draft.Report.RunId,
            });
        }
        catch (Exception broken) when (broken is IOException or UnauthorizedAccessException)
        {
            await _warn($"An alert cannot be kept in {draft.Outbox.Folder}, so it is sent once only: {broken.Message}").ConfigureAwait(false);
            return null;
        }
    }

    private async Task EmptyAsync(
        AlertOutbox outbox, SlackTarget? instead, Dictionary<string, SlackTarget> fresh, List<SlackDelivery> deliveries, CancellationToken cancellationToken)
    {
        try
        {
            if (outbox.Prune() is { } dropped)
            {
                await _warn(dropped).ConfigureAwait(false);
            }

            // What has waited goes first also if a clock was set back, or both were written in the same millisecond.
            foreach (var path in outbox.Files().OrderBy(fresh.ContainsKey).ToList())
            {
                using var claim = AlertOutbox.Take(path, out var problem);
                if (claim is not null)
                {
                    var isLate = !fresh.Remove(path);
                    deliveries.Add(await SendAsync(claim, instead, isLate, deliveries, cancellationToken).ConfigureAwait(false));
                }
                else if (problem is not null)
                {
                    await _warn(problem).ConfigureAwait(false);
                }
            }
        }
        catch (Exception broken) when (broken is IOException or UnauthorizedAccessException)
        {
            await _warn($"The alerts that wait in {outbox.Folder} cannot be read: {broken.Message}").ConfigureAwait(false);
        }
    }

    private async Task<SlackDelivery> SendAsync(
        OutboxClaim claim, SlackTarget? instead, bool isLate, IReadOnlyList<SlackDelivery> before, CancellationToken cancellationToken)
    {
        var alert = claim.Alert;
        var target = instead ?? SlackTarget.Of(alert.Webhook, alert.BaseFolder);
        var about = new SlackDelivery(target.ToString(), SlackDeliveryStatus.Waiting)
        {
            Pipeline = alert.Pipeline,
            RunId = alert.RunId,
            Text = alert.Message.Text,
            WrittenAt = alert.WrittenAt,
            IsLate = isLate,
            IsRepeated = claim.MayHaveArrived,
        };

        // Ten messages to a host that does not answer would take ten times the time.
        if (before.LastOrDefault(delivery => delivery.Webhook == about.Webhook && delivery.IsOutOfReach) is { } failed)
        {
            return about.Like(failed);
        }

        var answer = await TryAsync(target, Marked(claim, isLate), claim, cancellationToken).ConfigureAwait(false);
        claim.Note(answer.Kind);
        return about.After(answer);
    }

    private static SlackMessage Marked(OutboxClaim claim, bool isLate)
    {
        var alert = claim.Alert;
        var written = string.Create(CultureInfo.InvariantCulture, $"{alert.WrittenAt.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC");
        return claim.MayHaveArrived ? alert.Message.WithRemark($"Repeated: written at {written}, and it may have arrived before")
            : isLate ? alert.Message.WithRemark($"Late: written at {written}")
            : alert.Message;
    }

    private async Task<SlackAnswer> TryAsync(SlackTarget target, SlackMessage message, OutboxClaim? claim, CancellationToken cancellationToken)
    {
        var webhook = target.Webhook;
        if (webhook is null)
        {
            try
            {
                var address = await _secrets.ReadAsync(target.Reference!, "Slack webhook", target.BaseFolder, cancellationToken).ConfigureAwait(false);
                if (!SlackWebhook.TryParse(address, out webhook, out var problem))
                {
                    return SlackAnswer.NoWebhook($"Slack webhook: {target}: {problem}");
                }
            }
            catch (EltException missing)
            {
                return SlackAnswer.NoWebhook(missing.Message.TrimEnd('.'));
            }
        }

        claim?.Begin();
        return await _client.SendAsync(webhook, message, cancellationToken).ConfigureAwait(false);
    }
}
