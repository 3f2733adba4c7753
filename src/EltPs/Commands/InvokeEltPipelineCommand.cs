using System.Collections;
using System.Management.Automation;

using EltPs.Alerts;
using EltPs.Bridge;
using EltPs.Completion;
using EltPs.Connections;
using EltPs.Engine.Definitions;
using EltPs.Engine.Errors;
using EltPs.Engine.Journal;
using EltPs.Engine.Runs;
using EltPs.Engine.Templates;
using EltPs.Engine.Warehouses;
using EltPs.Runs;
using EltPs.Selection;
using EltPs.Warehouses;

namespace EltPs.Commands;

/// <summary>
/// Runs pipeline files: each table is staged, checked and published before the next one begins, and the first failure stops the line; with
/// PublishTogether in the file, all tables are published or none.
/// </summary>
[Cmdlet(VerbsLifecycle.Invoke, "EltPipeline", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(RunResult))]
public sealed class InvokeEltPipelineCommand : EltCmdlet
{
    /// <summary>Pipeline files; wildcards allowed. Each is a run of its own.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Path", "PSPath")]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[] Config { get; set; } = [];

    /// <summary>The connection to use instead of the file's.</summary>
    [Parameter]
    [ConnectionTransformation]
    [ArgumentCompleter(typeof(ConnectionCompleter))]
    public ConnectionArgument? Connection { get; set; }

    /// <summary>Replaces tables at staging names that EltPs did not build.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Only tables with these names; wildcards allowed. With or without the schema.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(TableCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[]? Table { get; set; }

    /// <summary>Only tables with one of these tags (their own or their pipeline's); wildcards allowed.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(TableCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[]? Tag { get; set; }

    /// <summary>Runs what is due by the schedule and has not succeeded; nothing, successfully, if nothing is.</summary>
    [Parameter]
    public SwitchParameter Scheduled { get; set; }

    /// <summary>Runs the interval of this logical date: a day, a time in the pipeline's zone, or one with its offset.</summary>
    [Parameter]
    [DateTransformation]
    [ValidateNotNullOrEmpty]
    public string? LogicalDate { get; set; }

    /// <summary>Runs every interval from this logical date on, the oldest first.</summary>
    [Parameter]
    [DateTransformation]
    [ValidateNotNullOrEmpty]
    public string? From { get; set; }

    /// <summary>The last logical date of the range; of a day, all of it. Without it, the range goes up to now.</summary>
    [Parameter]
    [DateTransformation]
    [ValidateNotNullOrEmpty]
    public string? To { get; set; }

    /// <summary>Values for the file's Variables, by name, for this run.</summary>
    [Parameter]
    [ValidateNotNull]
    public IDictionary? Variable { get; set; }

    /// <summary>Goes on with the last run, if that did not succeed, and with what is left of its range.</summary>
    [Parameter]
    public SwitchParameter Resume { get; set; }

    /// <summary>The table to begin with, with or without the schema; those before it are skipped.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(TableCompleter))]
    [ValidateNotNullOrEmpty]
    public string? StartAt { get; set; }

    /// <summary>How long to wait for another run of the same pipeline; a number is seconds, text is hh:mm:ss.</summary>
    [Parameter]
    [DurationTransformation]
    public TimeSpan LockTimeout { get; set; }

    /// <summary>The folder of the journal, the lock and the alerts that wait, instead of <c>.eltps</c> beside the pipeline file.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? StatePath { get; set; }

    private RunArguments Arguments => new()
    {
        Resume = Resume,
        Scheduled = Scheduled,
        LogicalDate = LogicalDate,
        From = From,
        To = To,
        StartAt = StartAt,
        HasSelection = Filter.IsActive,
    };

