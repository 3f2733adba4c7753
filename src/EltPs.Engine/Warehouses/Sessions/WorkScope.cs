using EltPs.Engine.Events;
using EltPs.Engine.Names;

namespace EltPs.Engine.Warehouses;

/// <summary>On whose behalf a warehouse works: who sees it, for which run, table and step, and how long it may take.</summary>
/// <remarks>A warehouse that labels its statements (Snowflake's query tag) takes the labels from here.</remarks>
/// <param name="Observer">Who sees what happens.</param>
internal sealed record WorkScope(IRunObserver Observer)
{
    /// <summary>The pipeline's name; null for a table that was named by parameters.</summary>
    public string? Pipeline { get; init; }

    /// <summary>The run; null outside of one.</summary>
    public string? RunId { get; init; }

    /// <summary>The table; null for what concerns several.</summary>
    public TableName? Table { get; init; }

    /// <summary>The step.</summary>
    public EltStep Step { get; init; } = EltStep.Prepare;

    /// <summary>When it must have ended.</summary>
    public Deadline Deadline { get; init; } = Deadline.None;

    /// <summary>
    /// How long the warehouse may be unreachable before the work fails; null for as long as the warehouse's own sessions wait.
    /// </summary>
    public TimeSpan? Patience { get; init; }
}
