using EltPs.Engine.Warehouses;

namespace EltPs.Engine.Steps;

/// <summary>A build that a run had sent to the warehouse when it was interrupted.</summary>
/// <param name="RunId">That run.</param>
/// <param name="Generation">The id of the build.</param>
/// <param name="Replaces">What was published then: a generation id, <c>none</c> or <c>first</c>.</param>
/// <param name="Statement">How to ask for it.</param>
internal sealed record BuildInFlight(string RunId, string Generation, string Replaces, StatementInFlight Statement);
