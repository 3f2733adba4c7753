namespace EltPs.Engine.Alerts;

/// <summary>What was told of a pipeline.</summary>
/// <param name="Failure">The failure that is not over; null if there is none.</param>
/// <param name="InterruptedRunId">The last run that was found interrupted and told of; null if none was.</param>
public sealed record AlertMemory(KnownFailure? Failure, string? InterruptedRunId)
{
    /// <summary>Nothing was told.</summary>
    public static AlertMemory Empty { get; } = new(null, null);

    /// <summary>The last interval whose run was told to be late; null if none was.</summary>
    public KnownLate? Late { get; init; }
}
