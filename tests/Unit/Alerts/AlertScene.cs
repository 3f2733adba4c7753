using EltPs.Engine.Alerts;
using EltPs.Engine.Definitions;
using EltPs.Engine.Events;
using EltPs.Engine.Journal;
using EltPs.Engine.Runs;
using EltPs.Engine.Secrets;
using EltPs.Errors;
using EltPs.Tests.Support;
using EltPs.Warehouses;
using Xunit;

namespace EltPs.Tests.Alerts;

/// <summary>A pipeline's state folder, a webhook that its settings refer to, and what the alerter says.</summary>
internal sealed class AlertScene : IAsyncDisposable, IRunObserver
{
    private readonly TemporaryFolder? _temporary;
    private readonly string _folder;
    private readonly WebhookClient _client;
    private readonly List<string> _warnings = [];

    public AlertScene()
        : this(new TemporaryFolder("a [job]"))
    {
        File.WriteAllText(Path.Combine(Folder, "webhook.txt"), Server.Address + "\n");
    }

    /// <summary>Another run in the folder of a scene, whose clock begins anew.</summary>
    public AlertScene(string folder)
    {
        _folder = folder;
        _client = new WebhookClient(Clock);
        State = StateFolder.For(Path.Combine(folder, "mau.psd1"), null);
        Outbox = new AlertOutbox(State, Clock);
    }

    private AlertScene(TemporaryFolder folder)
        : this(folder.Path) => _temporary = folder;

    public SlackServer Server { get; } = new();

    public SkippingClock Clock { get; } = new();

    public StateFolder State { get; }

    public AlertOutbox Outbox { get; }

    public ChannelSettings Slack => Results.Slack(_folder);

    public string Folder => _folder;

    public IReadOnlyList<string> Warnings => _warnings;

    /// <summary>The texts that notifications showed, of all that arrived.</summary>
    public IReadOnlyList<string> Texts =>
        [.. Server.Bodies.Select(body => System.Text.Json.Nodes.JsonNode.Parse(body)!["text"]!.GetValue<string>())];

    /// <summary>The files of the outbox, by their names without the random part.</summary>
    public IReadOnlyList<string> Waiting => [.. Outbox.Files().Select(file => Path.GetFileName(file)[..20] + Path.GetFileName(file)[28..])];

    public AlertContext Context { get; set; } = Results.Context;

    public Task TellAsync(RunResult result) => TellUntilAsync(result, TestContext.Current.CancellationToken);

    /// <summary>The same, stopped by the test.</summary>
    public async Task TellUntilAsync(RunResult result, CancellationToken cancellationToken)
    {
        await new Alerter(AlertChannels.Default, _client, new WarehouseRegistry().Secrets, Clock, this, Context).AfterRunAsync(result, State, cancellationToken);
        AssertHoldsNoSecret();
    }

    /// <summary>Tells of a run that a later one found dead.</summary>
    public Task FindDeadAsync(JournaledRun run, ChannelSettings slack, bool isResumed) =>
        new Alerter(AlertChannels.Default, _client, new WarehouseRegistry().Secrets, Clock, this, Context).AfterInterruptionAsync(
            run,
            new AlertSettings(run.Path, [slack]),
            isResumed,
            State,
            TestContext.Current.CancellationToken);

    /// <summary>Tells what somebody found who looked whether a run is late.</summary>
    public async Task LookAsync(ScheduleTestResult look, ChannelSettings slack)
    {
        await new Alerter(AlertChannels.Default, _client, new WarehouseRegistry().Secrets, Clock, this, Context)
            .AfterTestAsync(look, new AlertSettings(look.Path, [slack]), State, TestContext.Current.CancellationToken);
        AssertHoldsNoSecret();
    }

    public Task BeginAsync(ChannelSettings slack) => new Alerter(AlertChannels.Default, _client, new WarehouseRegistry().Secrets, Clock, this, Context)
        .BeforeRunAsync(new AlertSettings(Path.Combine(_folder, "mau.psd1"), [slack]), TestContext.Current.CancellationToken);

    public Task<IReadOnlyList<AlertDelivery>> SendPendingAsync() =>
        new AlertSender(AlertChannels.Default, _client, new WarehouseRegistry().Secrets, Clock, Context, this)
            .SendPendingAsync(Outbox, null, TimeSpan.MaxValue, TestContext.Current.CancellationToken);

    /// <summary>A message that is to wait, written now.</summary>
    public WaitingAlert Message(string text) =>
        new(
            SlackChannel.Name,
            SlackMessage.Of(AlertOf.Text(text, Results.Context), []),
            new SecretReference(SecretKind.File, "webhook.txt"),
            _folder,
            Clock.GetUtcNow());

    public ValueTask OnEventAsync(RunEvent runEvent, CancellationToken cancellationToken)
    {
        _warnings.Add(Assert.IsType<MessageRaised>(runEvent).In(CmdletWording.Instance));
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        _client.Dispose();
        _temporary?.Dispose();
    }

    private void AssertHoldsNoSecret()
    {
        // Nobody can read the lock of a run that goes on.
        var files = Directory.Exists(State.FullPath)
            ? Directory
                .EnumerateFiles(State.FullPath, "*", SearchOption.AllDirectories)
                .Where(path => !path.EndsWith(".lock", StringComparison.Ordinal))
                .Select(File.ReadAllText)
            : [];
        Assert.All([.. files, .. _warnings, .. Server.Bodies], text => Assert.DoesNotContain("s3cr3t", text, StringComparison.Ordinal));
    }
}
