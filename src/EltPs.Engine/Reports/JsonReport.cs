using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace EltPs.Engine.Reports;

/// <summary>Writes a report as the JSON that <c>docs/run-result.schema.json</c> describes. What does not apply is left out.</summary>
public static class JsonReport
{
    /// <summary>The version of the schema.</summary>
    public const int Version = 1;

    private static readonly JsonReportContext Context = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });

    // Letters of other languages stay readable, as in the journal. The same bytes on every system.
    private static readonly JsonWriterOptions Layout = new()
    {
        Indented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Writes it, a run at a time: a backfill of thousands of runs is never in memory as text.</summary>
    /// <exception cref="IOException">The stream cannot be written.</exception>
    public static void Write(RunReport report, Stream stream)
    {
        ArgumentNullException.ThrowIfNull(report);
        ArgumentNullException.ThrowIfNull(stream);
        using var json = new Utf8JsonWriter(stream, Layout);
        json.WriteStartObject();
        json.WriteNumber("version", Version);
        json.WriteString("status", report.Status.ToString());
        json.WriteStartArray("runs");
        foreach (var run in report.Runs)
        {
            JsonSerializer.Serialize(json, run, Context.ReportedRun);
            json.Flush();
        }

        json.WriteEndArray();
        json.WriteStartArray("errors");
        foreach (var refusal in report.Refusals)
        {
            JsonSerializer.Serialize(json, refusal, Context.ReportedRefusal);
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.Flush();
        stream.WriteByte((byte)'\n');
    }
}

/// <summary>Made by the compiler, as that of the journal is.</summary>
[JsonSourceGenerationOptions(UseStringEnumConverter = true)]
[JsonSerializable(typeof(ReportedRun))]
[JsonSerializable(typeof(ReportedRefusal))]
internal sealed partial class JsonReportContext : JsonSerializerContext;