    private TableFilter Filter => new(Table, Tag);

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        if (Arguments.Problem is { } problem)
        {
            ThrowTerminatingError(EltErrors.BadInput(ErrorIds.InvalidInput, problem));
        }
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (var config in Config)
        {
            foreach (var path in Try(config, () => Resolve(config).ToList()) ?? [])
            {
                if (Try(path, () => Read(path)) is { } pipeline)
                {
                    Run(pipeline);
                }
            }
        }
    }

    private PipelineDefinition Read(string path)
    {
        var pipeline = Resume && RunResume.Find(State(FullPath(path), StatePath)) is { } last
            ? ReadPipeline(path, Connection, last)
            : ReadPipeline(path, Connection);
        var given = Variable is null ? pipeline : VariableOverride.Apply(pipeline, VariableArgument.Pairs(Variable));
        var chosen = Filter.Apply(given);
        return (chosen.IsSelection || StartAt is not null) && chosen.PublishTogether && chosen.Tables.Count > 0 ? throw Parting(pipeline) : chosen;
    }

    private EltException Parting(PipelineDefinition pipeline)
    {
        var parameter = StartAt is not null ? "-StartAt" : "-Table and -Tag";
        return new EltException(
            EltErrorKind.InvalidInput,
            $"{pipeline.Path}: PublishTogether publishes all tables or none, and {parameter} would publish a part; run without, or take PublishTogether out of the file.");
    }

    // Several files go on after one that is not valid: it writes its error and nothing else.
    private T? Try<T>(string path, Func<T?> read)
        where T : class
    {
        try
        {
            return read();
        }
        catch (EltException failure)
        {
            WriteError(failure.ToRecord(path));
            return null;
        }
    }

    private void Run(PipelineDefinition pipeline)
    {
        if (pipeline.Tables.Count == 0)
        {
            var nothing = Filter.Describe(ReadPipeline(pipeline.Path, Connection));
            WriteWarning(nothing);
            WriteObject(RunResult.Nothing(pipeline, nothing, Time));
            return;
        }

        try
        {
            var start = StartAt is null ? null : TableFilter.FindOne(pipeline, "-StartAt", StartAt);
            var options = new RunOptions { Force = Force, StartAt = start, IsPartial = pipeline.IsSelection || start is not null };
            if (IsWhatIf)
            {
                ShowPlan(pipeline, options);
            }
            else
            {
                Run(pipeline, options);
            }
        }
        catch (EltException failure)
        {
            // No run, so no result; the other files go on.
            WriteError(failure.ToRecord(pipeline.Path));
        }
    }

    private void Run(PipelineDefinition pipeline, RunOptions options)
    {
        var state = State(pipeline.Path, StatePath);
        _ = Await(pipeline.Name, async (observer, pump, cancellationToken) =>
        {
            using var alerts = RunAlerts.For(pipeline, Time, observer, state);
            await (alerts?.BeforeRunAsync(cancellationToken) ?? Task.CompletedTask).ConfigureAwait(false);
            var runner = new JournaledRunner(Provider(pipeline), Time, observer, state)
            {
                Interrupted = alerts is null ? null : alerts.AfterInterruptionAsync,
                Ended = alerts is null ? null : alerts.AfterRunAsync,
                Finished = result => pump.InvokeAsync(() => Write(result)),
            };
            var request = new RunRequest
            {
                Choice = Arguments.Choice,
                Options = options with
                {
                    Confirm = ShowsSql ? (plan, _) => new ValueTask<bool>(pump.InvokeAsync(() => Ask(plan))) : null,
                    ConfirmTogether = ShowsSql ? (plan, _) => new ValueTask<bool>(pump.InvokeAsync(() => Ask(plan, pipeline))) : null,
                },
                Resume = Resume,
                LockTimeout = LockTimeout,
            };
            return await runner.RunAsync(pipeline, request, cancellationToken).ConfigureAwait(false);
        });

        if (Stopping)
        {
            // A stopped pipeline can be given nothing any more.
            throw new PipelineStoppedException();
        }
    }

    private bool Write(RunResult result)
    {
        WriteObject(result);
        if (!result.IsSuccess)
        {
            var failure = result.Error ?? new EltException(
                EltErrorKind.Cancelled,
                result.FailedTable is { } declined
                    ? $"{result.Pipeline}: {declined} was declined; it and the tables behind it were left as they were."
                    : $"{result.Pipeline}: the run was declined; all tables were left as they were.");
            WriteError(failure.ToRecord(result));
        }

        return result.IsSuccess;
    }

    private void ShowPlan(PipelineDefinition pipeline, RunOptions options)
    {
        var state = State(pipeline.Path, StatePath);
        var runs = Resume ? null : Arguments.Choice.Choose(pipeline, () => new IntervalLedger(state).History(pipeline), Time.GetUtcNow());
        if (Resume)
        {
            if (RunResume.Find(state) is not { } last)
            {
                WriteWarning($"{pipeline.Name}: there is no run to resume.");
                return;
            }

            options = RunResume.Continue(options, last);
            pipeline = RunResume.Restore(pipeline, last);
            runs = RunResume.Rest(pipeline, last, Time.GetUtcNow());
        }

        if (runs is not { Dates: [var first, ..] })
        {
            WriteWarning($"{pipeline.Name}: {runs?.Message ?? "nothing is left of its range."}");
            return;
        }

        foreach (var date in runs.Dates.Where(date => date.Interval is not null))
        {
            _ = ShouldProcess($"Run {pipeline.Name} for the interval {date.Interval}", $"Run {pipeline.Name} for the interval {date.Interval}?", pipeline.Name);
        }

        // With the values of the first one; the statements of the others differ in nothing else.
        ShowStatements(pipeline, options.For(first));
    }

    private void ShowStatements(PipelineDefinition pipeline, RunOptions options)
    {
        var plans = Await(pipeline.Name, async (observer, _, cancellationToken) =>
            await new PipelineRunner(Provider(pipeline), Time, observer).PlanAsync(pipeline, options, cancellationToken).ConfigureAwait(false));
        if (plans.Prepare.Statements.Count > 0)
        {
            _ = ShouldProcess(plans.Prepare.ToString(), "Make the sources readable?", pipeline.Name);
        }

        foreach (var plan in plans.Tables)
        {
            _ = Ask(plan);
        }

        if (plans.Together is { } together)
        {
            _ = Ask(together, pipeline);
        }
    }

    private bool Ask(TogetherPlan plan, PipelineDefinition pipeline) =>
        ShouldProcess(plan.ToString(), $"Build all {pipeline.Tables.Count} tables, and publish them together?", pipeline.Name);

    private bool Ask(TablePlan plan) =>
        ShouldProcess(plan.ToString(), $"Build and publish {plan.Definition.Name}?", plan.Definition.Pipeline ?? "Pipeline");

    private static IWarehouseProvider Provider(PipelineDefinition pipeline) => WarehouseLoader.Registry.Find(pipeline.Session.Connection.Type)!;
}
