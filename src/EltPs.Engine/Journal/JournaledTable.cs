using EltPs.Engine.Events;

namespace EltPs.Engine.Journal;

/// <summary>What a run's journal tells of one table.</summary>
/// <param name="Table">The table's name.</param>
/// <param name="DefinitionHash">The hash of what it was built from.</param>
public sealed record JournaledTable(string Table, string DefinitionHash)
{
    /// <summary>How it ended; <see cref="TableStatus.Skipped"/> if the run did not reach it, or has not yet.</summary>
    public TableStatus Status { get; init; }

    /// <summary>The generation that was staged, or that was published already; null if neither.</summary>
    public string? Generation { get; init; }

    /// <summary>What that generation replaces: a generation id, <c>none</c> or <c>first</c>.</summary>
    public string? Replaces { get; init; }

    /// <summary>The rows of the new generation; null if they were not counted.</summary>
    public long? Rows { get; init; }

    /// <summary>How often it was attempted; 0 if the run did not reach it.</summary>
    public int Attempts { get; init; }

    /// <summary>How long the build took; null if it did not end well.</summary>
    public TimeSpan? StageTime { get; init; }

    /// <summary>How long the checks took; null if they did not end well.</summary>
    public TimeSpan? CheckTime { get; init; }

    /// <summary>How long the swap took; null if it did not end well.</summary>
    public TimeSpan? PublishTime { get; init; }

    /// <summary>The step that began and has not ended; null if none.</summary>
    public EltStep? Step { get; init; }

    /// <summary>
    /// The request of the statement that was in flight in that step; null if none was, or the warehouse has no such thing.
    /// </summary>
    public Guid? RequestId { get; init; }

    /// <summary>The warehouse's handle of that statement; null if it has not told one.</summary>
    public string? Handle { get; init; }

    /// <summary>The table's name and status.</summary>
    public override string ToString() => $"{Table} {Status}";
}
