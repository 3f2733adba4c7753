using System.Globalization;
using EltPs.Engine.Secrets;

namespace EltPs.Engine.Alerts;

/// <summary>Sends one message to its target, whose address it reads at that moment and does not keep.</summary>
internal sealed class MessageSender(WebhookClient client, ISecretReader secrets)
{
    /// <summary>Sends a message of the outbox, and notes there what became of it.</summary>
    /// <param name="claim">The message.</param>
    /// <param name="channel">Its channel.</param>
    /// <param name="text">The message on one line.</param>
    /// <param name="instead">The target to use instead of its own; null for its own.</param>
    /// <param name="isDelayed">Whether it has waited.</param>
    /// <param name="before">What became of those before it.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async Task<AlertDelivery> SendAsync(
        OutboxClaim claim,
        IAlertChannel channel,
        string text,
        AlertTarget? instead,
        bool isDelayed,
        IReadOnlyList<AlertDelivery> before,
        CancellationToken cancellationToken)
    {
        var alert = claim.Alert;
        var target = instead ?? AlertTarget.Of(alert.Target, alert.BaseFolder);
        var about = new AlertDelivery(channel.Keys.Channel, target.ToString(), AlertDeliveryStatus.Waiting)
        {
            Pipeline = alert.Pipeline,
            RunId = alert.RunId,
            Text = text,
            WrittenAt = alert.WrittenAt,
            IsDelayed = isDelayed,
            IsRepeated = claim.MayHaveArrived,
        };

        // Ten messages to a host that does not answer would take ten times the time.
        if (before.LastOrDefault(delivery => IsSameTarget(delivery, about) && delivery.IsOutOfReach) is { } failed)
        {
            return about.Like(failed);
        }

        var answer = await SendAsync(channel, target, alert.Payload, Remark(claim, isDelayed), claim, cancellationToken);
        claim.Note(answer.Kind);
        return about.After(answer);
    }

    /// <summary>Sends a message that is not kept.</summary>
    public Task<AlertAnswer> SendAsync(
        IAlertChannel channel, AlertTarget target, AlertPayload payload, CancellationToken cancellationToken) =>
        SendAsync(channel, target, payload, remark: null, claim: null, cancellationToken);

    private static bool IsSameTarget(AlertDelivery one, AlertDelivery other) => one.Channel == other.Channel && one.Target == other.Target;

    private static string? Remark(OutboxClaim claim, bool isDelayed)
    {
        var written = string.Create(CultureInfo.InvariantCulture, $"{claim.Alert.WrittenAt.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC");
        return claim.MayHaveArrived ? $"Repeated: written at {written}, and it may have arrived before"
            : isDelayed ? $"Delayed: written at {written}"
            : null;
    }

    private async Task<AlertAnswer> SendAsync(
        IAlertChannel channel,
        AlertTarget target,
        AlertPayload payload,
        string? remark,
        OutboxClaim? claim,
        CancellationToken cancellationToken)
    {
        var (address, problem) = await target.ReadAsync(channel, secrets, cancellationToken);
        if (address is null)
        {
            return AlertAnswer.NoTarget(problem!);
        }

        claim?.Begin();
        return await channel.SendAsync(payload, remark, address, client, cancellationToken);
    }
}
