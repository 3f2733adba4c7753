using System.Text.Json;

namespace EltPs.Tests.Snowflake.Driver;

/// <summary>A request that arrived.</summary>
internal sealed record LoopbackCall(string Method, string Path, string Body)
{
    public bool IsSubmit => Method == "POST" && Path.EndsWith("/statements", StringComparison.Ordinal);

    public bool IsCancel => Path.EndsWith("/cancel", StringComparison.Ordinal);

    /// <summary>What the question before signing in is, which no test is about.</summary>
    public bool IsSignIn => IsSubmit && Text("statement") == "SELECT 1";

    public string? Text(string property) =>
        JsonDocument.Parse(Body).RootElement.TryGetProperty(property, out var value) ? value.ToString() : null;

    public string? Parameter(string name) =>
        JsonDocument.Parse(Body).RootElement.GetProperty("parameters").TryGetProperty(name, out var value) ? value.GetString() : null;
}
