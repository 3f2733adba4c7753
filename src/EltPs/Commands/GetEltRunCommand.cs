using System.Management.Automation;
using EltPs.Bridge;
using EltPs.Completion;
using EltPs.Engine.Events;
using EltPs.Engine.Journal;
using EltPs.Objects;

namespace EltPs.Commands;

/// <summary>Lists the runs of pipeline files from their journals, the latest first. Touches no warehouse.</summary>
[Cmdlet(VerbsCommon.Get, "EltRun")]
[OutputType(typeof(EltJournaledRun))]
public sealed class GetEltRunCommand : EltCmdlet
{
    /// <summary>
    /// Pipeline files; wildcards allowed. The file itself need not be there any more. Without it, all pipelines of the current folder.
    /// </summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Path", "PSPath")]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[] Config { get; set; } = [];

    /// <summary>Only so many of the runs that the other parameters choose, for each file.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int Last { get; set; } = int.MaxValue;

    /// <summary>Only runs with one of these statuses.</summary>
    [Parameter]
    public RunStatus[]? Status { get; set; }

    /// <summary>Only runs that began at that time or later.</summary>
    [Parameter]
    public DateTime? Since { get; set; }

    /// <summary>Only runs with these ids; wildcards allowed.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(RunCompleter))]
    [SupportsWildcards]
    public string[]? Id { get; set; }

    /// <summary>The folder of the journal, instead of <c>.eltps</c> beside the pipeline file.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? StatePath { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (Config.Length == 0)
        {
            var folder = Guard(StatePath, () => State(pipelinePath: null, StatePath)).FullPath;
            Write(RunHistory.ReadAll(folder, out var unreadable), unreadable);
            if (!Directory.Exists(folder))
            {
                WriteWarning(
                    $"{folder}: there is no such folder, so no journal. A run makes it; name the folder of other runs with -StatePath.");
            }
        }

        foreach (var config in Config)
        {
            foreach (var path in Guard(config, () => Resolve(config).ToList()))
            {
                List(Guard(path, () => FullPath(path)));
            }
        }
    }

    private void List(string path)
    {
        var state = Guard(path, () => State(path, StatePath));
        var runs = new RunHistory(state).Read(out var problems);
        Write(runs, problems);
        if (runs.Count == 0 && !File.Exists(path))
        {
            // Most likely a name that is misspelt, which otherwise looks like a pipeline that never ran.
            WriteWarning(
                $"{path}: there is no such file, and no journal of it in {state}. Check the name, or name the folder of its journals with "
                    + "-StatePath.");
        }
    }

    private void Write(IReadOnlyList<JournaledRun> runs, IReadOnlyList<JournalProblem> problems)
    {
        foreach (var problem in problems)
        {
            WriteWarning(problem.Message);
        }

        WriteObject(runs.Where(Matches).Take(Last).Select(run => new EltJournaledRun(run)), enumerateCollection: true);
    }

    private bool Matches(JournaledRun run) =>
        (Status is null || Status.Contains(run.Status))
        && (Since is not { } since || run.StartedAt >= new DateTimeOffset(since))
        && (Id is null || Id.Any(pattern => new WildcardPattern(pattern, WildcardOptions.IgnoreCase).IsMatch(run.RunId)));
}
