using System.Globalization;
using EltPs.Engine.Events;

namespace EltPs.Engine.Journal;

/// <summary>The runs of a pipeline whose journals are kept.</summary>
/// <param name="state">Where they are.</param>
internal sealed class RunHistory(StateFolder state)
{
    /// <summary>How many journals of a pipeline are kept.</summary>
    public const int Kept = 100;

    // As the system compares the names of files.
    private static readonly StringComparer Names = OperatingSystem.IsWindows() ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal;

    /// <summary>All runs, the latest first, in the order in which they began whatever the clock said. Nothing is written.</summary>
    /// <param name="problems">The journals that cannot be read, of whichever pipeline.</param>
    public IReadOnlyList<JournaledRun> Read(out IReadOnlyList<JournalProblem> problems) => Sorted(Load(state, IsOfPipeline, out problems));

    /// <summary>The runs of all pipelines of a state folder, the latest first. Nothing is written.</summary>
    /// <param name="folder">The state folder's absolute path.</param>
    /// <param name="problems">The journals that cannot be read.</param>
    public static IReadOnlyList<JournaledRun> ReadAll(string folder, out IReadOnlyList<JournalProblem> problems)
    {
        // The name that every state folder needs; which one it is is only of interest to a single pipeline.
        var any = StateFolder.For(System.IO.Path.Combine(folder, "any"), folder);
        return
        [
            .. Load(any, static _ => true, out problems)
                .GroupBy(run => FileName(run.Path), Names)
                .SelectMany(pipeline =>
                    new RunHistory(StateFolder.For(System.IO.Path.Combine(folder, pipeline.Key), folder)).Sorted([.. pipeline]))
                .OrderByDescending(run => run.StartedAt),
        ];
    }

    /// <summary>
    /// The last run; null if there is none, or if its journal cannot be read. Of the others only the first lines are read.
    /// </summary>
    internal JournaledRun? Latest()
    {
        if (Headers().MaxBy(header => header.Sequence) is not { } header)
        {
            return null;
        }

        var lines = JournalReader.Read(header.Path, out var problem);
        return problem is null ? Judge([RunFold.Fold(header.Path, lines)]).Single() : null;
    }

    internal IEnumerable<JournalHeader> Headers() =>
        from path in Files(state)
        let first = JournalReader.First(path)
        where first is not null && IsOfPipeline(first)
        select new JournalHeader(path, first.Sequence ?? 0);

    /// <summary>
    /// Deletes the oldest journals of the pipeline, so that with the one of a new run as many are there as are kept; never one that cannot
    /// be read, or that somebody has open.
    /// </summary>
    /// <param name="headers">The journals that there were before the run.</param>
    internal static void Prune(IEnumerable<JournalHeader> headers)
    {
        foreach (var header in headers.OrderByDescending(header => header.Sequence).Skip(Kept - 1))
        {
            try
            {
                File.Delete(header.Path);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                // Somebody has it open. One journal too many is no reason to be without that of the run; the next run tries again.
            }
        }
    }

    // Each journal of the folder is read once.
    private static List<JournaledRun> Load(StateFolder state, Predicate<JournalLine> isWanted, out IReadOnlyList<JournalProblem> problems)
    {
        var found = new List<JournaledRun>();
        var unreadable = new List<JournalProblem>();
        foreach (var path in Files(state))
        {
            var lines = JournalReader.Read(path, out var problem);
            if (problem is { Message.Length: > 0 })
            {
                unreadable.Add(problem);
            }
            else if (problem is null && isWanted(lines[0]))
            {
                found.Add(RunFold.Fold(path, lines));
            }
        }

        problems = unreadable;
        return found;
    }

    private IReadOnlyList<JournaledRun> Sorted(List<JournaledRun> runs) =>
        [.. Judge(runs).OrderByDescending(run => run.Sequence).ThenByDescending(run => run.RunId, StringComparer.Ordinal)];

    // Without an end a run goes on, if it is the one that holds the lock; else its process is gone.
    private IEnumerable<JournaledRun> Judge(List<JournaledRun> runs)
    {
        var holder = runs.Exists(run => run.Status == RunStatus.Running) ? PipelineLock.Holder(state) : null;
        return runs.Select(run => run.Status == RunStatus.Running && holder?.RunId != run.RunId
            ? run with { Status = RunStatus.Interrupted, Message = Interrupted(run) }
            : run);
    }

    private static string Interrupted(JournaledRun run)
    {
        var where = run.OpenTable is { } table
            ? $" in step {table.Step.ToString()!.ToLowerInvariant()} of {table.Table}"
            : string.Empty;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"Its process ({run.ProcessId} on {run.Host}) ended without saying how{where}. It wrote the last line of its journal at "
                + $"{run.LastLineAt.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC.");
    }

    // Of either system: a folder may be shared.
    private static string FileName(string path) => path[(path.LastIndexOfAny(['/', '\\']) + 1)..];

    private bool IsOfPipeline(JournalLine first) => Names.Equals(FileName(first.Path!), state.PipelineFile);

    private static string[] Files(StateFolder state)
    {
        var folder = state.PathOf(JournalFile.FolderName);
        try
        {
            return Directory.Exists(folder) ? Directory.GetFiles(folder, "*" + JournalFile.Extension) : [];
        }
        catch (UnauthorizedAccessException)
        {
            return [];
        }
    }
}

/// <summary>What is known of a journal from its first line.</summary>
/// <param name="Path">The journal's file.</param>
/// <param name="Sequence">Its run's place among the runs of the pipeline.</param>
internal sealed record JournalHeader(string Path, long Sequence);
