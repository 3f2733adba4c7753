using EltPs.Engine.Templates;
using EltPs.Engine.Warehouses;

namespace EltPs.Engine.Steps;

/// <summary>How to stage.</summary>
/// <param name="RunId">The run that the marker names.</param>
internal sealed record StageOptions(string RunId)
{
    /// <summary>Whether an unmarked table at the staging name may be replaced.</summary>
    public bool Force { get; init; }

    /// <summary>Whether it is a part of a run that publishes all tables or none.</summary>
    public bool Together { get; init; }

    /// <summary>When the table must be done, all steps together; null to begin a deadline of the table's own timeout now.</summary>
    public Deadline? Deadline { get; init; }

    /// <summary>What the SQL may ask of the run besides its id.</summary>
    public RunValues Values { get; init; } = RunValues.None;

    /// <summary>A build of the table that an interrupted run had sent, to be asked for before another one is sent; null for none.</summary>
    public BuildInFlight? Build { get; init; }

    /// <summary>What the run's look-up found, already judged by <see cref="Preflight"/>; null to look up this one table.</summary>
    public WarehouseCatalog? Catalog { get; init; }
}
