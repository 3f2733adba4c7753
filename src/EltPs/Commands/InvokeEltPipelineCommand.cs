using System.Management.Automation;

using EltPs.Alerts;
using EltPs.Bridge;
using EltPs.Completion;
using EltPs.Connections;
using EltPs.Engine.Definitions;
using EltPs.Engine.Errors;
using EltPs.Engine.Journal;
using EltPs.Engine.Names;
using EltPs.Engine.Runs;
using EltPs.Engine.Warehouses;
using EltPs.Reports;
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
    private RunReports? _reports;

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

    /// <summary>Goes on with the last run, if that did not succeed.</summary>
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

    /// <summary>The file to which the results of all runs are written, as JSON.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? ResultPath { get; set; }

    /// <summary>The file to which the results of all runs are written, as JUnit's XML.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? JUnitPath { get; set; }

    private RunReports Reports => _reports!;

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        var isPlan = IsWhatIf;
        _reports = RunReports.Open(isPlan ? null : ResultPath, isPlan ? null : JUnitPath, Time, FullPath, out var problem);
        if (problem is not null)
        {
            _reports = null;
            ThrowTerminatingError(problem);
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        foreach (var problem in Reports.Write())
        {
            WriteError(problem);
        }
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        // Where the pipeline was stopped, or an error ended it. Nobody can be told any more what goes wrong here.
        _ = _reports?.Write();
        base.Dispose(disposing);
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (var config in Config)
        {
            foreach (var path in Try(config, () => Resolve(config).ToList()) ?? [])
            {
                if (Try(path, () => Read(path)) is { } pipeline && FindStart(pipeline, out var start))
                {
                    Run(pipeline, start);
                }
            }
        }
    }

    private PipelineDefinition Read(string path) =>
        Resume && RunResume.Find(State(FullPath(path), StatePath)) is { } last
            ? ReadPipeline(path, Connection, last)
            : ReadPipeline(path, Connection);

    private bool FindStart(PipelineDefinition pipeline, out TableName? start)
    {
        start = null;
        if (StartAt is null)
        {
            return true;
        }

        if (Resume)
        {
            Refuse(pipeline.Path, EltErrors.BadInput(ErrorIds.InvalidInput, "-Resume finds the table to begin with by itself; give it or -StartAt, not both.", StartAt));
            return false;
        }

        if (pipeline.PublishTogether)
        {
            Refuse(pipeline.Path, EltErrors.BadInput(
                ErrorIds.InvalidInput,
                $"{pipeline.Path}: PublishTogether publishes all tables or none, and -StartAt would publish a part; run without -StartAt, or take PublishTogether out of the file.",
                StartAt));
            return false;
        }

        var names = pipeline.Tables.Select(table => table.Name).ToList();
        start = names.Find(name => Is(name.ToString(), StartAt));
        var inSchemas = start is null ? names.FindAll(name => Is(name.Table.Text, StartAt)) : [];
        if (inSchemas.Count > 1)
        {
            Refuse(pipeline.Path, EltErrors.BadInput(
                ErrorIds.InvalidInput,
                $"{pipeline.Path}: several tables are named '{StartAt}': {string.Join(", ", inSchemas.Take(20))}. Give -StartAt the schema too.",
                StartAt));
            return false;
        }

        start ??= inSchemas.FirstOrDefault();
        if (start is null)
        {
            Refuse(pipeline.Path, new ErrorRecord(
                new ItemNotFoundException($"{pipeline.Path}: no table is named '{StartAt}'; it lists {string.Join(", ", pipeline.Tables.Take(20))}."),
                ErrorIds.TableNotFound,
                ErrorCategory.ObjectNotFound,
                StartAt));
        }

        return start is not null;
    }

    private static bool Is(string name, string word) => string.Equals(name, word, StringComparison.OrdinalIgnoreCase);

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
            Refuse(path, failure.ToRecord(path));
            return null;
        }
    }

    // A file that had no run: it has its place in the results too.
    private void Refuse(string path, ErrorRecord error)
    {
        Reports.Add(path, error);
        WriteError(error);
    }

    private void Run(PipelineDefinition pipeline, TableName? start)
    {
        var provider = WarehouseLoader.Registry.Find(pipeline.Session.Connection.Type)!;
        if (IsWhatIf)
        {
            ShowPlan(pipeline, provider, start);
            return;
        }

        EltException? refusal = null;
        var state = State(pipeline.Path, StatePath);
        var result = Await(pipeline.Name, pipeline, Reports.Keep(pipeline, async (observer, pump, cancellationToken) =>
        {
            using var alerts = RunAlerts.For(pipeline, Time, observer, state);
            await (alerts?.BeforeRunAsync(cancellationToken) ?? Task.CompletedTask).ConfigureAwait(false);
            var options = new RunOptions
            {
                Force = Force,
                StartAt = start,
                Confirm = ShowsSql ? (plan, _) => new ValueTask<bool>(pump.InvokeAsync(() => Ask(plan))) : null,
                ConfirmTogether = ShowsSql ? (plan, _) => new ValueTask<bool>(pump.InvokeAsync(() => Ask(plan, pipeline))) : null,
            };
            try
            {
                var runner = new JournaledRunner(provider, Time, observer, state)
                {
                    Interrupted = alerts is null ? null : alerts.AfterInterruptionAsync,
                    Ended = alerts is null ? null : alerts.AfterRunAsync,
                };
                return await runner.RunAsync(pipeline, options, Resume, LockTimeout, cancellationToken).ConfigureAwait(false);
            }
            catch (EltException failure) when (failure.Kind is EltErrorKind.RunHeld or EltErrorKind.ResumeRefused)
            {
                // No run, so no result; the other files go on.
                refusal = failure;
                return null;
            }
        }));

        if (Stopping)
        {
            // A stopped pipeline can be given nothing any more.
            throw new PipelineStoppedException();
        }

        if (result is null)
        {
            Refuse(pipeline.Path, refusal!.ToRecord(pipeline.Path));
            return;
        }

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
    }

    private void ShowPlan(PipelineDefinition pipeline, IWarehouseProvider provider, TableName? start)
    {
        var options = new RunOptions { Force = Force, StartAt = start };
        if (Resume)
        {
            var last = Try(pipeline.Path, () => RunResume.Find(State(pipeline.Path, StatePath)));
            if (last is null)
            {
                WriteWarning($"{pipeline.Name}: there is no run to resume.");
                return;
            }

            options = RunResume.Continue(options, last);
        }

        var plans = Await(pipeline.Name, pipeline, async (observer, _, cancellationToken) =>
        {
            var runner = new PipelineRunner(provider, Time, observer);
            return await runner.PlanAsync(pipeline, options, cancellationToken).ConfigureAwait(false);
        });
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
}
