using EltPs.Engine.Warehouses;

namespace EltPs.Engine.Steps;

/// <summary>
/// A verified table that was swapped into place as a part of a run which may still take that back. Comes only from <see cref="TableSwap"/>.
/// </summary>
/// <param name="Verified">The table.</param>
/// <param name="Request">What was asked of the warehouse.</param>
/// <param name="Elapsed">How long the swap took.</param>
internal sealed record SwappedTable(VerifiedTable Verified, PublishRequest Request, TimeSpan Elapsed)
{
    /// <summary>Whether it replaced a generation that its table does not want to be kept.</summary>
    public bool LeavesRubbish => !Request.KeepPrevious && Request.Replaces != GenerationMarker.First;
}
