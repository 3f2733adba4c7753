using EltPs.Engine.Events;

namespace EltPs.Engine.Journal;

/// <summary>Tells what an undo of a run has to take back.</summary>
internal static class RunUndo
{
    /// <summary>
    /// The tables that the run published, or perhaps published, backwards: a later table may have been built from an earlier one.
    /// </summary>
    public static IReadOnlyList<JournaledTable> Tables(JournaledRun run)
    {
        ArgumentNullException.ThrowIfNull(run);

        // Without an end the step under way may have taken effect; an end tells of each table what became of it.
        var hasNoEnd = run.Status is RunStatus.Interrupted or RunStatus.Running;
        return
        [
            .. run.Tables
                .Where(table => table.Status is TableStatus.Published or TableStatus.Unknown || (hasNoEnd && table.Step == EltStep.Publish))
                .Reverse(),
        ];
    }
}
