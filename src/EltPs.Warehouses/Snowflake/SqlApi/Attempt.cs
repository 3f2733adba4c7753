using System.Net;

namespace EltPs.Warehouses.Snowflake.SqlApi;

/// <summary>One HTTP request and what came back.</summary>
/// <param name="Kind">What became of it.</param>
/// <param name="Status">The HTTP status; 0 if there was none.</param>
internal sealed record Attempt(AttemptKind Kind, HttpStatusCode Status)
{
    /// <summary>The body, if it could be read.</summary>
    public StatementAnswer? Answer { get; init; }

    /// <summary>How long Snowflake asks to wait (Retry-After).</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Snowflake's own clock (Date); null if it did not say.</summary>
    public DateTimeOffset? ServerTime { get; init; }

    /// <summary>Where it wants to send us; null if nowhere.</summary>
    public Uri? Location { get; init; }

    /// <summary>What broke; null if nothing did.</summary>
    public Exception? Error { get; init; }

    /// <summary>Whether it can have had no effect: it never arrived, or Snowflake refused it before it looked at the statement.</summary>
    public bool IsWithoutEffect => Kind switch
    {
        AttemptKind.Lost => false,
        AttemptKind.Answered => (int)Status is >= 300 and < 500
            && Status is not (HttpStatusCode.RequestTimeout or HttpStatusCode.UnprocessableEntity),
        _ => true,
    };

    /// <summary>What happened, in a few words.</summary>
    public string Summary => this switch
    {
        { Status: not 0 } when Answer?.Message is { } message => $"HTTP {(int)Status}: {message}",
        { Status: not 0, Error: null } => $"HTTP {(int)Status}",
        { Status: not 0, Error: { } error } => $"HTTP {(int)Status}, then: {error.Message}",
        { Error: { } error } => error.InnerException is { } inner && !error.Message.Contains(inner.Message, StringComparison.Ordinal)
            ? $"{error.Message} {inner.Message}"
            : error.Message,
        _ => "no answer",
    };
}
