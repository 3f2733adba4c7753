namespace EltPs.Tests.Snowflake.StandIn;

/// <summary>What goes wrong with a request.</summary>
internal abstract record Fault
{
    /// <summary>An HTTP status; the statement does not run, unless it says that it has.</summary>
    public sealed record Status(int Code) : Fault
    {
        public TimeSpan? RetryAfter { get; init; }

        /// <summary>Snowflake's code in the body; null for a body that is no JSON, as gateways write it.</summary>
        public string? VendorCode { get; init; }

        public string SqlState { get; init; } = "00000";

        public string Message { get; init; } = "injected";

        /// <summary>Whether the statement runs before the answer.</summary>
        public bool HasRun { get; init; }
    }

    /// <summary>The connection is reset before the statement runs.</summary>
    public sealed record ResetBefore : Fault;

    /// <summary>The statement runs, then the connection is reset without an answer.</summary>
    public sealed record ResetAfter : Fault;

    /// <summary>
    /// The statement runs, but its answer ends in the middle: with the connection, or with a length that says that this is all.
    /// </summary>
    public sealed record TruncatedAnswer(bool IsFramed = false) : Fault;

    /// <summary>The statement takes that long on the server's clock, and at least so many polls; it takes effect at its end.</summary>
    public sealed record Slow(TimeSpan Duration, int Polls = 1) : Fault;

    /// <summary>
    /// There is no answer until the statement is cancelled, or let go with <see cref="SqlApiServer.ReleaseAsync"/>; it takes effect then.
    /// </summary>
    public sealed record Hold : Fault;

    /// <summary>The answer comes that much later, in real time.</summary>
    public sealed record Latency(TimeSpan Time) : Fault;

    /// <summary>
    /// The connection is reset before the statement runs, and new ones are refused until the server's clock is so much further.
    /// </summary>
    public sealed record Refused(TimeSpan Duration) : Fault;

    /// <summary>The answer is given, and then connections are refused until the server's clock is so much further.</summary>
    public sealed record ThenRefused(TimeSpan Duration) : Fault;
}
