using EltPs.Engine.Definitions;
using EltPs.Engine.PipelineFiles;

namespace EltPs.Engine.Alerts;

/// <summary>
/// A way to send alerts, such as Slack: it gives an alert its form and sends it once. When an alert is sent, what is remembered of it and
/// where it waits if it does not arrive is the same for every channel.
/// </summary>
/// <remarks>A channel holds no state and no secret. It exists once, in <see cref="AlertChannels"/>.</remarks>
internal interface IAlertChannel
{
    /// <summary>The channel's name and its keys in a pipeline file.</summary>
    ChannelKeys Keys { get; }

    /// <summary>The alert in the channel's form.</summary>
    /// <param name="alert">The alert.</param>
    /// <param name="settings">What the alert's pipeline says about the channel; null if it says nothing.</param>
    AlertPayload Format(Alert alert, ChannelSettings? settings);

    /// <summary>A line that stands for the message; null if the payload has not this channel's form.</summary>
    string? TextOf(AlertPayload payload);

    /// <summary>What is wrong with the address of a target, in words that do not show it; null if nothing is.</summary>
    string? FindProblem(string? address);

    /// <summary>Sends a message. A failure is an answer, not an exception.</summary>
    /// <param name="payload">The message, in this channel's form.</param>
    /// <param name="remark">What to add to it, such as that it is delayed; null for nothing.</param>
    /// <param name="address">Where it goes; <see cref="FindProblem"/> has found nothing wrong with it.</param>
    /// <param name="client">Posts to webhooks, with time limit and retry.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <exception cref="OperationCanceledException">The caller cancelled; the message may have arrived.</exception>
    Task<AlertAnswer> SendAsync(
        AlertPayload payload, string? remark, string address, WebhookClient client, CancellationToken cancellationToken);
}
