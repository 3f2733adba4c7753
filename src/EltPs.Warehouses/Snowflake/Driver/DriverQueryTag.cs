using System.Text.Encodings.Web;
using System.Text.Json;

using EltPs.Engine.Warehouses;

namespace EltPs.Warehouses.Snowflake.Driver;

/// <summary>The label of a statement in Snowflake's query history: on whose behalf it runs, as JSON.</summary>
internal static class DriverQueryTag
{
    // QUERY_TAG takes 2,000 characters at most (Snowflake's page "Parameters").
    private const int MaximumLength = 2000;

    private static readonly JsonSerializerOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes the label: valid JSON of at most 2,000 characters. Long values are shortened.</summary>
    /// <param name="scope">On whose behalf.</param>
    /// <param name="requestId">The request, by which the statement can be found when its query id is not known.</param>
    public static string Write(WorkScope scope, Guid requestId)
    {
        for (var length = MaximumLength / 4; ; length -= 50)
        {
            var tag = new Dictionary<string, string>(StringComparer.Ordinal) { ["app"] = "EltPs" };
            Add("pipeline", scope.Pipeline);
            Add("run", scope.RunId);
            Add("table", scope.Table?.ToString());
            Add("step", scope.Step.ToString());
            Add("request", requestId.ToString());
            var text = JsonSerializer.Serialize(tag, Options);
            if (text.Length <= MaximumLength)
            {
                return text;
            }

            void Add(string key, string? value)
            {
                if (value is not null)
                {
                    tag[key] = Shorten(value, length);
                }
            }
        }
    }

    private static string Shorten(string value, int length)
    {
        if (value.Length <= length)
        {
            return value;
        }

        // Never through the middle of a surrogate pair.
        var end = char.IsHighSurrogate(value[length - 2]) ? length - 2 : length - 1;
        return value[..end] + "…";
    }
}
