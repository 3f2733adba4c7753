using EltPs.Engine.Events;

namespace EltPs.Bench;

/// <summary>Writes down the statements of a run in their order, as they were sent.</summary>
internal sealed class StatementTrace : IRunObserver
{
    private readonly List<string> _statements = [];

    public IReadOnlyList<string> Statements => _statements;

    public ValueTask OnEventAsync(RunEvent runEvent, CancellationToken cancellationToken)
    {
        if (runEvent is StatementFinished { Succeeded: true } statement)
        {
            _statements.Add(statement.Sql);
        }

        return ValueTask.CompletedTask;
    }
}
