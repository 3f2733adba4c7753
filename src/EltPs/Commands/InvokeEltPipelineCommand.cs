using System.Management.Automation;

using EltPs.Alerts;
using EltPs.Bridge;
using EltPs.Completion;
using EltPs.Connections;
using EltPs.Engine.Alerts;
using EltPs.Engine.Definitions;
using EltPs.Engine.Errors;
using EltPs.Engine.Runs;
using EltPs.Engine.Warehouses;
using EltPs.Warehouses;

namespace EltPs.Commands;

/// <summary>Runs pipeline files: each table is staged, checked and published before the next one begins; the first failure stops the line.</summary>
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

    /// <summary>The folder of the runs' state, instead of <c>.eltps</c> beside the pipeline file.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? StatePath { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (var config in Config)
        {
            foreach (var path in Try(config, () => Resolve(config).ToList()) ?? [])
            {
                if (Try(path, () => ReadPipeline(path, Connection)) is { } pipeline)
                {
                    Run(pipeline);
                }
            }
        }
    }

    // Several files go on after one that is not valid: it writes its error and nothing else.
    private T? Try<T>(string path, Func<T> read)
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
        var provider = WarehouseLoader.Registry.Find(pipeline.Session.Connection.Type)!;
        if (IsWhatIf)
        {
            ShowPlan(pipeline, provider);
            return;
        }

        var state = State(pipeline.Path, StatePath);
        var result = Await(pipeline.Name, pipeline, async (observer, pump, cancellationToken) =>
        {
            using var slack = new SlackClient(Time);
            var alerter = new Alerter(slack, WarehouseLoader.Registry.Secrets, Time, observer, AlertPlace.Context(StatePath));
            await alerter.BeforeRunAsync(pipeline.Alerts, cancellationToken).ConfigureAwait(false);
            var options = new RunOptions
            {
                Force = Force,
                Confirm = ShowsSql ? (plan, _) => new ValueTask<bool>(pump.InvokeAsync(() => Ask(plan))) : null,
            };
            var ended = await new PipelineRunner(provider, Time, observer).RunAsync(pipeline, options, cancellationToken).ConfigureAwait(false);
            await alerter.AfterRunAsync(ended, state, cancellationToken).ConfigureAwait(false);
            return ended;
        });

        if (Stopping)
        {
            // A stopped pipeline can be given nothing any more.
            throw new PipelineStoppedException();
        }

        WriteObject(result);
        if (!result.IsSuccess)
        {
            var failure = result.Error ?? new EltException(
                EltErrorKind.Cancelled, $"{result.Pipeline}: {result.FailedTable} was declined; it and the tables behind it were left as they were.");
            WriteError(failure.ToRecord(result));
        }
    }

    private void ShowPlan(PipelineDefinition pipeline, IWarehouseProvider provider)
    {
        var plans = Await(pipeline.Name, pipeline, async (observer, _, cancellationToken) =>
        {
            var runner = new PipelineRunner(provider, Time, observer);
            return await runner.PlanAsync(pipeline, new RunOptions { Force = Force }, cancellationToken).ConfigureAwait(false);
        });
        if (plans.Prepare.Statements.Count > 0)
        {
            _ = ShouldProcess(plans.Prepare.ToString(), "Make the sources readable?", pipeline.Name);
        }

        foreach (var plan in plans.Tables)
        {
            _ = Ask(plan);
        }
    }

    private bool Ask(TablePlan plan) =>
        ShouldProcess(plan.ToString(), $"Build and publish {plan.Definition.Name}?", plan.Definition.Pipeline ?? "Pipeline");
}
