using EltPs.Engine.Alerts;
using EltPs.Engine.Definitions;
using EltPs.Engine.Events;
using EltPs.Engine.Journal;
using EltPs.Engine.Runs;
using EltPs.Tests.DuckDb;
using EltPs.Tests.Support;
using Xunit;

namespace EltPs.Tests.Alerts;

/// <summary>A daily pipeline on DuckDB, whose clock stands at 03:00, and somebody who looks whether it runs.</summary>
internal sealed class LateScene : IAsyncDisposable
{
    private IReadOnlyList<JournalProblem> _problems = [];

    public AlertScene Scene { get; } = new();

    public SkippingClock Clock => Scene.Clock;

    public ChannelSettings Slack { get; set; } = new(SlackChannel.Name, [], string.Empty);

    public TimeSpan Grace { get; set; } = TimeSpan.FromHours(1);

    /// <summary>The SQL of the first of the two tables.</summary>
    public string Sql { get; set; } = "SELECT 1 AS n";

    public ScheduleDefinition Schedule { get; set; } = new("@daily", null, null, false);

    public IReadOnlyList<JournalProblem> Problems => _problems;

    public LateScene() => Slack = Scene.Slack;

    /// <summary>The beginnings of what arrived, up to the first colon.</summary>
    public IReadOnlyList<string> Titles => [.. Scene.Texts.Select(text => text.Split(':')[0])];

    public PipelineDefinition Pipeline(string connection = ConnectionDefinition.EmbeddedName)
    {
        var session = new SessionSettings(ConnectionDefinition.Embedded($"{connection}.duckdb", Scene.Folder, connection), "UTC", []);
        return new PipelineDefinition
        {
            Name = "mau",
            Path = Path.Combine(Scene.Folder, "mau.psd1"),
            Session = session,
            Schedule = Schedule,
            Alerts = new AlertSettings(Path.Combine(Scene.Folder, "mau.psd1"), [Slack]),
            Tables =
            [
                new TableDefinition { Name = TestDatabase.Name("analytics.t"), Sql = Sql, Session = session },
                new TableDefinition { Name = TestDatabase.Name("analytics.u"), Sql = "SELECT 2 AS n", Session = session },
            ],
        };
    }

    /// <summary>Runs it for the latest interval that is over, and tells of it as a run does.</summary>
    public Task<RunResult> RunAsync(bool fails = false) => RunAsync(Pipeline(), fails);

    public async Task<RunResult> RunAsync(
        PipelineDefinition pipeline,
        bool fails = false,
        RunRequest? request = null,
        IRunObserver? observer = null)
    {
        if (fails)
        {
            pipeline = pipeline with
            {
                Tables = [pipeline.Tables[0] with { Sql = "SELECT 1 AS n WHERE false" }, .. pipeline.Tables.Skip(1)],
            };
        }

        var runner = new JournaledRunner(TestDatabase.Provider, Clock, observer ?? SilentObserver.Instance, Scene.State)
        {
            Interrupted = (run, isResumed, _) => Scene.FindDeadAsync(run, Slack, isResumed),
            Ended = (result, _) => Scene.TellAsync(result),
        };
        return await runner.RunAsync(pipeline, request ?? new RunRequest(), TestContext.Current.CancellationToken);
    }

    /// <summary>
    /// Runs it and cuts its journal, and the line of the ledger off, as a kill while its first table was built would have.
    /// </summary>
    public async Task<string> DieAsync()
    {
        var ledger = Scene.State.PathOf("mau.psd1.intervals.jsonl");
        var before = File.Exists(ledger) ? File.ReadAllText(ledger) : null;
        var alerts = Slack;
        Slack = Slack with { On = [] };
        var result = await RunAsync();
        Slack = alerts;
        File.WriteAllLines(
            result.JournalPath!,
            File.ReadAllLines(result.JournalPath!)
                .TakeWhile(line =>
                    !(line.Contains("stepFinished", StringComparison.Ordinal) && line.Contains("Stage", StringComparison.Ordinal))));
        if (before is null)
        {
            File.Delete(ledger);
        }
        else
        {
            File.WriteAllText(ledger, before);
        }

        return result.RunId;
    }

    public ScheduleTestResult Look(PipelineDefinition? pipeline = null, StateFolder? state = null) =>
        ScheduleTest.Look(pipeline ?? Pipeline(), state ?? Scene.State, Clock.GetUtcNow(), Grace, out _problems);

    /// <summary>Looks, and tells if it is late.</summary>
    public async Task<ScheduleTestResult> AlertAsync()
    {
        var look = Look();
        await Scene.LookAsync(look, Slack);
        return look;
    }

    /// <summary>Moves the clock to a time of 2026.</summary>
    public void At(string time)
    {
        var until = DateTimeOffset.Parse($"2026-{time}Z", System.Globalization.CultureInfo.InvariantCulture) - Clock.GetUtcNow();
        Assert.True(until >= TimeSpan.Zero, $"It is later than {time} already: {Clock.GetUtcNow():u}");
        Clock.Advance(until);
    }

    public ValueTask DisposeAsync() => Scene.DisposeAsync();
}
