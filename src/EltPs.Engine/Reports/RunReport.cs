using EltPs.Engine.Events;

namespace EltPs.Engine.Reports;

/// <summary>What became of all pipeline files of one invocation.</summary>
/// <param name="Runs">The runs, in the order in which they ended.</param>
/// <param name="Refusals">The files that had no run, in the order in which they were met.</param>
public sealed record RunReport(IReadOnlyList<ReportedRun> Runs, IReadOnlyList<ReportedRefusal> Refusals)
{
    // From the best to the worst. An outcome that nobody knows is worse than one that failed: it has to be looked at.
    private static readonly RunStatus[] FromBestToWorst =
    [
        RunStatus.NothingToDo,
        RunStatus.Succeeded,
        RunStatus.Cancelled,
        RunStatus.Failed,
        RunStatus.Unknown,
    ];

    /// <summary>The worst status of them; a file that had no run counts as failed, or as cancelled if that is why.</summary>
    public RunStatus Status => Runs.Select(run => run.Status)
        .Concat(Refusals.Select(refusal => refusal.IsCancellation ? RunStatus.Cancelled : RunStatus.Failed))
        .DefaultIfEmpty(RunStatus.NothingToDo)
        .MaxBy(status => Array.IndexOf(FromBestToWorst, status));
}
