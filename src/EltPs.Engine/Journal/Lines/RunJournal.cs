using System.Diagnostics.CodeAnalysis;
using EltPs.Engine.Events;
using EltPs.Engine.Runs;

namespace EltPs.Engine.Journal;

/// <summary>
/// Writes down what an observer sees of a run, before it sees it. Whatever keeps it from that is one warning, and the run goes on.
/// </summary>
internal sealed class RunJournal : IRunObserver, IDisposable
{
    private readonly IRunObserver _observer;
    private readonly StateFolder _state;
    private readonly TimeProvider _time;
    private readonly Dictionary<string, string> _generations = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long> _rows = new(StringComparer.Ordinal);
    private readonly PipelineLock? _lock;
    private RunStarted? _run;
    private JournalFile? _file;
    private HashSet<string>? _listed;
    private IReadOnlyDictionary<string, long>? _rowsBefore;
    private bool _isIncomplete;

    /// <summary>Makes a journal of one run; nothing is written before it begins.</summary>
    /// <param name="observer">Who sees what happens, besides the journal.</param>
    /// <param name="state">Where it is kept.</param>
    /// <param name="time">The clock.</param>
    /// <param name="held">The lock, which is told the run; null if it could not be taken because the folder cannot be written, of which
    /// somebody has been warned.</param>
    internal RunJournal(IRunObserver observer, StateFolder state, TimeProvider time, PipelineLock? held)
    {
        _lock = held;
        _isIncomplete = held is null;
        _observer = observer;
        _state = state;
        _time = time;
    }

    /// <summary>The journal's file, as an absolute path; null if it could not be begun, so that the run cannot be resumed.</summary>
    internal string? FilePath { get; private set; }

    /// <inheritdoc/>
    [SuppressMessage(
        "Design",
        "CA1031",
        Justification = "A limit of the file system is an ArgumentException to .NET; whatever it is, notes must not end the run.")]
    public async ValueTask OnEventAsync(RunEvent runEvent, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(runEvent);
        try
        {
            Write(runEvent);
        }
        catch (Exception exception)
        {
            if (!_isIncomplete)
            {
                _isIncomplete = true;
                var warning = $"The journal of this run in {_state} is not complete: {exception.Message} The run continues. "
                    + "If it fails, a resume may build tables again that it has published.";
                await _observer.OnEventAsync(new MessageRaised(MessageLevel.Warning, warning), cancellationToken);
            }
        }

        await _observer.OnEventAsync(runEvent is TablePublished published ? WithRowsBefore(published) : runEvent, cancellationToken);
    }

    /// <summary>Closes the file.</summary>
    public void Dispose() => _file?.Dispose();

    private void Write(RunEvent runEvent)
    {
        switch (runEvent)
        {
            case RunStarted started:
                _run = started;
                Open(started);
                break;
            case RunFinished finished:
                Finish(finished.Result);
                break;
            default:
                // The ledger names generations and rows of earlier events, also of those that the journal could not write.
                Remember(runEvent);
                try
                {
                    if (!_isIncomplete && JournalLines.Of(runEvent, _time.GetUtcNow()) is { } line)
                    {
                        _file?.Write(line);
                    }
                }
                finally
                {
                    Publish(runEvent);
                }

                break;
        }
    }

    private void Open(RunStarted started)
    {
        _lock?.Name(started.RunId);
        if (_isIncomplete)
        {
            return;
        }

        var earlier = new RunHistory(_state).Headers().ToList();
        _file = new JournalFile(_state, started.RunId);
        _file.Write(JournalLines.Of(started, earlier.Select(header => header.Sequence).DefaultIfEmpty().Max() + 1));
        _file.Write(JournalLines.TablesOf(started), toDisk: true);
        FilePath = _file.FilePath;
        RunHistory.Prune(earlier);
    }

    private void Finish(RunResult result)
    {
        if (_isIncomplete)
        {
            _file?.EndCutLine();
        }

        _file?.Write(JournalLines.Of(result, _time.GetUtcNow(), withTables: _isIncomplete), toDisk: true);
    }

    // Only a table that replaces a generation of EltPs' own has a number that was counted.
    private TablePublished WithRowsBefore(TablePublished published)
    {
        if (!Guid.TryParse(published.Table.Replaced, out _))
        {
            return published;
        }

        try
        {
            _rowsBefore ??= PublishLedger.LatestRows(_state, _run?.Pipeline.Tables.Count ?? 1);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            _rowsBefore = new Dictionary<string, long>();
        }

        return _rowsBefore.TryGetValue(published.Table.Replaced, out var rows) ? published with { RowsBefore = rows } : published;
    }

    private void Remember(RunEvent runEvent)
    {
        switch (runEvent)
        {
            case GenerationAssigned assigned:
                _generations[assigned.Table.ToString()] = assigned.Generation;
                break;
            case TableUpToDate { Generation: { } generation } table:
                _generations[table.Table.ToString()] = generation;
                if (table.Rows is { } counted)
                {
                    _rows[table.Table.ToString()] = counted;
                }

                break;
            case StepFinished { Rows: { } rows, Table: { } table }:
                _rows[table.ToString()] = rows;
                break;
        }
    }

    private void Publish(RunEvent runEvent)
    {
        if (_lock is null)
        {
            return;
        }

        if (runEvent is StepFinished { Step: EltStep.Publish, Table: { } published })
        {
            PublishLedger.Append(_state, Ledger(published.ToString()));
        }
        else if (_run?.ResumedFrom is not null
            && runEvent is TableUpToDate { Status: TableStatus.UpToDate, Generation: { } generation } table)
        {
            // The run that published it may have died before it could say so, or never got the warehouse's answer.
            _listed ??= PublishLedger.Generations(_state);
            if (_listed.Add(generation))
            {
                PublishLedger.Append(_state, Ledger(table.Table.ToString()));
            }
        }
    }

    private JournalLine Ledger(string table) => new()
    {
        Event = JournalEvent.Published,
        At = _time.GetUtcNow(),
        Pipeline = _run!.Pipeline.Name,
        RunId = _run.RunId,
        LogicalDate = _run.Date?.LogicalDate,
        Interval = _run.Date?.Interval,
        Connection = _run.Pipeline.Session.Connection.Name,
        ConnectionType = _run.Pipeline.Session.Connection.Type,
        Table = table,
        Generation = _generations.GetValueOrDefault(table),
        Rows = _rows.TryGetValue(table, out var rows) ? rows : null,
    };
}
