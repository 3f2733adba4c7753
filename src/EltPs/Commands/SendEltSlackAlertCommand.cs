using System.Management.Automation;
using EltPs.Alerts;
using EltPs.Bridge;
using EltPs.Completion;
using EltPs.Engine.Alerts;
using EltPs.Engine.Definitions;
using EltPs.Engine.Errors;
using EltPs.Engine.Events;
using EltPs.Engine.Journal;
using EltPs.Engine.Runs;
using EltPs.Errors;
using EltPs.Loading;
using EltPs.Objects;

namespace EltPs.Commands;

/// <summary>Sends a run, an error or a text to Slack; or sends what could not be delivered before.</summary>
[Cmdlet(
    VerbsCommunications.Send,
    "EltSlackAlert",
    DefaultParameterSetName = ByObject,
    SupportsShouldProcess = true,
    ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(EltAlertDelivery))]
public sealed class SendEltSlackAlertCommand : EltCmdlet
{
    private const string ByObject = "Object";
    private const string ByMessage = "Message";
    private const string ByPending = "Pending";

    /// <summary>A run of Invoke-EltPipeline or Get-EltRun, a judgement of Test-EltSchedule, an error, or text.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = ByObject)]
    public PSObject? InputObject { get; set; }

    /// <summary>The text to send.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = ByMessage)]
    [ValidateNotNullOrEmpty]
    public string Message { get; set; } = string.Empty;

    /// <summary>Sends what waits in the outbox.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ByPending)]
    public SwitchParameter Pending { get; set; }

    /// <summary>The webhooks: references, or addresses as text or as secure strings.</summary>
    [Parameter]
    [WebhookTransformation]
    [ArgumentCompleter(typeof(WebhookCompleter))]
    public WebhookArgument[]? Webhook { get; set; }

    /// <summary>The pipeline file whose webhooks and outbox to use.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(ConfigCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Config { get; set; }

    /// <summary>The state folder whose outbox to use, instead of the one beside the pipeline file.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? StatePath { get; set; }

    /// <summary>Who is mentioned, besides those whom the pipeline file names.</summary>
    [Parameter(ParameterSetName = ByObject)]
    [Parameter(ParameterSetName = ByMessage)]
    public string[] Mention { get; set; } = [];

