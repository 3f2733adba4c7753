using System.Globalization;
using EltPs.Engine.Events;

namespace EltPs.Engine.Alerts;

/// <summary>Sends, once, what waits in an outbox, the oldest first.</summary>
/// <param name="outbox">The outbox.</param>
/// <param name="channels">The channels that there are.</param>
/// <param name="sender">Sends each message.</param>
/// <param name="time">The clock.</param>
/// <param name="observer">Receives warnings.</param>
internal sealed class OutboxPass(
    AlertOutbox outbox, AlertChannels channels, MessageSender sender, TimeProvider time, IRunObserver observer)
{
    private const int MostWarnings = 3;
    private readonly List<AlertDelivery> _deliveries = [];
    private readonly List<string> _problems = [];

    /// <summary>What became of the messages.</summary>
    public IReadOnlyList<AlertDelivery> Deliveries => _deliveries;

    /// <summary>The target to use for the messages of one channel instead of their own; null for their own.</summary>
    public (string Channel, AlertTarget Target)? Instead { get; init; }

    /// <summary>Sends them. What belongs to a target that is out of reach goes on waiting.</summary>
    /// <param name="fresh">The files of the messages of now, which are sent last and in any case. Those sent are removed.</param>
    /// <param name="most">How long to send the others.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public async Task RunAsync(ISet<string> fresh, TimeSpan most, CancellationToken cancellationToken)
    {
        try
        {
            if (outbox.Prune([.. fresh]) is { } dropped)
            {
                await observer.WarnAsync(dropped);
            }

            // What has waited goes first also if a clock was set back, or both were written in the same millisecond.
            var delayed = outbox.Files().Except(fresh, StringComparer.Ordinal).ToList();
            var (skipped, started) = (0, time.GetTimestamp());
            for (var index = 0; index < delayed.Count && skipped == 0; index++)
            {
                // A run does not spend minutes on messages of last week, nor does the new message wait for them.
                skipped = time.GetElapsedTime(started) < most ? 0 : delayed.Count - index;
                if (skipped == 0)
                {
                    await SendAsync(delayed[index], isDelayed: true, cancellationToken);
                }
            }

            foreach (var path in fresh.ToList())
            {
                if (await SendAsync(path, isDelayed: false, cancellationToken))
                {
                    fresh.Remove(path);
                }
            }

            await WarnAsync(skipped, most);
        }
        catch (Exception broken) when (broken is IOException or UnauthorizedAccessException)
        {
            await observer.WarnAsync($"The alerts that wait in {outbox.Folder} cannot be read: {broken.Message}");
        }
    }

    // False if another process has it or has sent it, or if it is not a message that can be sent.
    private async Task<bool> SendAsync(string path, bool isDelayed, CancellationToken cancellationToken)
    {
        using var claim = OutboxClaim.Take(path, out var problem);
        if (claim is not null
            && channels.Find(claim.Alert.Channel) is { } channel
            && channel.TextOf(claim.Alert.Payload) is { } text)
        {
            var instead = Instead is { } other && other.Channel == channel.Keys.Channel ? other.Target : null;
            _deliveries.Add(await sender.SendAsync(claim, channel, text, instead, isDelayed, _deliveries, cancellationToken));
            return true;
        }

        if ((claim is null ? problem : OutboxClaim.NoMessage) is { } wrong)
        {
            _problems.Add($"The waiting alert {path} is left alone: {wrong.TrimEnd('.')}.");
        }

        return false;
    }

    private async Task WarnAsync(int skipped, TimeSpan most)
    {
        foreach (var problem in _problems.Take(MostWarnings))
        {
            await observer.WarnAsync(problem);
        }

        if (_problems.Count > MostWarnings)
        {
            await observer.WarnAsync(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{_problems.Count - MostWarnings} more files in {outbox.Folder} are left alone like these."));
        }

        if (skipped > 0)
        {
            await observer.WarnAsync(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{skipped} earlier alerts still wait in {outbox.Folder}: a run gives them {most.TotalSeconds:0} seconds."),
                Advice.SendPendingAlerts);
        }
    }
}
