using System.Management.Automation;
using EltPs.Bridge;
using EltPs.Completion;
using EltPs.Engine.Events;
using EltPs.Engine.Journal;
using EltPs.Errors;
using EltPs.Objects;
using EltPs.PipelineFiles;

namespace EltPs.Commands;

/// <summary>Lists the runs of pipeline files from their journals, the latest first. Touches no warehouse.</summary>
[Cmdlet(VerbsCommon.Get, "EltRun")]
[OutputType(typeof(EltJournaledRun))]
public sealed class GetEltRunCommand : EltCmdlet
{
    private const int MostNear = 3;
    private readonly HashSet<string> _seen = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// Pipeline files; wildcards allowed. The file itself need not be there any more. Without it, all pipelines of the current folder.
    /// </summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Path", "PSPath")]
    [ArgumentCompleter(typeof(ConfigCompleter))]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[] Config { get; set; } = [];

    /// <summary>What is piped: paths, files, or objects with a path.</summary>
    [Parameter(ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }

    /// <summary>Only so many of the runs that the other parameters choose, for each file.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int Last { get; set; } = int.MaxValue;

    /// <summary>Only runs with one of these statuses.</summary>
    [Parameter]
    public RunStatus[]? Status { get; set; }

    /// <summary>Only runs that began at that time or later.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(SinceCompleter))]
    public DateTime? Since { get; set; }

    /// <summary>Only runs with these ids; wildcards allowed.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(RunCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[]? Id { get; set; }

    /// <summary>The folder of the journal, instead of <c>.eltps</c> beside the pipeline file.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? StatePath { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (PipedInput.Refusal(InputObject) is { } refusal)
        {
            WriteError(EltErrors.InvalidInput($"Get-EltRun takes pipeline files, and this is {refusal}.", InputObject));
            return;
        }

        if (Config.Length == 0 && !MyInvocation.ExpectingInput)
        {
            ListFolder(CurrentFolder);
        }

        foreach (var config in Config)
        {
            var folder = Guard(config, () => FullPath(config));
            if (Directory.Exists(folder) && !File.Exists(folder + PipelineFileFinder.Extension))
            {
                ListFolder(folder);
                continue;
            }

            foreach (var path in Guard(config, () => Resolve(config)))
            {
                List(Guard(path, () => FullPath(path)));
            }
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        foreach (var id in (Id ?? []).Where(id => !WildcardPattern.ContainsWildcardCharacters(id) && !_seen.Contains(id)))
        {
            var near = Near(id);
            WriteError(EltErrors.Of(
                ErrorIds.RunNotFound,
                new ItemNotFoundException(
                    $"There is no run '{id}' here. "
                        + (near.Count == 0
                            ? "Name its pipeline file, or the folder of its journal with -StatePath."
                            : $"Near it: {string.Join(", ", near)}.")),
                id));
        }
    }

    // The ids that begin as this one does, as far as there are any; an id begins with the time of its run.
    private IReadOnlyList<string> Near(string id)
    {
        var known = _seen.OrderDescending(StringComparer.Ordinal).ToList();
        for (var length = id.Length; length > 0; length--)
        {
            var begin = id[..length];
            if (known.FindAll(other => other.StartsWith(begin, StringComparison.OrdinalIgnoreCase)) is { Count: > 0 } near)
            {
                return near[..Math.Min(near.Count, MostNear)];
            }
        }

        return known[..Math.Min(known.Count, MostNear)];
    }

    private void ListFolder(string folder)
    {
        var state = Guard(StatePath, () => State(Path.Combine(folder, "any"), StatePath)).FullPath;
        Write(RunHistory.ReadAll(state, out var unreadable), unreadable);
        if (!Directory.Exists(state))
        {
            WriteWarning(
                $"{state}: there is no such folder, so no journal. A run makes it; name the folder of other runs with -StatePath.");
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

        _seen.UnionWith(runs.Select(run => run.RunId));
        WriteObject(runs.Where(Matches).Take(Last).Select(run => new EltJournaledRun(run)), enumerateCollection: true);
    }

    private bool Matches(JournaledRun run) =>
        (Status is null || Status.Contains(run.Status))
        && (Since is not { } since || run.StartedAt >= new DateTimeOffset(since))
        && (Id is null || Id.Any(pattern => new WildcardPattern(pattern, WildcardOptions.IgnoreCase).IsMatch(run.RunId)));
}
