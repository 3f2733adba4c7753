namespace EltPs.Engine.Alerts;

/// <summary>What one channel was sent about a pipeline.</summary>
/// <param name="Failure">The failure that is not over; null if there is none.</param>
/// <param name="InterruptedRunId">The last run that was found interrupted and reported; null if none was.</param>
internal sealed record AlertMemory(KnownFailure? Failure, string? InterruptedRunId)
{
    /// <summary>Nothing was sent.</summary>
    public static AlertMemory Empty { get; } = new(null, null);

    /// <summary>The last interval whose run was reported as overdue; null if none was.</summary>
    public KnownOverdueRun? Overdue { get; init; }
}