    /// <summary>Writes what became of each message.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        try
        {
            if (Pending)
            {
                SendPending();
                return;
            }

            var value = RunPicture.Find(InputObject) ?? EltObject.Unwrap(InputObject) ?? Message;
            if (AlertInput.Of(value, AlertPlace.Context, SettingsOf) is not { } input)
            {
                WriteError(
                    EltErrors.InvalidInput(
                        $"Send-EltSlackAlert takes a run of Invoke-EltPipeline or Get-EltRun, a judgement of Test-EltSchedule, an error, "
                            + $"or text that is not blank; not {Describe(value)}.",
                        EltObjects.Of(value)));
                return;
            }

            Send(input, value);
        }
        catch (EltException failure)
        {
            WriteError(failure.ToRecord(Config));
        }
    }

    private void Send(AlertInput input, object value)
    {
        var settings = Config is null ? input.Settings : ReadPipeline(Config, null).Alerts;
        if (Mentions() is not { } mentions || Targets(settings) is not { } targets)
        {
            return;
        }

        var channel = new SlackChannel { Mentions = mentions };
        var places = targets.Count == 0 ? "no webhook, because none is set" : string.Join(", ", targets);
        var payload = AlertChannels.Format(channel, input.Alert, AlertPlace.Context);
        if (!ShouldProcess($"Sending to {places}:\n{payload.Json}", "Send this alert?", "Slack"))
        {
            return;
        }

        if (targets.Count == 0)
        {
            WriteError(
                EltErrors.Of(
                    ErrorIds.WebhookMissing,
                    new ArgumentException(
                        $"Which webhook? Give -Webhook 'env:NAME', 'file:PATH' or 'secret:VAULT/NAME', set Alerts in the pipeline file, or "
                            + $"set {AlertTargets.DefaultVariable}."),
                    EltObjects.Of(value)));
            return;
        }

        var state =
            Config is null && StatePath is null && input.State is { } own
                ? own
                : StateOf(settings?.PipelinePath ?? (value as RunResult)?.Path);
        var outbox = state is null ? null : new AlertOutbox(state, Time);
        Write(outbox, Await("Slack", value, (observer, _, cancellationToken) => SendAsync(observer, async sender =>
        {
            var draft = await sender.KeepAsync(channel, input.Alert, targets, outbox);
            return await sender.SendAsync([draft], outbox, TimeSpan.MaxValue, cancellationToken);
        })));
    }

    private void SendPending()
    {
        var outbox = new AlertOutbox(State(ResolveOne(Config) is { } path ? FullPath(path) : null, StatePath), Time);
        if (Targets(null) is not { } targets
            || !ShouldProcess($"Sending what waits in {outbox.Folder} (alerts: {outbox.Files().Count})", "Send what waits?", "Slack"))
        {
            return;
        }

        if (Webhook?.Length > 1)
        {
            WriteError(
                EltErrors.Of(
                    ErrorIds.InvalidWebhook,
                    new ArgumentException("-Webhook: with -Pending, one webhook replaces those of the waiting alerts; name one.")));
            return;
        }

        Write(
            outbox,
            Await("Slack", outbox.Folder, (observer, _, cancellationToken) =>
                SendAsync(observer, sender =>
                    sender.SendPendingAsync(
                        outbox,
                        Webhook is null ? null : (SlackChannel.Name, targets[0]),
                        TimeSpan.MaxValue,
                        cancellationToken))));
    }

    private static async Task<IReadOnlyList<AlertDelivery>> SendAsync(
        IRunObserver observer,
        Func<AlertSender, Task<IReadOnlyList<AlertDelivery>>> work)
    {
        using var client = new WebhookClient(Time);
        return await work(
            new AlertSender(AlertChannels.Default, client, WarehouseLoader.Registry.Secrets, Time, AlertPlace.Context, observer));
    }

    private void Write(AlertOutbox? outbox, IReadOnlyList<AlertDelivery> deliveries)
    {
        foreach (var delivery in deliveries)
        {
            var shown = new EltAlertDelivery(delivery);
            var text = delivery.Describe(outbox?.Folder).In(CmdletWording.Instance);
            if (delivery.Status == AlertDeliveryStatus.Delivered)
            {
                WriteVerbose(text);
            }
            else
            {
                WriteError(EltErrors.Of(
                    delivery.IsTargetMissing ? ErrorIds.WebhookMissing : ErrorIds.AlertNotDelivered,
                    new InvalidOperationException(text),
                    shown));
            }

            if (PassThru)
            {
                WriteObject(shown);
            }
        }
    }

    // The file may be gone, or have mistakes by now: what is in its journal can be sent all the same, to the webhook of -Webhook.
    private AlertSettings? SettingsOf(string pipelinePath)
    {
        if (Config is not null)
        {
            return ReadPipeline(Config, null).Alerts;
        }

        try
        {
            return ReadPipeline(pipelinePath, null).Alerts;
        }
        catch (EltException failure)
            when (failure.Kind
                is EltErrorKind.InvalidPipelineFile
                    or EltErrorKind.PipelineFileMissing
                    or EltErrorKind.UnknownConnection
                    or EltErrorKind.InvalidConnection)
        {
            WriteWarning($"The webhooks of the run's pipeline are not known: {failure.Message}");
            return null;
        }
    }

    // Null after an error; none if none is named.
    private List<AlertTarget>? Targets(AlertSettings? settings)
    {
        var targets = AlertTargets.Find(Webhook, settings, CurrentFolder, out var problem);
        if (targets is null)
        {
            WriteError(EltErrors.Of(ErrorIds.InvalidWebhook, new ArgumentException($"-Webhook: {problem}.")));
        }

        return targets;
    }

    private List<SlackMention>? Mentions()
    {
        var mentions = new List<SlackMention>();
        foreach (var text in Mention)
        {
            if (!SlackMention.TryParse(text, out var mention))
            {
                WriteError(EltErrors.InvalidInput($"'{text}' is not a mention; {SlackMention.Advice}"));
                return null;
            }

            mentions.Add(mention);
        }

        return mentions;
    }

    // Without a pipeline and without a named folder, nothing is left behind in the current folder, whichever that is.
    private StateFolder? StateOf(string? pipelinePath) =>
        pipelinePath is not null || StateChoice.Of(StatePath) is not null ? State(pipelinePath, StatePath) : null;

    private static string Describe(object value) => value is string ? "blank text" : $"a {value.GetType().Name}";
}
