using System.Globalization;
using EltPs.Engine.Secrets;

namespace EltPs.Engine.Alerts;

/// <summary>Brings messages to webhooks, and keeps those that do not arrive.</summary>
/// <remarks>Makes one.</remarks>
/// <param name="client">Who sends.</param>
/// <param name="secrets">Who reads webhooks' addresses.</param>
/// <param name="time">The clock.</param>
/// <param name="warn">Hears, in words, of what somebody should look at; no secret is in it.</param>
public sealed class SlackPost(SlackClient client, ISecretReader secrets, TimeProvider time, Func<string, ValueTask> warn)
{
    /// <summary>How long a run waits for messages that have waited: 20 seconds, besides the one that is under way then.</summary>
    public static readonly TimeSpan TimeOfRun = TimeSpan.FromSeconds(20);

    private const int MostWarnings = 3;
    private readonly SlackCourier _courier = new SlackCourier(client, secrets);

    /// <summary>Keeps a message before it is sent, so that nothing that happens afterwards can lose it.</summary>
    /// <param name="report">The message.</param>
    /// <param name="targets">Where it goes.</param>
    /// <param name="outbox">Where it waits until it has arrived; null for nowhere.</param>
    public async Task<AlertDraft> KeepAsync(AlertReport report, IReadOnlyList<SlackTarget> targets, AlertOutbox? outbox)
    {
        ArgumentNullException.ThrowIfNull(report);
        ArgumentNullException.ThrowIfNull(targets);
        var draft = new AlertDraft(report, SlackMessage.Of(report), outbox, time.GetUtcNow());
        foreach (var target in targets)
        {
            draft.Add(target, await KeepAsync(draft, target));
        }

        return draft;
    }

    /// <summary>
    /// Sends what waits already, the oldest first, and then the message. A failure is a delivery that waits or is lost, not an exception.
    /// </summary>
    /// <param name="draft">The message.</param>
    /// <param name="most">How long to go on with what waits; the message itself is sent in any case.</param>
    /// <param name="cancellationToken">Cancels; a message that is being sent then waits, as one that may have arrived.</param>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public async Task<IReadOnlyList<SlackDelivery>> SendAsync(AlertDraft draft, TimeSpan most, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(draft);
        var deliveries = new List<SlackDelivery>();
        var unsent = draft.Kept.ToDictionary();
        if (draft.Outbox is { } outbox)
        {
            await EmptyAsync(outbox, instead: null, unsent, deliveries, most, cancellationToken);
        }

        // In the moment since they were kept, another process has taken them with all that waits.
        deliveries.AddRange(
            unsent.Values.Select(target =>
                draft.About(target, SlackDeliveryStatus.Waiting) with
                {
                    Reason = "another process is sending it",
                }));
        foreach (var target in draft.Unkept)
        {
            deliveries.Add(
                draft.About(target, SlackDeliveryStatus.Lost).After(await _courier.BringAsync(target, draft.Message, cancellationToken)));
        }

        return deliveries;
    }

    /// <summary>Sends what waits, the oldest first; what belongs to a webhook that is out of reach goes on waiting.</summary>
    /// <param name="outbox">Where it waits.</param>
    /// <param name="instead">The webhook to use instead of the messages' own; null for their own.</param>
    /// <param name="most">How long to go on.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public async Task<IReadOnlyList<SlackDelivery>> SendPendingAsync(
        AlertOutbox outbox,
        SlackTarget? instead,
        TimeSpan most,
        CancellationToken cancellationToken)
    {
        var deliveries = new List<SlackDelivery>();
        await EmptyAsync(outbox, instead, [], deliveries, most, cancellationToken);
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
            await warn($"An alert cannot be kept in {draft.Outbox.Folder}, so it is sent once only: {broken.Message}");
            return null;
        }
    }

    private async Task EmptyAsync(
        AlertOutbox outbox,
        SlackTarget? instead,
        Dictionary<string, SlackTarget> fresh,
        List<SlackDelivery> deliveries,
        TimeSpan most,
        CancellationToken cancellationToken)
    {
        try
        {
            if (outbox.Prune(fresh.Keys) is { } dropped)
            {
                await warn(dropped);
            }

            // What has waited goes first also if a clock was set back, or both were written in the same millisecond.
            var late = outbox.Files().Except(fresh.Keys, StringComparer.Ordinal).ToList();
            var (problems, skipped, started) = (new List<string>(), 0, time.GetTimestamp());
            for (var index = 0; index < late.Count && skipped == 0; index++)
            {
                // Nobody who waits for tables waits minutes for messages of last week; nor is the new one held up by them.
                skipped = time.GetElapsedTime(started) < most ? 0 : late.Count - index;
                if (skipped == 0)
                {
                    await SendAsync(late[index], instead, isLate: true, deliveries, problems, cancellationToken);
                }
            }

            foreach (var path in fresh.Keys.ToList())
            {
                if (await SendAsync(path, instead, isLate: false, deliveries, problems, cancellationToken))
                {
                    fresh.Remove(path);
                }
            }

            await WarnAsync(outbox, problems, skipped, most);
        }
        catch (Exception broken) when (broken is IOException or UnauthorizedAccessException)
        {
            await warn($"The alerts that wait in {outbox.Folder} cannot be read: {broken.Message}");
        }
    }

    private async Task WarnAsync(AlertOutbox outbox, List<string> problems, int skipped, TimeSpan most)
    {
        foreach (var problem in problems.Take(MostWarnings))
        {
            await warn(problem);
        }

        if (problems.Count > MostWarnings)
        {
            await warn(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{problems.Count - MostWarnings} more files in {outbox.Folder} are left alone like these."));
        }

        if (skipped > 0)
        {
            await warn(string.Create(
                CultureInfo.InvariantCulture,
                    $"{skipped} earlier alerts still wait in {outbox.Folder}: a run gives them {most.TotalSeconds:0} seconds. They go out "
                        + $"with the next run, or with Send-EltSlackAlert -Pending."));
        }
    }

    // False if another process has it, or has sent it.
    private async Task<bool> SendAsync(
        string path,
        SlackTarget? instead,
        bool isLate,
        List<SlackDelivery> deliveries,
        List<string> problems,
        CancellationToken cancellationToken)
    {
        using var claim = AlertOutbox.Take(path, out var problem);
        problems.AddRange(problem is null ? [] : [problem]);
        if (claim is null)
        {
            return false;
        }

        deliveries.Add(await _courier.BringAsync(claim, instead, isLate, deliveries, cancellationToken));
        return true;
    }
}
