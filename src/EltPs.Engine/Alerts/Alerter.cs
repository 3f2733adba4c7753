using System.Diagnostics.CodeAnalysis;
using EltPs.Engine.Definitions;
using EltPs.Engine.Errors;
using EltPs.Engine.Events;
using EltPs.Engine.Journal;
using EltPs.Engine.Runs;
using EltPs.Engine.Secrets;

namespace EltPs.Engine.Alerts;

/// <summary>Decides, around each run of a pipeline, who is told what.</summary>
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
            if (await FindProblemAsync(webhook, settings!.Slack!.BaseFolder, cancellationToken) is { } problem)
            {
                await WarnAsync($"{problem.TrimEnd('.')}; nobody hears of this run there.");
            }
        }
    }

    /// <summary>
    /// Tells of a run that died, once for each run, whatever became of the messages before. Never throws, and keeps no run from beginning.
    /// </summary>
    /// <param name="run">The run that died, as its journal tells it.</param>
    /// <param name="settings">The pipeline's settings; null if it has none.</param>
    /// <param name="isResumed">Whether the run that begins now goes on with it.</param>
    /// <param name="state">Where it is kept what was told and what waits.</param>
    /// <param name="cancellationToken">Cancels the sending; a message that is kept goes out later.</param>
    public Task AfterInterruptionAsync(
        JournaledRun run,
        AlertSettings? settings,
        bool isResumed,
        StateFolder state,
        CancellationToken cancellationToken
    ) => Guarded(() => settings?.Slack is { } slack ? TellAsync(run, slack, isResumed, state, cancellationToken) : Task.CompletedTask);

    /// <summary>Tells of a run. Never throws, and what becomes of the message changes nothing in the run's result.</summary>
    /// <param name="result">The run.</param>
    /// <param name="state">Where it is kept what was told and what waits.</param>
    /// <param name="cancellationToken">Cancels the sending; a message that is kept goes out later.</param>
    public Task AfterRunAsync(RunResult result, StateFolder state, CancellationToken cancellationToken) =>
        Guarded(() =>
            result?.Alerts?.Slack is { } slack && result.Status != RunStatus.Cancelled
                ? TellAsync(result, slack, state, cancellationToken)
                : Task.CompletedTask);

    /// <summary>Tells of a run that is late, once for each interval; else sends what has waited. Never throws.</summary>
    /// <param name="late">What somebody found who looked.</param>
    /// <param name="settings">The pipeline's settings; null if it has none.</param>
    /// <param name="state">Where it is kept what was told and what waits.</param>
    /// <param name="cancellationToken">Cancels the sending; a message that is kept goes out later.</param>
    public Task AfterLookAsync(ScheduleTestResult late, AlertSettings? settings, StateFolder state, CancellationToken cancellationToken) =>
        Guarded(() => settings?.Slack is { } slack ? TellAsync(late, slack, state, cancellationToken) : Task.CompletedTask);

    [SuppressMessage(
        "Design",
        "CA1031",
        Justification = "What a run does must be done and told to whoever started it, whatever becomes of an alert.")]
    private async Task Guarded(Func<Task> tell)
    {
        try
        {
            await tell();
        }
        catch (OperationCanceledException)
        {
            // Whoever stops the run now does not wait for Slack.
        }
        catch (Exception defect)
        {
            await WarnAsync($"A defect of EltPs stopped an alert: {defect.GetType().Name}: {defect.Message}");
        }
    }

    private async Task TellAsync(
        JournaledRun run,
        SlackSettings slack,
        bool isResumed,
        StateFolder state,
        CancellationToken cancellationToken)
    {
        using var dispatch = await AlertDispatch.OpenAsync(state, _post, _time, WarnAsync);
        var before = await dispatch.HoldAsync(cancellationToken);
        if (before.InterruptedRunId == run.RunId)
        {
            return;
        }

        var failure = KnownFailure.Of(run).Following(before.Failure);
        if (!slack.On.Contains(AlertOccasion.Failure) || SlackTarget.Of(slack, _context) is not { Length: > 0 } targets)
        {
            await dispatch.RememberAsync(before with { Failure = failure, InterruptedRunId = run.RunId });
            return;
        }

        var told = before with { Failure = failure with { ToldAt = _time.GetUtcNow() }, InterruptedRunId = run.RunId };
        await dispatch.TellAsync(JournaledRunReport.Of(run, slack, isResumed, _context), targets, told, lost: before, cancellationToken);
    }

    private async Task TellAsync(RunResult result, SlackSettings slack, StateFolder state, CancellationToken cancellationToken)
    {
        using var dispatch = await AlertDispatch.OpenAsync(state, _post, _time, WarnAsync);

        // A success after a success has nothing to remember.
        var isNoted = !result.IsSuccess || dispatch.Before.Failure is not null;
        var before = isNoted ? await dispatch.HoldAsync(cancellationToken) : dispatch.Before;
        var failure = result.IsSuccess ? null : KnownFailure.Of(result).Following(before.Failure);

        // What built nothing has repaired nothing.
        var untold = result.Status == RunStatus.NothingToDo ? before : before with { Failure = failure };
        if (Decide(result, slack, failure, before.Failure) is not { } report || SlackTarget.Of(slack, _context) is not { Length: > 0 } targets)
        {
            await dispatch.RememberAsync(untold);
            await dispatch.SendPendingAsync(cancellationToken);
            return;
        }

        var told = before with { Failure = failure is null ? null : failure with { ToldAt = _time.GetUtcNow() } };
        await dispatch.TellAsync(report, targets, told, lost: failure is null ? before : untold, cancellationToken);
    }

    private async Task TellAsync(ScheduleTestResult late, SlackSettings slack, StateFolder state, CancellationToken cancellationToken)
    {
        using var dispatch = await AlertDispatch.OpenAsync(state, _post, _time, WarnAsync);
        var targets = late.IsLate && slack.On.Contains(AlertOccasion.Late) ? SlackTarget.Of(slack, _context) : [];

        // Who has nothing to tell leaves nothing behind; who has may have been forestalled by another process.
        if (targets.Length == 0
            || !LateNews.IsNews(late, dispatch.Before, slack.RepeatAfter, _time.GetUtcNow())
            || !LateNews.IsNews(late, await dispatch.HoldAsync(cancellationToken), slack.RepeatAfter, _time.GetUtcNow()))
        {
            // Where no run begins any more, nobody else does.
            await dispatch.SendPendingAsync(cancellationToken);
            return;
        }

        var told = LateNews.Told(late, dispatch.Before, _time.GetUtcNow());
        await dispatch.TellAsync(LateReport.Of(late, _context), targets, told, lost: dispatch.Before, cancellationToken);
    }

    private AlertReport? Decide(RunResult result, SlackSettings slack, KnownFailure? failure, KnownFailure? known)
    {
        if (result.Status == RunStatus.NothingToDo)
        {
            return null;
        }

        if (failure is not null)
        {
            return slack.On.Contains(AlertOccasion.Failure) && failure.IsDue(slack.RepeatAfter, _time.GetUtcNow())
                ? AlertReports.Of(result, _context)
                : null;
        }

        return known is not null && slack.On.Contains(AlertOccasion.Recovery) ? AlertReports.Of(result, _context, known)
            : slack.On.Contains(AlertOccasion.Success) ? AlertReports.Of(result, _context)
            : null;
    }

    private async Task<string?> FindProblemAsync(SecretReference webhook, string baseFolder, CancellationToken cancellationToken)
    {
        const string What = "Slack webhook";
        try
        {
            var address = await _secrets.ReadAsync(webhook, What, baseFolder, cancellationToken);
            return SlackWebhook.TryParse(address, out _, out var problem) ? null : $"{What}: {webhook}: {problem}";
        }
        catch (EltException missing)
        {
            return missing.Message;
        }
    }

    private ValueTask WarnAsync(string? text) =>
        text is null
            ? ValueTask.CompletedTask
            : _observer.OnEventAsync(new MessageRaised(MessageLevel.Warning, text), CancellationToken.None);
}
