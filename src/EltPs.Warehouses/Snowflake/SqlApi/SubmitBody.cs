using System.Globalization;
using System.Text.Json;

using EltPs.Engine.Warehouses;

namespace EltPs.Warehouses.Snowflake.SqlApi;

/// <summary>The body of the request that submits statements.</summary>
/// <remarks>
/// Snowflake: "Submitting a request to execute SQL statements" and "Submitting multiple SQL statements in a single request".
/// </remarks>
internal static class SubmitBody
{
    /// <summary>Writes it.</summary>
    /// <param name="request">The statements.</param>
    /// <param name="queryTag">Their tag.</param>
    /// <param name="options">Role, warehouse, database and schema, which Snowflake takes case-sensitively.</param>
    /// <param name="timeZone">The session's time zone.</param>
    /// <param name="deadline">When they must have ended.</param>
    public static byte[] Write(SnowflakeRequest request, string queryTag, SnowflakeOptions options, string timeZone, Deadline deadline)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            json.WriteString("statement", request.Text);
            if (deadline.IsLimited)
            {
                json.WriteNumber("timeout", Math.Clamp((long)deadline.Remaining.TotalSeconds, 1, SnowflakeRequest.LongestTimeout));
            }

            WriteIfSet(json, "database", options.Database);
            WriteIfSet(json, "schema", options.Schema);
            WriteIfSet(json, "warehouse", options.Warehouse);
            WriteIfSet(json, "role", options.Role);
            json.WriteStartObject("parameters");
            json.WriteString("timezone", timeZone);
            json.WriteString("query_tag", queryTag);
            if (request.Rows is { } rows)
            {
                // What bytes are written as is a setting of the account otherwise.
                json.WriteString("binary_output_format", "HEX");
                if (rows.MaximumRows is { } most)
                {
                    json.WriteString("rows_per_resultset", most.ToString(CultureInfo.InvariantCulture));
                }
            }

            if (request.Statements.Count > 1)
            {
                json.WriteString("MULTI_STATEMENT_COUNT", request.Statements.Count.ToString(CultureInfo.InvariantCulture));
            }

            json.WriteEndObject();
            json.WriteEndObject();
        }

        return stream.ToArray();
    }

    private static void WriteIfSet(Utf8JsonWriter json, string name, string? value)
    {
        if (value is not null)
        {
            json.WriteString(name, value);
        }
    }
}
