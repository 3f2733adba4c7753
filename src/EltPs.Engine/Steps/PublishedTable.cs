using EltPs.Engine.Definitions;
using EltPs.Engine.Names;
using EltPs.Engine.Warehouses;

namespace EltPs.Engine.Steps;

/// <summary>A table that was swapped into place.</summary>
public sealed class PublishedTable
{
    internal PublishedTable(TableDefinition definition, WarehouseSession session)
    {
        Definition = definition;
        Session = session;
    }

    /// <summary>The table's name.</summary>
    public TableName Name => Definition.Name;

    /// <summary>The generation that is published now.</summary>
    public required string Generation { get; init; }

    /// <summary>What it replaced: a generation id, <c>none</c> (a table without a marker) or <c>first</c> (nothing).</summary>
    public required string Replaced { get; init; }

    /// <summary>The number of rows; null after an undo, which does not count.</summary>
    public long? Rows { get; init; }

    /// <summary>Whether an undo brought it back.</summary>
    public bool IsUndo { get; init; }

    /// <summary>The run that built it; null after an undo.</summary>
    public string? RunId { get; init; }

    /// <summary>When it was published, in UTC.</summary>
    public required DateTimeOffset PublishedAt { get; init; }

    /// <summary>How long the build took; null after an undo.</summary>
    public TimeSpan? StageTime { get; init; }

    /// <summary>How long the checks took; null after an undo.</summary>
    public TimeSpan? CheckTime { get; init; }

    /// <summary>How long the swap took.</summary>
    public required TimeSpan PublishTime { get; init; }

    /// <summary>What it was built from.</summary>
    public TableDefinition Definition { get; }

    /// <summary>The session that published it.</summary>
    public WarehouseSession Session { get; }

    /// <summary>The table's name.</summary>
    public override string ToString() => Name.ToString();
}
