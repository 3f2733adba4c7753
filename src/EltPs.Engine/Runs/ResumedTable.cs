using EltPs.Engine.Steps;

namespace EltPs.Engine.Runs;

/// <summary>What is known of one table of a run that is to be resumed.</summary>
/// <param name="DefinitionHash">The hash of what it was built from.</param>
/// <param name="Generation">The generation that the run staged or found published; null if neither.</param>
/// <param name="Build">The build that was in flight; null if none was.</param>
public sealed record ResumedTable(string DefinitionHash, string? Generation, BuildInFlight? Build)
{
    /// <summary>The rows that it counted; null if it did not come to that.</summary>
    public long? Rows { get; init; }
}
