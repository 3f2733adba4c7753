using EltPs.Engine.Definitions;
using EltPs.Engine.Errors;
using EltPs.Engine.Events;
using EltPs.Engine.Runs;
using EltPs.Engine.Scheduling;

namespace EltPs.Engine.Journal;

/// <summary>What became of each interval of a pipeline that was run as a whole. It is never pruned, as journals are.</summary>
/// <remarks>
/// A line is written when a run has ended. What a killed process kept from it, the last journal tells; if the file is lost, those that are
/// kept.
/// </remarks>
/// <param name="state">The pipeline's state folder.</param>
internal sealed class IntervalLedger(StateFolder state)
{
    private const string Extension = ".intervals.jsonl";

    private string FilePath => state.PathOf(state.PipelineFile + Extension);

    /// <summary>
    /// What is remembered of the pipeline's intervals on its connection: what ran elsewhere did not run here. Nothing is written.
    /// </summary>
    /// <exception cref="EltException"><see cref="EltErrorKind.IntervalsUnknown"/>: the ledger cannot be read.</exception>
    public IntervalHistory History(PipelineDefinition pipeline)
    {
        ArgumentNullException.ThrowIfNull(pipeline);
        try
        {
            return Read(ConnectionIdentity.Of(pipeline.Session.Connection));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new EltException(
                EltErrorKind.IntervalsUnknown,
                $"which intervals were run is not known: {exception.Message}",
                exception)
            {
                Subject = pipeline.Path,
                Consequences = ["Nothing was run."],
                Advice = [Advice.NameInterval],
            };
        }
    }

    private IntervalHistory Read(ConnectionIdentity connection)
    {
        var lines = Lines() is { } kept ? [.. kept, .. Missing(kept, new RunHistory(state).Latest())] : Rebuilt().ToList();
        return new IntervalHistory(
            from line in lines
            where connection.IsSameAs(line.Identity!) && line.ValuesHash == connection.ValuesHash
            where Enum.TryParse<RunStatus>(line.Status, out _)
            select new IntervalRun(line.Interval!.Start, line.Interval.End, Enum.Parse<RunStatus>(line.Status!)));
    }

    /// <summary>Writes down what the runs before could not: the holder of the lock does that before it begins one.</summary>
    /// <param name="latest">The last run before; null if there is none, or if its journal cannot be read.</param>
    /// <exception cref="IOException">The ledger cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The ledger may not be written.</exception>
    internal void Settle(JournaledRun? latest)
    {
        foreach (var line in Lines() is { } kept ? Missing(kept, latest) : Rebuilt())
        {
            LedgerFile.Append(state, Path.GetFileName(FilePath), line);
        }
    }

    /// <summary>Writes down how a run ended; nothing if it was for no interval, or not of the whole pipeline.</summary>
    /// <exception cref="IOException">The ledger cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The ledger may not be written.</exception>
    internal void Append(RunResult result, DateTimeOffset at)
    {
        if (IsOfInterval(result))
        {
            LedgerFile.Append(state, Path.GetFileName(FilePath), Line(result, at));
        }
    }

    // Runs do not overlap, so only the last one can be missing: it goes on, or was killed before it could write.
    private static IEnumerable<JournalLine> Missing(IReadOnlyList<JournalLine> kept, JournaledRun? latest) =>
        latest is not null && IsOfInterval(latest) && !kept.Any(line => line.RunId == latest.RunId) ? [Line(latest)] : [];

    private IEnumerable<JournalLine> Rebuilt() =>
        new RunHistory(state).Read(out _).Where(IsOfInterval).Reverse().Select(Line);

    private List<JournalLine>? Lines() =>
        LedgerFile
            .Read(state, Path.GetFileName(FilePath))
            ?.Where(line => line is { Event: JournalEvent.IntervalFinished, Interval: not null, Identity: not null })
            .ToList();

    private static bool IsOfInterval(RunRecord run) => run is { Interval: not null, IsPartial: false };

    private static JournalLine Line(JournaledRun run) => Line(run, run.LastLineAt);

    private static JournalLine Line(RunRecord run, DateTimeOffset at) => new()
    {
        Event = JournalEvent.IntervalFinished,
        At = at,
        RunId = run.RunId,
        LogicalDate = run.LogicalDate,
        Interval = run.Interval,
        Status = run.Status.ToString(),
        Identity = run.Identity,
    };
}
