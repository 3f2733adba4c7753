using EltPs.Engine.Definitions;
using EltPs.Engine.Errors;
using EltPs.Engine.Events;
using EltPs.Engine.Steps;

namespace EltPs.Engine.Runs;

/// <summary>Keeps, while a run goes on, what its result will say.</summary>
internal sealed class RunRecorder
{
    private readonly PipelineDefinition _pipeline;
    private readonly RunOptions _options;
    private readonly TimeProvider _time;
    private readonly DateTimeOffset _startedAt;
    private readonly long _started;
    private readonly TableResult[] _tables;
    private int _current = -1;
    private EltStep _step = EltStep.Prepare;
    private RunStatus _status;
    private EltException? _error;

    public RunRecorder(PipelineDefinition pipeline, RunOptions options, TimeProvider time)
    {
        _options = options;
        _pipeline = pipeline;
        _time = time;
        _startedAt = time.GetUtcNow();
        _started = time.GetTimestamp();
        _tables = [.. pipeline.Tables.Select(table => new TableResult(table))];
        _status = _tables.Length == 0 ? RunStatus.NothingToDo : RunStatus.Succeeded;
        RunId = Events.RunId.New(time);
    }

    public string RunId { get; }

    public RunStarted Start() => new(RunId, _pipeline, _startedAt)
    {
        ResumedFrom = _options.Resume?.RunId,
        Date = _options.Date,
        RangeEnd = _options.RangeEnd,
        IsPartial = _options.IsPartial,
    };

    /// <summary>A table that is not built.</summary>
    public TableUpToDate Pass(int index, TableStatus status, string? generation, long? rows)
    {
        _tables[index] = _tables[index] with { Status = status, Generation = generation, Rows = rows };
        return new TableUpToDate(_tables[index].Table, status, generation) { Rows = rows };
    }

    public TableStarted Begin(int index)
    {
        _step = EltStep.Stage;
        return Enter(index);
    }

    /// <summary>The line comes back to a table that is checked, to publish it.</summary>
    public TableStarted Return(int index)
    {
        _step = EltStep.Publish;
        return Enter(index);
    }

    /// <summary>The line does something that concerns all tables, when each of them is swapped.</summary>
    public void Leave()
    {
        _current = -1;
        _step = EltStep.Publish;
    }

    public void Attempt(int attempt)
    {
        _step = EltStep.Stage;
        Update(table => new TableResult(table.Definition) { Attempts = attempt, FailedAttempts = table.FailedAttempts });
    }

    /// <summary>An attempt that another one follows.</summary>
    public void AttemptFailed(FailedAttempt failed) =>
        Update(table => table with { FailedAttempts = table.FailedAttempts.Append(failed).ToArray() });

    public void Staged(StagedTable staged)
    {
        _step = EltStep.Check;
        Update(table => table with { Generation = staged.Generation, StageTime = staged.StageTime });
    }

    public void Verified(VerifiedTable verified)
    {
        _step = EltStep.Publish;
        Update(table => table with { Rows = verified.Rows, CheckTime = verified.CheckTime });
    }

    public void Published(PublishedTable published) =>
        Update(table => table with { Status = TableStatus.Published, PublishTime = published.PublishTime });

    /// <summary>A table was swapped into place and is put back.</summary>
    public void Returned(int index) =>
        _tables[index] = _tables[index] with
        {
            Message = $"published and put back, because {Current?.Table} failed; what is published is what was",
        };

    /// <summary>A table may be published without the others: it could not be put back.</summary>
    public void Unreturned(int index, string reason) =>
        _tables[index] = _tables[index] with
        {
            Status = TableStatus.Unknown,
            FailedStep = EltStep.Publish,
            Message = $"could not be put back: {reason}",
        };

    /// <summary>What stopped the table that the line is at, where something else stops the run.</summary>
    public void StopTable(Exception failure)
    {
        if (Current is { Status: TableStatus.Skipped })
        {
            var status = failure is OperationCanceledException or EltException { Kind: EltErrorKind.Cancelled }
                ? TableStatus.Cancelled
                : TableStatus.Failed;
            var message = (failure as EltException)?.In(_options.Wording).Message ?? failure.Message;
            Update(table => table with { Status = status, FailedStep = _step, Message = message });
        }
    }

    public void Cancelled()
    {
        _status = RunStatus.Cancelled;
        Stop(TableStatus.Cancelled, "cancelled");
    }

    public void Failed(EltException failure)
    {
        _error = failure = failure.In(_options.Wording);
        (_status, var table) = failure.Kind switch
        {
            EltErrorKind.Unknown => (RunStatus.Unknown, TableStatus.Unknown),
            EltErrorKind.Cancelled => (RunStatus.Cancelled, TableStatus.Cancelled),
            _ => (RunStatus.Failed, TableStatus.Failed),
        };
        Stop(table, failure.Message);
    }

    /// <summary>The tables that were built and checked, and that the end of the run keeps from being published.</summary>
    public IEnumerable<TableNotPublished> NotPublished() =>
        _tables
            .Where(table => _pipeline.PublishTogether && table is { Rows: not null, Status: not TableStatus.Published, Message: not null })
            .Select(table => new TableNotPublished(table.Table, table.Status, table.Message!));

    public RunResult ToResult()
    {
        var failed = _status is RunStatus.Succeeded or RunStatus.NothingToDo ? null : Current;
        return new RunResult(ConnectionIdentity.Of(_pipeline.Session.Connection))
        {
            RunId = RunId,
            Pipeline = _pipeline.Name,
            Path = _pipeline.Path,
            ResumedFrom = _options.Resume?.RunId,
            LogicalDate = _options.Date?.LogicalDate,
            Interval = _options.Date?.Interval,
            RangeEnd = _options.RangeEnd,
            IsPartial = _options.IsPartial,
            Variables = _pipeline.GivenVariables.ToDictionary(
                name => name,
                name => _pipeline.Variables[name],
                StringComparer.OrdinalIgnoreCase),
            Status = _status,
            StartedAt = _startedAt,
            Duration = _time.GetElapsedTime(_started),
            Tables = _tables,
            Error = _error,
            Alerts = _pipeline.Alerts,
            FailedTable = failed?.Table,
            FailedStep = failed?.FailedStep ?? (_error is null ? null : _step),
        };
    }

    // The table that the line is at, unless it is done with it.
    private TableResult? Current =>
        _current >= 0 && _tables[_current].Status != TableStatus.Published ? _tables[_current] : null;

    private void Stop(TableStatus status, string message)
    {
        if (Current is { Status: TableStatus.Skipped })
        {
            Update(table => table with { Status = status, FailedStep = _step, Message = message });
        }

        // Only where tables are published together is another one checked and not published.
        var reason =
            $"built and checked, but not published, because {Current?.Table.ToString() ?? "the commit"} "
                + $"{(status == TableStatus.Cancelled ? "was cancelled" : "failed")}";
        for (var index = 0; index < _tables.Length; index++)
        {
            if (_tables[index] is { Status: TableStatus.Skipped, Rows: not null, Message: null })
            {
                _tables[index] = _tables[index] with { Message = reason };
            }
        }
    }

    private TableStarted Enter(int index)
    {
        _current = index;
        return new TableStarted(_tables[index].Table, index + 1, _tables.Length);
    }

    private void Update(Func<TableResult, TableResult> change) => _tables[_current] = change(_tables[_current]);
}
