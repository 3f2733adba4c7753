using System.Collections.Concurrent;
using EltPs.Engine.Events;

namespace EltPs.Tests.DuckDb;

/// <summary>Keeps what it sees.</summary>
internal sealed class TraceObserver : IRunObserver
{
    private readonly ConcurrentQueue<RunEvent> _events = new();

    public IEnumerable<RunEvent> Events => _events;

    /// <summary>The statements that were accepted, in order.</summary>
    public IEnumerable<string> Statements =>
        _events.OfType<StatementFinished>().Where(statement => statement.Succeeded).Select(statement => statement.Sql);

    /// <summary>Called with each event, while the statement waits.</summary>
    public Func<RunEvent, CancellationToken, ValueTask>? OnEvent { get; set; }

    public ValueTask OnEventAsync(RunEvent runEvent, CancellationToken cancellationToken)
    {
        _events.Enqueue(runEvent);
        return OnEvent?.Invoke(runEvent, cancellationToken) ?? ValueTask.CompletedTask;
    }

    public void Clear() => _events.Clear();
}
