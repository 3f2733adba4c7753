namespace EltPs.Tests.Snowflake.StandIn;

/// <summary>An HTTP request that arrived.</summary>
/// <param name="Method">GET or POST.</param>
/// <param name="Path">The path with its query.</param>
/// <param name="Headers">All but the token.</param>
/// <param name="Body">The body as it was sent.</param>
/// <param name="Statement">The statement that it submits, or asks for; null if there is no such.</param>
/// <param name="QueryTag">The statement's tag.</param>
/// <param name="At">When, on the server's clock.</param>
/// <param name="TokenAge">How old its token was; null if that tells no age.</param>
internal sealed record LoggedRequest(
    string Method,
    string Path,
    IReadOnlyDictionary<string, string> Headers,
    string Body,
    string? Statement,
    string? QueryTag,
    DateTimeOffset At,
    TimeSpan? TokenAge)
{
    public bool IsSubmit => Method == "POST" && !IsCancel;

    public bool IsCancel => Path.EndsWith("/cancel", StringComparison.Ordinal);

    public bool IsPoll => Method == "GET";

    public override string ToString() => $"{Method} {Path}";
}
