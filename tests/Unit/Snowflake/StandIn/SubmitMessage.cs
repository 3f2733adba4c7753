using System.Globalization;
using System.Text.Json;
using System.Web;

namespace EltPs.Tests.Snowflake.StandIn;

/// <summary>What a request to submit says.</summary>
internal sealed record SubmitMessage(
    Guid RequestId,
    bool IsRetry,
    bool IsAsync,
    string Statement,
    TimeSpan? Timeout,
    int Count,
    StatementContext Context)
{
    public static SubmitMessage Read(HttpMessage message)
    {
        var query = HttpUtility.ParseQueryString(message.Path[(message.Path.IndexOf('?', StringComparison.Ordinal) + 1)..]);
        var requestId = Guid.TryParse(query["requestId"], out var id) ? id : Guid.NewGuid();
        using var body = JsonDocument.Parse(message.Body);
        var root = body.RootElement;
        var parameters = root.TryGetProperty("parameters", out var given) ? given : default;
        return new SubmitMessage(
            requestId,
            query["retry"] == "true",
            query["async"] == "true",
            Text(root, "statement")!,
            root.TryGetProperty("timeout", out var timeout) ? TimeSpan.FromSeconds(timeout.GetInt64()) : null,
            int.Parse(Text(parameters, "MULTI_STATEMENT_COUNT") ?? "1", CultureInfo.InvariantCulture),
            new StatementContext(
                requestId,
                Text(root, "role"),
                Text(root, "warehouse"),
                Text(root, "database"),
                Text(root, "schema"),
                Text(parameters, "timezone"),
                Text(parameters, "query_tag")));
    }

    private static string? Text(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) ? value.GetString() : null;
}
