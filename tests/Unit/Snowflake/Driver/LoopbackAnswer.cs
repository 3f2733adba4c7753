using System.Text.Json;

namespace EltPs.Tests.Snowflake.Driver;

/// <summary>What to answer; null breaks the connection.</summary>
internal sealed record LoopbackAnswer(int Status, string Body)
{
    public const string Handle = "01b71944-0001-b181-0000-0129032279f6";

    /// <summary>The statement runs.</summary>
    public static LoopbackAnswer Running { get; } = new(202, JsonSerializer.Serialize(new { code = "333334", statementHandle = Handle }));

    /// <summary>It is done.</summary>
    public static LoopbackAnswer Rows(string[] types, params string?[][] rows) => new(200, JsonSerializer.Serialize(new
    {
        code = "090001",
        statementHandle = Handle,
        resultSetMetaData = new { numRows = rows.Length, rowType = types.Select((type, index) => new { name = $"C{index}", type }) },
        data = rows,
    }));

    /// <summary>Several are done.</summary>
    public static LoopbackAnswer Handles(params string[] handles) =>
        new(200, JsonSerializer.Serialize(new { code = "090001", statementHandle = Handle, statementHandles = handles }));

    /// <summary>Snowflake refuses.</summary>
    public static LoopbackAnswer Error(int status, string code, string sqlState, string message) =>
        new(status, JsonSerializer.Serialize(new { code, sqlState, message, statementHandle = Handle }));
}
