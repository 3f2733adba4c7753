using System.Diagnostics.CodeAnalysis;
using EltPs.Engine.Definitions;
using EltPs.Engine.Events;
using EltPs.Engine.Journal;
using EltPs.Engine.Runs;
using EltPs.Engine.Secrets;

namespace EltPs.Engine.Alerts;

/// <summary>Sends the alerts that belong to the runs of a pipeline.</summary>
/// <param name="channels">The channels that there are.</param>
/// <param name="client">Posts to webhooks.</param>
/// <param name="secrets">Reads the targets' addresses.</param>
/// <param name="time">The clock.</param>
/// <param name="observer">Receives warnings of what could not be delivered.</param>
/// <param name="context">Where the run takes place.</param>
internal sealed class Alerter(
    AlertChannels channels,
    WebhookClient client,
    ISecretReader secrets,
    TimeProvider time,
    IRunObserver observer,
    AlertContext context)
{
    private readonly AlertSender _sender = new(channels, client, secrets, time, context, observer);
    private readonly AlertRules _rules = new(context, time);

    /// <summary>Warns, before a run, of targets without a usable address. A vault is not asked: it may want a password.</summary>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public async Task BeforeRunAsync(AlertSettings? settings, CancellationToken cancellationToken)
    {
        foreach (var channel in settings?.Channels ?? [])
        {
            foreach (var target in channel.Targets.Where(target => target.Kind != SecretKind.Vault))
            {
                var (_, problem) = await AlertTarget.Of(target, channel.BaseFolder)
                    .ReadAsync(channels.Of(channel), secrets, cancellationToken);
                await observer.WarnAsync(problem is null ? null : $"{problem.TrimEnd('.')}; no alert of this run can be sent there.");
            }
        }
    }

    /// <summary>
    /// Reports a run that was interrupted, once for each run, whatever was sent before. Never throws, and keeps no run from beginning.
    /// </summary>
    /// <param name="run">The interrupted run, as its journal has it.</param>
    /// <param name="settings">The pipeline's settings; null if it has none.</param>
    /// <param name="isResumed">Whether the run that begins now resumes it.</param>
    /// <param name="state">The state folder, with what was sent and what waits.</param>
    /// <param name="cancellationToken">Cancels the sending; a message that is kept goes out later.</param>
    public Task AfterInterruptionAsync(
        JournaledRun run, AlertSettings? settings, bool isResumed, StateFolder state, CancellationToken cancellationToken) =>
        NotifyAsync(
            settings,
            state,
            sendsPending: false,
            (channel, before) => _rules.AfterInterruption(run, settings!, isResumed, channel, before),
            cancellationToken);

    /// <summary>Reports a run. Never throws, and what becomes of the message changes nothing in the run's result.</summary>
    /// <param name="result">The run.</param>
    /// <param name="state">The state folder, with what was sent and what waits.</param>
    /// <param name="cancellationToken">Cancels the sending; a message that is kept goes out later.</param>
    public Task AfterRunAsync(RunResult result, StateFolder state, CancellationToken cancellationToken) =>
        NotifyAsync(
            result is null or { Status: RunStatus.Cancelled } ? null : result.Alerts,
            state,
            sendsPending: true,
            (channel, before) => _rules.AfterRun(result!, channel, before),
            cancellationToken);

    /// <summary>Reports an overdue run, once for each interval; else sends what has waited. Never throws.</summary>
    /// <param name="test">What a schedule test found.</param>
    /// <param name="settings">The pipeline's settings; null if it has none.</param>
    /// <param name="state">The state folder, with what was sent and what waits.</param>
    /// <param name="cancellationToken">Cancels the sending; a message that is kept goes out later.</param>
    public Task AfterTestAsync(ScheduleTestResult test, AlertSettings? settings, StateFolder state, CancellationToken cancellationToken) =>
        NotifyAsync(
            settings,
            state,
            sendsPending: true,
            (channel, before) => _rules.AfterTest(test, channel, before),
            cancellationToken);

    [SuppressMessage("Design", "CA1031", Justification = "A run must end, and give its result, whatever becomes of an alert.")]
    private async Task NotifyAsync(
        AlertSettings? settings,
        StateFolder state,
        bool sendsPending,
        Func<ChannelSettings, AlertMemory, AlertDecision> decide,
        CancellationToken cancellationToken)
    {
        if (settings is null or { Channels.Count: 0 })
        {
            return;
        }

        try
        {
            var dispatch = new AlertDispatch(channels, _sender, state, time, context, observer) { SendsPending = sendsPending };
            await dispatch.RunAsync(settings, decide, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            // A run that is stopped now does not wait for its alerts.
        }
        catch (Exception defect)
        {
            await observer.WarnAsync($"A defect of EltPs stopped an alert: {defect.GetType().Name}: {defect.Message}");
        }
    }
}
