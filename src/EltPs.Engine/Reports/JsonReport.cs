using System.Text.Encodings.Web;
using System.Text.Json;
using EltPs.Engine.Errors;
using EltPs.Engine.Runs;
using EltPs.Engine.Scheduling;
using EltPs.Engine.Templates;
using Property = (string Name, object? Value);

namespace EltPs.Engine.Reports;

/// <summary>Writes a report as the JSON that <c>docs/run-result.schema.json</c> describes. What does not apply is left out.</summary>
internal static class JsonReport
{
    /// <summary>The version of the schema.</summary>
    public const int Version = 1;

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
            Write(json, Of(run, report));
            json.Flush();
        }

        json.WriteEndArray();
        json.WriteStartArray("errors");
        foreach (var refusal in report.Refusals)
        {
            Write(json, Of(refusal));
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.Flush();
        stream.WriteByte((byte)'\n');
    }

    // A property that is added here needs its place in docs/run-result.schema.json.
    private static Property[] Of(RunResult run, RunReport report) =>
    [
        ("runId", run.RunId),
        ("pipeline", run.Pipeline),
        ("path", run.Path),
        ("connection", run.ConnectionName),
        ("connectionType", run.ConnectionType),
        ("status", run.Status),
        ("startedAt", run.StartedAt),

        // Its duration after its beginning, whatever happened to the clock meanwhile.
        ("endedAt", run.StartedAt + run.Duration),
        ("seconds", run.Duration),
        ("host", run.Host),
        ("processId", run.ProcessId),
        ("resumedFrom", run.ResumedFrom),
        ("logicalDate", run.LogicalDate),
        ("interval", run.Interval is { } interval ? Of(interval) : null),
        ("variables", run.Variables.Count == 0 ? null : Of(run.Variables)),
        ("message", run.Message),
        ("error", RunReport.ErrorOf(run) is { } error ? Of(error, run, report) : null),
        ("resumeCommand", run.ResumeCommand),
        ("journalPath", run.JournalPath),
        ("tables", run.Tables.Select(table => Of(table, report.ErrorIdOf(table, run)))),
    ];

    private static Property[] Of(TableResult table, string? errorId) =>
    [
        ("name", table.Name),
        ("status", table.Status),
        ("rows", table.Rows),
        ("generation", table.Generation),
        ("attempts", table.Attempts),
        ("failedAttempts", table.FailedAttempts.Count == 0 ? null : table.FailedAttempts.Select(Of)),
        ("stageSeconds", table.StageTime),
        ("checkSeconds", table.CheckTime),
        ("publishSeconds", table.PublishTime),
        ("failedStep", table.FailedStep),
        ("errorId", errorId),
        ("message", table.Message),
    ];

    private static Property[] Of(FailedAttempt failed) =>
        [("attempt", failed.Attempt), ("message", failed.Error.Message), ("seconds", failed.Wait)];

    // Without the statement, whose text may be long.
    private static Property[] Of(EltException error, RunResult run, RunReport report) =>
    [
        ("id", report.ErrorId(error.Kind)),
        ("kind", error.Kind),
        ("message", error.Message),
        ("table", run.FailedTable?.ToString()),
        ("step", run.FailedStep),
        ("queryId", error.QueryId),
        ("code", error.VendorCode),
        ("sqlState", error.SqlState),
        ("transient", error.IsTransient ? true : null),
    ];

    private static Property[] Of(IReadOnlyDictionary<string, SqlValue> variables) =>
        [.. variables.Select(pair => (pair.Key, (object?)pair.Value.ToString()))];

    private static Property[] Of(DataInterval interval) =>
        [("start", interval.Start), ("end", interval.End), ("timeZone", interval.TimeZone)];

    private static Property[] Of(ReportedRefusal refusal) =>
        [("path", refusal.Path), ("at", refusal.At), ("id", refusal.Id), ("message", refusal.Message)];

    private static void Write(Utf8JsonWriter json, Property[] properties)
    {
        json.WriteStartObject();
        foreach (var (name, value) in properties.Where(property => property.Value is not null))
        {
            json.WritePropertyName(name);
            Write(json, value);
        }

        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, object? value)
    {
        switch (value)
        {
            case Property[] properties:
                Write(json, properties);
                break;
            case IEnumerable<Property[]> items:
                json.WriteStartArray();
                foreach (var item in items)
                {
                    Write(json, item);
                }

                json.WriteEndArray();
                break;
            case DateTimeOffset moment:
                json.WriteStringValue(moment);
                break;
            case TimeSpan time:
                json.WriteNumberValue(RunSeconds.Of(time));
                break;
            case int number:
                json.WriteNumberValue(number);
                break;
            case long number:
                json.WriteNumberValue(number);
                break;
            case bool flag:
                json.WriteBooleanValue(flag);
                break;
            default:
                json.WriteStringValue(value?.ToString());
                break;
        }
    }
}
