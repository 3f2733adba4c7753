using EltPs.Engine.Names;

namespace EltPs.Engine.Events;

/// <summary>A request that changes something is on its way to a warehouse that can be asked about it later.</summary>
/// <param name="Table">The table; null for what concerns several.</param>
/// <param name="Step">The step.</param>
/// <param name="RequestId">The id under which it is submitted.</param>
internal sealed record StatementSubmitted(TableName? Table, EltStep Step, Guid RequestId) : RunEvent
{
    /// <summary>The warehouse's handle of the running statement; null until it has told it.</summary>
    public string? Handle { get; init; }
}

/// <summary>How far the warehouse says that the running statement is.</summary>
/// <param name="Fraction">From 0 to 1.</param>
internal sealed record StatementProgress(double Fraction) : RunEvent;

/// <summary>A statement has ended.</summary>
/// <param name="Sql">The statement as it was sent.</param>
/// <param name="Elapsed">How long it took.</param>
/// <param name="Succeeded">Whether the warehouse accepted it.</param>
internal sealed record StatementFinished(string Sql, TimeSpan Elapsed, bool Succeeded) : RunEvent
{
    /// <summary>
    /// Whether it is one of a table's own statements: it builds, checks, publishes or reads rows. The others keep the catalog.
    /// </summary>
    public bool IsOfTable { get; init; }

    /// <summary>The warehouse's own id of the query; null where it has none, or did not tell it.</summary>
    public string? QueryId { get; init; }
}
