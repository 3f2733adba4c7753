using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using EltPs.Engine.Errors;
using EltPs.Engine.Journal;
using EltPs.Engine.Runs;
using EltPs.Engine.Secrets;

namespace EltPs.Engine.Alerts;

/// <summary>Decides, after each run of a pipeline, who is told what.</summary>
public sealed class Alerter
{
    private readonly ISecretReader _secrets;
    private readonly SlackPost _post;
    private readonly TimeProvider _time;
    private readonly IRunObserver _observer;
    private readonly AlertContext _context;

    /// <summary>Makes one.</summary>
    /// <param name="client">Who sends.</param>
    /// <param name="secrets">Who reads webhooks' addresses.</param>
    /// <param name="time">The clock.</param>
    /// <param name="observer">Hears of what could not be delivered.</param>
    /// <param name="context">Where the run takes place.</param>
    public Alerter(SlackClient client, ISecretReader secrets, TimeProvider time, IRunObserver observer, AlertContext context)
    {
        _secrets = secrets;
        _time = time;
        _observer = observer;
        _context = context;
        _post = new SlackPost(client, secrets, time, WarnAsync);
    }

    /// <summary>Warns, before a run, of webhooks that nobody could be told through. A vault is not asked: it may want a password.</summary>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public async Task BeforeRunAsync(AlertSettings? settings, CancellationToken cancellationToken)
    {
        foreach (var webhook in settings?.Slack?.Webhooks.Where(webhook => webhook.Kind != SecretKind.Vault) ?? [])
        {
            if (await FindProblemAsync(webhook, settings!.Slack!.BaseFolder, cancellationToken).ConfigureAwait(false) is { } problem)
            {
                await WarnAsync($"{problem.TrimEnd('.')}; nobody hears of this run there.").ConfigureAwait(false);
            }
        }
    }

    /// <summary>Tells of a run. Never throws, and what becomes of the message changes nothing in the run's result.</summary>
    /// <param name="result">The run.</param>
    /// <param name="state">Where it is kept what was told and what waits.</param>
    /// <param name="cancellationToken">Cancels the sending; a message that is kept goes out later.</param>
    [SuppressMessage("Design", "CA1031", Justification = "The run is over, and what it did must be told to whoever started it, whatever becomes of an alert.")]
    public async Task AfterRunAsync(RunResult result, StateFolder state, CancellationToken cancellationToken)
    {
        try
        {
            if (result?.Alerts?.Slack is { } slack && result.Status != RunStatus.Cancelled)
            {
                await TellAsync(result, slack, state, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException)
        {
            // Whoever stops the run now does not wait for Slack.
        }
        catch (Exception defect)
        {
            await WarnAsync($"A defect of EltPs stopped an alert: {defect.GetType().Name}: {defect.Message}").ConfigureAwait(false);
        }
    }

    private async Task TellAsync(RunResult result, SlackSettings slack, StateFolder state, CancellationToken cancellationToken)
    {
        var history = new AlertHistory(state);
        var outbox = new AlertOutbox(state, _time);
        var known = history.Read(out var problem);
        await WarnAsync(problem).ConfigureAwait(false);

        var failure = result.IsSuccess ? null : KnownFailure.Of(result).Following(known);

        // A variable that is not set was warned of at the start: a developer's machine keeps no messages that somebody else would be sent one day.
        SlackTarget[] targets = [.. slack.Webhooks
            .Where(webhook => webhook.Kind != SecretKind.Environment || !string.IsNullOrWhiteSpace(_context.Variable(webhook.Place)))
            .Select(webhook => SlackTarget.Of(webhook, slack.BaseFolder))];
        if (Decide(result, slack, failure, known) is not { } report || targets.Length == 0)
        {
            await RememberAsync(history, result, failure, known, problem is not null).ConfigureAwait(false);
            await ReportAsync(await _post.SendPendingAsync(outbox, instead: null, cancellationToken).ConfigureAwait(false), outbox).ConfigureAwait(false);
            return;
        }

        var told = failure is null ? null : failure with { ToldAt = _time.GetUtcNow() };
        var draft = await _post.KeepAsync(report, targets, outbox).ConfigureAwait(false);
        if (draft.IsKept)
        {
            // It will arrive: now, so that a kill while it is being sent does not have it told twice.
            await RememberAsync(history, result, told, known, problem is not null).ConfigureAwait(false);
        }

        var deliveries = await _post.SendAsync(draft, cancellationToken).ConfigureAwait(false);
        if (!draft.IsKept)
        {
            var isLost = deliveries.All(delivery => delivery.IsLate || delivery.Status == SlackDeliveryStatus.Lost);
            await RememberAsync(history, result, isLost && failure is null ? known : isLost ? failure : told, known, problem is not null).ConfigureAwait(false);
        }

        await ReportAsync(deliveries, outbox).ConfigureAwait(false);
    }

    private AlertReport? Decide(RunResult result, SlackSettings slack, KnownFailure? failure, KnownFailure? known)
    {
        if (result.Status == RunStatus.NothingToDo)
        {
            return null;
        }

        if (failure is not null)
        {
            return slack.On.Contains(AlertOccasion.Failure) && failure.IsDue(slack.RepeatAfter, _time.GetUtcNow()) ? AlertReports.Of(result, _context) : null;
        }

        return known is not null && slack.On.Contains(AlertOccasion.Recovery) ? AlertReports.Of(result, _context, known)
            : slack.On.Contains(AlertOccasion.Success) ? AlertReports.Of(result, _context)
            : null;
    }

    private async Task RememberAsync(AlertHistory history, RunResult result, KnownFailure? failure, KnownFailure? known, bool isBroken)
    {
        // What built nothing has repaired nothing.
        if (result.Status != RunStatus.NothingToDo && (failure != known || isBroken))
        {
            await WarnAsync(history.Write(failure)).ConfigureAwait(false);
        }
    }

    private async Task ReportAsync(IReadOnlyList<SlackDelivery> deliveries, AlertOutbox outbox)
    {
        foreach (var delivery in deliveries.Where(delivery => !delivery.IsLate && delivery.Status != SlackDeliveryStatus.Delivered))
        {
            await WarnAsync(delivery.Describe(outbox.Folder)).ConfigureAwait(false);
        }

        if (deliveries.Where(delivery => delivery.IsLate && delivery.Status != SlackDeliveryStatus.Delivered).ToList() is { Count: > 0 } late)
        {
            await WarnAsync(string.Create(
                CultureInfo.InvariantCulture,
                $"{late.Count} earlier {(late.Count == 1 ? "alert still waits" : "alerts still wait")} in {outbox.Folder}: {late[0].Reason}.")).ConfigureAwait(false);
        }
    }

    private async Task<string?> FindProblemAsync(SecretReference webhook, string baseFolder, CancellationToken cancellationToken)
    {
        const string What = "Slack webhook";
        try
        {
            var address = await _secrets.ReadAsync(webhook, What, baseFolder, cancellationToken).ConfigureAwait(false);
            return SlackWebhook.TryParse(address, out _, out var problem) ? null : $"{What}: {webhook}: {problem}";
        }
        catch (EltException missing)
        {
            return missing.Message;
        }
    }

    private ValueTask WarnAsync(string? text) =>
        text is null ? ValueTask.CompletedTask : _observer.OnEventAsync(new MessageRaised(MessageLevel.Warning, text), CancellationToken.None);
}
