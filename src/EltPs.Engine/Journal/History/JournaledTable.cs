using EltPs.Engine.Events;
using EltPs.Engine.Runs;
using EltPs.Engine.Steps;
using EltPs.Engine.Warehouses;

namespace EltPs.Engine.Journal;

/// <summary>What a run's journal tells of one table.</summary>
/// <param name="Table">The table's name.</param>
/// <param name="DefinitionHash">The hash of what it was built from.</param>
public sealed record JournaledTable(string Table, string DefinitionHash) : TableRecord
{
    /// <inheritdoc/>
    public override string DefinitionHash { get; } = DefinitionHash;

    /// <summary>What that generation replaces: a generation id, <c>none</c> or <c>first</c>.</summary>
    public string? Replaces { get; init; }

    /// <summary>The step that began and has not ended; null if none.</summary>
    public EltStep? Step { get; init; }

    /// <summary>
    /// The request of the statement that was in flight in that step; null if none was, or the warehouse has no such thing.
    /// </summary>
    public Guid? RequestId { get; init; }

    /// <summary>The warehouse's handle of that statement; null if it has not told one.</summary>
    public string? Handle { get; init; }

    internal override string Name => Table;

    /// <summary>The table's name and status.</summary>
    public override string ToString() => $"{Table} {Status}";

    internal override BuildInFlight? BuildOf(string runId) =>
        this is { Step: EltStep.Stage, RequestId: { } request, Generation: { } generation, Replaces: { } replaces }
            ? new BuildInFlight(runId, generation, replaces, new StatementInFlight(request, Handle))
            : null;
}
