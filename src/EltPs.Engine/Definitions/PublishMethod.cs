namespace EltPs.Engine.Definitions;

/// <summary>How a verified staging table takes the published one's place, where the warehouse has more than one way.</summary>
public enum PublishMethod
{
    /// <summary>The two tables change their names in one step; the previous generation stays at the staging name.</summary>
    Swap,

    /// <summary>
    /// The published table is replaced by a zero-copy clone of the staging table, which is dropped then: shares of the published table
    /// stay, and there is no previous generation to swap back to. A warehouse without clones swaps.
    /// </summary>
    Clone,
}
