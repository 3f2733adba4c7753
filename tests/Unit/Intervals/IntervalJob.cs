using System.Globalization;
using System.Text.Json;
using EltPs.Engine.Alerts;
using EltPs.Engine.Definitions;
using EltPs.Engine.Events;
using EltPs.Engine.Journal;
using EltPs.Engine.PipelineFiles;
using EltPs.Engine.Runs;
using EltPs.Engine.Scheduling;
using EltPs.Loading;
using EltPs.PipelineFiles;
using EltPs.Tests.Cmdlets;
using EltPs.Tests.DuckDb;
using EltPs.Tests.Support;
using Xunit;

namespace EltPs.Tests.Intervals;

/// <summary>
/// A pipeline of one table whose rows tell for which interval it was built, run by the engine on a real database at moments that a test
/// sets.
/// </summary>
/// <param name="keys">The schedule's keys, such as <c>Schedule = '@daily'; Catchup = $true</c>.</param>
/// <param name="now">The first moment; UTC if it has no offset.</param>
internal sealed class IntervalJob(string keys, string now) : IDisposable
{
    public const string Sql = "SELECT '{{ ds }}' AS ds, {{ data_interval_end }} AS until";

    public Job Job { get; } = new Job("; " + keys, [("t", Sql)]);

    public SetClock Clock { get; } = new SetClock(At(now));

    /// <summary>What the runs warned of.</summary>
    public List<string> Warnings { get; } = [];

    /// <summary>The intervals that succeeded, in the order of the ledger, as their logical dates.</summary>
    public IReadOnlyList<string> Ledger =>
    [
        .. Lines("job.psd1.intervals.jsonl")
                .Select(line =>
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"{line.GetProperty("logicalDate").GetDateTimeOffset():MM-dd} {line.GetProperty("status")}")),
    ];

    /// <summary>The day whose rows are published.</summary>
    public string Published => Job.Database.Rows("SELECT ds FROM analytics.t").Single();

    /// <summary>Starts the pipeline at a moment.</summary>
    /// <returns>For each run its logical date and its status; of a start without a run, why there was none.</returns>
    public async Task<IReadOnlyList<string>> StartAsync(
        RunChoice choice,
        string? now = null,
        bool resume = false,
        Func<PipelineDefinition, PipelineDefinition>? change = null,
        CancellationToken? token = null)
    {
        Clock.Now = now is null ? Clock.Now : At(now);
        var pipeline = Load();
        var results = new List<RunResult>();
        var observer = new WarningObserver(Warnings);
        var runner = new JournaledRunner(TestDatabase.Provider, Clock, observer, Job.State)
        {
            Finished = result =>
            {
                results.Add(result);
                return Task.CompletedTask;
            },
        };
        pipeline = change is null ? pipeline : change(pipeline);
        var request = new RunRequest { Choice = choice, Resume = resume, Options = new RunOptions { IsPartial = pipeline.IsSelection } };
        var last = await runner.RunAsync(pipeline, request, token ?? TestContext.Current.CancellationToken);
        Assert.Same(results[^1], last);
        return [.. results.Select(Text)];
    }

    public PipelineDefinition Load()
    {
        var path = Path.Combine(Job.Folder, "job.psd1");
        return PipelineFileLoader.Load(new PipelineFileContext(path, path, WarehouseLoader.Registry, AlertChannels.Default.Keys));
    }

    /// <summary>The lines of a ledger.</summary>
    public IReadOnlyList<JsonElement> Lines(string name) =>
        File.Exists(Job.State.PathOf(name))
            ? [.. File.ReadAllLines(Job.State.PathOf(name)).Select(line => JsonDocument.Parse(line).RootElement)]
            : [];

    public void Dispose() => Job.Dispose();

    public static DateTimeOffset At(string moment) =>
        DateTimeOffset.Parse(moment, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    private static string Text(RunResult result) => result.Status == RunStatus.NothingToDo
        ? result.Message!
        : string.Create(CultureInfo.InvariantCulture, $"{result.LogicalDate:MM-dd} {result.Status}");

    private sealed class WarningObserver(List<string> warnings) : IRunObserver
    {
        public ValueTask OnEventAsync(RunEvent runEvent, CancellationToken cancellationToken)
        {
            if (runEvent is MessageRaised { Level: MessageLevel.Warning } message)
            {
                warnings.Add(message.Text);
            }

            return ValueTask.CompletedTask;
        }
    }
}
