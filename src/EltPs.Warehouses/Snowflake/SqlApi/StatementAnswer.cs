using System.Text.Json;

namespace EltPs.Warehouses.Snowflake.SqlApi;

/// <summary>The body of an answer: a ResultSet, a QueryStatus or a QueryFailureStatus.</summary>
/// <remarks>Snowflake: "Snowflake SQL API reference".</remarks>
internal sealed record StatementAnswer
{
    /// <summary>Snowflake's code, such as <c>090001</c> for a success; null if there is none.</summary>
    public string? Code { get; init; }

    /// <summary>The SQLSTATE.</summary>
    public string? SqlState { get; init; }

    /// <summary>What Snowflake says.</summary>
    public string? Message { get; init; }

    /// <summary>The statement's handle, which is its query id.</summary>
    public string? Handle { get; init; }

    /// <summary>Whether it is about several statements, whose rows it has not.</summary>
    public bool IsOfSeveral { get; init; }

    /// <summary>The rows of this partition; null if there are none in it.</summary>
    public IReadOnlyList<IReadOnlyList<string?>>? Rows { get; init; }

    /// <summary>The columns of the rows, which only the first partition tells.</summary>
    public IReadOnlyList<AnswerColumn> Columns { get; init; } = [];

    /// <summary>How many partitions the result has.</summary>
    public int Partitions { get; init; } = 1;

    /// <summary>Reads a body; null if it is not one, as where the answer was cut off on the way.</summary>
    public static StatementAnswer? TryRead(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            var root = document.RootElement;
            return root.ValueKind switch
            {
                JsonValueKind.Object => Read(root),
                JsonValueKind.Array => new StatementAnswer { Rows = ReadRows(root) },
                _ => null,
            };
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or FormatException)
        {
            return null;
        }
    }

    /// <summary>The same without a secret in its message.</summary>
    public StatementAnswer Without(string secret) =>
        this with
        {
            Message = Message?.Replace(secret, "(a secret)", StringComparison.Ordinal),
        };

    private static StatementAnswer Read(JsonElement root) => new()
    {
        Columns = ReadColumns(root),
        Code = ReadText(root, "code"),
        SqlState = ReadText(root, "sqlState"),
        Message = ReadText(root, "message"),
        Handle = ReadText(root, "statementHandle"),
        IsOfSeveral =
                root.TryGetProperty("statementHandles", out var handles)
                && handles.ValueKind == JsonValueKind.Array
                && handles.GetArrayLength() > 0,
        Rows = root.TryGetProperty("data", out var data) && data.ValueKind == JsonValueKind.Array ? ReadRows(data) : null,
        Partitions = root.TryGetProperty("resultSetMetaData", out var meta)
            && meta.ValueKind == JsonValueKind.Object
            && meta.TryGetProperty("partitionInfo", out var partitions)
            && partitions.ValueKind == JsonValueKind.Array
                ? Math.Max(1, partitions.GetArrayLength())
                : 1,
    };

    private static IReadOnlyList<AnswerColumn> ReadColumns(JsonElement root) =>
        root.TryGetProperty("resultSetMetaData", out var meta)
            && meta.ValueKind == JsonValueKind.Object
            && meta.TryGetProperty("rowType", out var types)
            && types.ValueKind == JsonValueKind.Array
                ?
                [
                    .. types.EnumerateArray().Select(type => new AnswerColumn(
                        ReadText(type, "name") ?? string.Empty,
                        (ReadText(type, "type") ?? string.Empty).ToUpperInvariant(),
                        type.TryGetProperty("scale", out var scale) && scale.TryGetInt32(out var places) ? places : 0)),
                ]
                : [];

    private static string? ReadText(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String or JsonValueKind.Number
            ? value.ToString()
            : null;

    private static List<IReadOnlyList<string?>> ReadRows(JsonElement rows)
    {
        var read = new List<IReadOnlyList<string?>>(rows.GetArrayLength());
        foreach (var row in rows.EnumerateArray())
        {
            var values = new string?[row.GetArrayLength()];
            var column = 0;
            foreach (var value in row.EnumerateArray())
            {
                values[column++] = value.ValueKind == JsonValueKind.Null ? null : value.ToString();
            }

            read.Add(values);
        }

        return read;
    }
}
