using System.Text.Json;

namespace EltPs.Tests.Snowflake.StandIn;

/// <summary>A ResultSet object as Snowflake's reference describes it.</summary>
internal static class ResultSet
{
    /// <summary>The answer about a statement that succeeded; partitions after the first are gzip and hold nothing but rows.</summary>
    public static HttpAnswer Write(StandInStatement statement, StatementOutcome outcome, string handle, int partition, int rowsPerPartition)
    {
        var isOfSeveral = statement.Parts.Count > 1 && handle == statement.Handle;
        if (isOfSeveral)
        {
            outcome = StatementOutcome.Success(["multiple statement execution"], [["Multiple statements executed successfully."]]);
        }
        else if (statement.Parts.FirstOrDefault(part => part.Handle == handle) is { Outcome: { } own })
        {
            outcome = own;
        }

        var partitions = outcome.Rows.Chunk(rowsPerPartition).ToList();
        if (partition > 0)
        {
            return new HttpAnswer(200, JsonSerializer.Serialize(new { data = partitions[partition] })) { IsGzip = true };
        }

        var body = new Dictionary<string, object>
        {
            ["resultSetMetaData"] = new
            {
                numRows = outcome.Rows.Count,
                format = "jsonv2",
                partitionInfo = partitions.Select(rows => new { rowCount = rows.Length, uncompressedSize = rows.Length * 8 }).ToArray(),
                rowType = outcome.Columns.Select((name, column) => Column(name, outcome.Types.ElementAtOrDefault(column))).ToArray(),
            },
            ["data"] = partitions.FirstOrDefault() ?? [],
            ["code"] = outcome.Code,
            ["sqlState"] = outcome.SqlState,
            ["message"] = outcome.Message,
            ["statementHandle"] = handle,
            ["statementStatusUrl"] = $"/api/v2/statements/{handle}?requestId={statement.Context.RequestId}",
            ["createdOn"] = 1_620_151_693_299,
        };
        if (isOfSeveral)
        {
            body["statementHandles"] = statement.Parts.Select(part => part.Handle).ToArray();
        }

        return new HttpAnswer(200, JsonSerializer.Serialize(body));
    }

    private static object Column(string name, (string? Type, int Scale) type) =>
        new { name, type = type.Type ?? "text", scale = type.Scale, nullable = true };
}
