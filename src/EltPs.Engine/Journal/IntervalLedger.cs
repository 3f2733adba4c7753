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
public sealed class IntervalLedger(StateFolder state)
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
            return Read(pipeline.Session.Connection);
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

    private IntervalHistory Read(ConnectionDefinition connection)
    {
        var lines = Lines() is { } kept ? [.. kept, .. Missing(kept, new RunHistory(state).Latest())] : Rebuilt().ToList();
        return new IntervalHistory(
            from line in lines
            where
                RunResume.IsSameConnection(connection, line.Connection!, line.ConnectionType!, line.Database)
                && line.ValuesHash == connection.ValuesHash
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
    internal void Append(RunResult result, PipelineDefinition pipeline, bool isPartial, DateTimeOffset at)
    {
        if (!isPartial && result.Interval is { } interval)
        {
            var connection = pipeline.Session.Connection;
            LedgerFile.Append(state, Path.GetFileName(FilePath), new JournalLine
            {
                Event = JournalEvent.IntervalFinished,
                At = at,
                RunId = result.RunId,
                LogicalDate = result.LogicalDate,
                Interval = interval,
                Status = result.Status.ToString(),
                Connection = connection.Name,
                ConnectionType = connection.Type,
                Database = RunResume.AdHocFile(connection),
                ValuesHash = connection.ValuesHash,
            });
        }
    }

    // Runs do not overlap, so only the last one can be missing: it goes on, or was killed before it could write.
    private static IEnumerable<JournalLine> Missing(IReadOnlyList<JournalLine> kept, JournaledRun? latest) =>
        latest is { Interval: not null, IsPartial: false } last && !kept.Any(line => line.RunId == last.RunId) ? [Line(last)] : [];

    private IEnumerable<JournalLine> Rebuilt() =>
        new RunHistory(state).Read(out _).Where(run => run is { Interval: not null, IsPartial: false }).Reverse().Select(Line);

    private List<JournalLine>? Lines() =>
        LedgerFile
            .Read(state, Path.GetFileName(FilePath))
            ?.Where(line =>
                line is { Event: JournalEvent.IntervalFinished, Interval: not null, Connection: not null, ConnectionType: not null })
            .ToList();

    private static JournalLine Line(JournaledRun run) => new()
    {
        Event = JournalEvent.IntervalFinished,
        At = run.LastLineAt,
        RunId = run.RunId,
        LogicalDate = run.LogicalDate,
        Interval = run.Interval,
        Status = run.Status.ToString(),
        Connection = run.ConnectionName,
        ConnectionType = run.ConnectionType,
        Database = run.DatabaseFile,
        ValuesHash = run.ConnectionHash,
    };
}
