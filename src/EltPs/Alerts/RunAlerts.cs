using EltPs.Engine.Alerts;
using EltPs.Engine.Definitions;
using EltPs.Engine.Events;
using EltPs.Engine.Journal;
using EltPs.Engine.Runs;
using EltPs.Loading;

namespace EltPs.Alerts;

/// <summary>The alerts of one run. A run without any loads nothing that sends.</summary>
internal sealed class RunAlerts : IDisposable
{
    private readonly WebhookClient _client;
    private readonly Alerter _alerter;
    private readonly AlertSettings _settings;
    private readonly StateFolder _state;

    private RunAlerts(AlertSettings settings, TimeProvider time, IRunObserver observer, StateFolder state)
    {
        _state = state;
        _settings = settings;
        _client = new WebhookClient(time);
        _alerter = new Alerter(AlertChannels.Default, _client, WarehouseLoader.Registry.Secrets, time, observer, AlertPlace.Context);
    }

    /// <summary>The alerts that the pipeline wants; null for none.</summary>
    /// <param name="pipeline">The pipeline.</param>
    /// <param name="time">The clock.</param>
    /// <param name="observer">Receives warnings of what could not be delivered.</param>
    /// <param name="state">The state folder, with what was sent and what waits.</param>
    public static RunAlerts? For(PipelineDefinition pipeline, TimeProvider time, IRunObserver observer, StateFolder state) =>
        pipeline.Alerts is { Channels.Count: > 0 } settings ? new RunAlerts(settings, time, observer, state) : null;

    /// <inheritdoc cref="Alerter.BeforeRunAsync"/>
    public Task BeforeRunAsync(CancellationToken cancellationToken) => _alerter.BeforeRunAsync(_settings, cancellationToken);

    /// <inheritdoc cref="Alerter.AfterInterruptionAsync"/>
    public Task AfterInterruptionAsync(JournaledRun run, bool isResumed, CancellationToken cancellationToken) =>
        _alerter.AfterInterruptionAsync(run, _settings, isResumed, _state, cancellationToken);

    /// <inheritdoc cref="Alerter.AfterRunAsync"/>
    public Task AfterRunAsync(RunResult result, CancellationToken cancellationToken) =>
        _alerter.AfterRunAsync(result, _state, cancellationToken);

    /// <inheritdoc cref="Alerter.AfterTestAsync"/>
    public Task AfterTestAsync(ScheduleTestResult test, CancellationToken cancellationToken) =>
        _alerter.AfterTestAsync(test, _settings, _state, cancellationToken);

    /// <inheritdoc/>
    public void Dispose() => _client.Dispose();
}
