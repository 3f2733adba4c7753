using System.Management.Automation;

using EltPs.Bridge;
using EltPs.Completion;
using EltPs.Objects;

namespace EltPs.Commands;

/// <summary>
/// Runs pipeline files: each table is staged, checked and published before the next one begins, and the first failure stops the line; with
/// PublishTogether in the file, all tables are published or none.
/// </summary>
[Cmdlet(VerbsLifecycle.Invoke, "EltPipeline", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(EltRunResult))]
public sealed partial class InvokeEltPipelineCommand : PipelineSqlCommand
{
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

    /// <summary>The file to which the results of all runs are written, as JSON.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? ResultPath { get; set; }

    /// <summary>The file to which the results of all runs are written, as JUnit's XML.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? JUnitPath { get; set; }
}
