using System.Management.Automation;
using EltPs.Bridge;
using EltPs.Completion;
using EltPs.Objects;
using EltPs.Runs;

namespace EltPs.Commands;

/// <summary>
/// Runs pipeline files: each table is staged, checked and published before the next one begins, and the first failure stops the line; with
/// PublishTogether in the file, all tables are published or none.
/// </summary>
[Cmdlet(
    VerbsLifecycle.Invoke,
    "EltPipeline",
    DefaultParameterSetName = Latest,
    SupportsShouldProcess = true,
    ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(EltRunResult))]
public sealed partial class InvokeEltPipelineCommand : PipelineSqlCommand
{
    private const string Latest = "Latest";
    private const string ByScheduled = "Scheduled";
    private const string ByLogicalDate = "LogicalDate";
    private const string ByFrom = "From";
    private const string ByResume = "Resume";
    private readonly RunParameters _given = new();

    /// <summary>Replaces tables at staging names that EltPs did not build.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Only tables with these names; wildcards allowed. With or without the schema.</summary>
    [Parameter(ParameterSetName = Latest)]
    [Parameter(ParameterSetName = ByLogicalDate)]
    [Parameter(ParameterSetName = ByFrom)]
    [ArgumentCompleter(typeof(TableCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[]? Table
    {
        get;
        set
        {
            field = value;
            _given.Give(nameof(Table));
        }
    }

    /// <summary>Only tables with one of these tags (their own or their pipeline's); wildcards allowed.</summary>
    [Parameter(ParameterSetName = Latest)]
    [Parameter(ParameterSetName = ByLogicalDate)]
    [Parameter(ParameterSetName = ByFrom)]
    [ArgumentCompleter(typeof(TableCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[]? Tag
    {
        get;
        set
        {
            field = value;
            _given.Give(nameof(Tag));
        }
    }

    /// <summary>Runs what is due by the schedule and has not succeeded; nothing, successfully, if nothing is.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ByScheduled)]
    public SwitchParameter Scheduled
    {
        get;
        set
        {
            field = value;
            if (value)
            {
                _given.Give(nameof(Scheduled));
            }
        }
    }

    /// <summary>Runs the interval of this logical date: a day, a time in the pipeline's zone, or one with its offset.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ByLogicalDate)]
    [ArgumentCompleter(typeof(IntervalCompleter))]
    [DateTransformation]
    [ValidateNotNullOrEmpty]
    public string? LogicalDate
    {
        get;
        set
        {
            field = value;
            _given.Give(nameof(LogicalDate));
        }
    }

    /// <summary>Runs every interval from this logical date on, the oldest first.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ByFrom)]
    [ArgumentCompleter(typeof(IntervalCompleter))]
    [DateTransformation]
    [ValidateNotNullOrEmpty]
    public string? From
    {
        get;
        set
        {
            field = value;
            _given.Give(nameof(From));
        }
    }

    /// <summary>The last logical date of the range; of a day, all of it. Without it, the range goes up to now.</summary>
    [Parameter(ParameterSetName = ByFrom)]
    [ArgumentCompleter(typeof(IntervalCompleter))]
    [DateTransformation]
    [ValidateNotNullOrEmpty]
    public string? To
    {
        get;
        set
        {
            field = value;
            _given.Give(nameof(To));
        }
    }

    /// <summary>Goes on with the last run, if that did not succeed, and with what is left of its range.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ByResume)]
    public SwitchParameter Resume
    {
        get;
        set
        {
            field = value;
            if (value)
            {
                _given.Give(nameof(Resume));
            }
        }
    }

    /// <summary>The table to begin with, with or without the schema; those before it are skipped.</summary>
    [Parameter(ParameterSetName = Latest)]
    [Parameter(ParameterSetName = ByLogicalDate)]
    [ArgumentCompleter(typeof(TableCompleter))]
    [ValidateNotNullOrEmpty]
    public string? StartAt
    {
        get;
        set
        {
            field = value;
            _given.Give(nameof(StartAt));
        }
    }

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

    /// <summary>Ends the host when all files are done, with the exit code of the worst one.</summary>
    [Parameter]
    public SwitchParameter Exit { get; set; }
}
