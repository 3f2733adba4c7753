namespace EltPs.Warehouses.Snowflake.SqlApi;

/// <summary>How long the SQL API session waits for what.</summary>
internal sealed record SqlApiLimits
{
    /// <summary>The limits of every real session.</summary>
    public static SqlApiLimits Default { get; } = new();

    /// <summary>How long Snowflake may be unreachable, or give no usable answer, before a step fails.</summary>
    public TimeSpan NetworkBudget { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>
    /// How long one HTTP request may take. Snowflake answers after 45 seconds at the latest, if only to say that a statement is still
    /// running ("Handling responses"); a connection that is silent for longer is dead.
    /// </summary>
    public TimeSpan Attempt { get; init; } = TimeSpan.FromSeconds(75);

    /// <summary>The first wait before asking whether a statement has ended; each one is half as long again as the one before.</summary>
    public TimeSpan FirstPoll { get; init; } = TimeSpan.FromSeconds(0.5);

    /// <summary>The longest wait before asking again.</summary>
    public TimeSpan LongestPoll { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>The first wait before sending something again; it doubles, with jitter.</summary>
    public TimeSpan FirstRetry { get; init; } = TimeSpan.FromSeconds(0.5);

    /// <summary>The longest wait before sending something again, unless Snowflake asks for more.</summary>
    public TimeSpan LongestRetry { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>How long to wait for the end of a statement that was cancelled.</summary>
    public TimeSpan Settle { get; init; } = TimeSpan.FromSeconds(10);
}
