using EltPs.Engine.Errors;
using EltPs.Engine.Events;
using EltPs.Engine.Runs;

namespace EltPs.Engine.Reports;

/// <summary>What became of all pipeline files of one invocation, as the result files say it.</summary>
/// <remarks>
/// Made of the runs' results and not of their journals: those may be incomplete where the disk was full, and of a long backfill only the
/// last ones are kept.
/// </remarks>
/// <param name="Runs">The runs, in the order in which they ended.</param>
/// <param name="Refusals">The files that had no run, in the order in which they were met.</param>
/// <param name="ErrorId">The id of an error's kind, as PowerShell shows it.</param>
internal sealed record RunReport(
    IReadOnlyList<RunResult> Runs,
    IReadOnlyList<ReportedRefusal> Refusals,
    Func<EltErrorKind, string> ErrorId)
{
    // From the best to the worst. An outcome that is not known is worse than one that failed: it has to be looked at.
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

    /// <summary>What stopped a run, a cancel included; null if nothing did.</summary>
    internal static EltException? ErrorOf(RunResult run) => run.IsSuccess ? null : run.Error ?? new EltException(
        EltErrorKind.Cancelled,
        $"the run was cancelled or declined{(run.FailedTable is { } table ? $" at {table}" : string.Empty)}.")
    {
        Subject = run.Pipeline,
        Consequences = ["What it had not published by then is as it was."],
    };

    /// <summary>The id of what went wrong with a table; null if nothing did.</summary>
    internal string? ErrorIdOf(TableResult table, RunResult run) => table.Status switch
    {
        // Of tables that are published together several may end badly, each in its own way, and the run has the error of one of them.
        TableStatus.Failed => ErrorId(run.Error?.Kind ?? EltErrorKind.Cancelled),
        TableStatus.Cancelled => ErrorId(EltErrorKind.Cancelled),
        TableStatus.Unknown => ErrorId(EltErrorKind.Unknown),
        _ => null,
    };
}
