using System.Text.Json;

namespace Snowflake.Data.Client;

/// <summary>An answer of the SQL API.</summary>
/// <param name="IsRunning">Whether the statement still runs.</param>
/// <param name="Body">The answer's body.</param>
internal sealed record SqlApiAnswer(bool IsRunning, JsonElement Body)
{
    public string Handle => Body.GetProperty("statementHandle").GetString()!;

    /// <summary>One for each statement of several; empty for a single one.</summary>
    public IReadOnlyList<string> Handles => Body.TryGetProperty("statementHandles", out var handles)
        ? [.. handles.EnumerateArray().Select(handle => handle.GetString()!)]
        : [];

    public IReadOnlyList<JsonElement> Rows => Body.TryGetProperty("data", out var data) ? [.. data.EnumerateArray()] : [];

    public IReadOnlyList<(string Name, string Type)> Columns =>
        Body.TryGetProperty("resultSetMetaData", out var meta) && meta.TryGetProperty("rowType", out var types)
        ? [.. types.EnumerateArray().Select(type => (type.GetProperty("name").GetString()!, type.GetProperty("type").GetString()!))]
        : [];
}
