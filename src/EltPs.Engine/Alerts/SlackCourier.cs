using System.Globalization;
using EltPs.Engine.Errors;
using EltPs.Engine.Secrets;

namespace EltPs.Engine.Alerts;

/// <summary>Brings one message to its webhook, whose address it reads at that moment and forgets again.</summary>
internal sealed class SlackCourier(SlackClient client, ISecretReader secrets)
{
    /// <summary>Brings a message of the outbox, and notes there what became of it.</summary>
    /// <param name="claim">The message.</param>
    /// <param name="instead">The webhook to use instead of its own; null for its own.</param>
    /// <param name="isLate">Whether it has waited.</param>
    /// <param name="before">What became of those before it.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async Task<SlackDelivery> BringAsync(
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

        var answer = await TryAsync(target, Marked(claim, isLate), claim, cancellationToken);
        claim.Note(answer.Kind);
        return about.After(answer);
    }

    /// <summary>Brings a message that is not kept.</summary>
    public Task<SlackAnswer> BringAsync(SlackTarget target, SlackMessage message, CancellationToken cancellationToken) =>
        TryAsync(target, message, claim: null, cancellationToken);

    private static SlackMessage Marked(OutboxClaim claim, bool isLate)
    {
        var alert = claim.Alert;
        var written = string.Create(CultureInfo.InvariantCulture, $"{alert.WrittenAt.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC");
        return claim.MayHaveArrived ? alert.Message.WithRemark($"Repeated: written at {written}, and it may have arrived before")
            : isLate ? alert.Message.WithRemark($"Late: written at {written}")
            : alert.Message;
    }

    private async Task<SlackAnswer> TryAsync(
        SlackTarget target,
        SlackMessage message,
        OutboxClaim? claim,
        CancellationToken cancellationToken)
    {
        var webhook = target.Webhook;
        if (webhook is null)
        {
            try
            {
                var address = await secrets.ReadAsync(target.Reference!, "Slack webhook", target.BaseFolder, cancellationToken);
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
        return await client.SendAsync(webhook, message, cancellationToken);
    }
}
