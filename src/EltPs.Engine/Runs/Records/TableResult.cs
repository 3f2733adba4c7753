using EltPs.Engine.Definitions;
using EltPs.Engine.Events;
using EltPs.Engine.Names;

namespace EltPs.Engine.Runs;

/// <summary>What became of one table of a run that has just ended.</summary>
/// <param name="Definition">What was to be built.</param>
public sealed record TableResult(TableDefinition Definition) : TableRecord
{
    /// <summary>The table's name.</summary>
    public TableName Table => Definition.Name;

    /// <inheritdoc/>
    public override string DefinitionHash => Definitions.DefinitionHash.Of(Definition);

    /// <summary>The attempts before the last one, in their order.</summary>
    public IReadOnlyList<FailedAttempt> FailedAttempts { get; init; } = [];

    /// <summary>The step that failed or was cancelled; null if none was.</summary>
    public EltStep? FailedStep { get; init; }

    /// <summary>What went wrong, in words; null if nothing did.</summary>
    public string? Message { get; init; }

    internal override string Name => Table.ToString();

    /// <summary>The table's name and status.</summary>
    public override string ToString() => $"{Table} {Status}";
}
