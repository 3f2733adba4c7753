using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using EltPs.Engine.Events;
using EltPs.Engine.Reports;
using Xunit;

namespace EltPs.Tests.Reports;

public sealed class JsonReportTests
{
    private static readonly string[] Enforced =
    [
        "$ref",
        "type",
        "additionalProperties",
        "required",
        "properties",
        "enum",
        "items",
        "format",
        "pattern",
        "minLength",
        "minItems",
        "minimum",
        "$defs",
    ];

    private static readonly string[] Words = ["$schema", "title", "description"];

    [Fact]
    public void It_is_valid_by_the_schema() => Assert.Empty(ResultSchema.Problems(SampleReport.Everything.Json()));

    [Fact]
    public void An_invocation_without_any_file_is_valid_and_had_nothing_to_do()
    {
        var json = SampleReport.Of([], []).Json();

        Assert.Empty(ResultSchema.Problems(json));
        Assert.Equal("""{"version":1,"status":"NothingToDo","runs":[],"errors":[]}""", JsonNode.Parse(json)!.ToJsonString());
    }

    [Theory]
    [InlineData("version", "2")]
    [InlineData("version", null)]
    [InlineData("status", "\"Running\"")]
    [InlineData("more", "1")]
    [InlineData("runs", "{}")]
    [InlineData("errors", null)]
    [InlineData("runs[0].runId", "\"../20250110T031500Z-4f2a9c\"")]
    [InlineData("runs[0].pipeline", "\"\"")]
    [InlineData("runs[0].host", null)]
    [InlineData("runs[0].secret", "\"x\"")]
    [InlineData("runs[0].status", "\"succeeded\"")]
    [InlineData("runs[0].startedAt", "\"yesterday\"")]
    [InlineData("runs[0].seconds", "-0.5")]
    [InlineData("runs[0].seconds", "\"0.5\"")]
    [InlineData("runs[0].processId", "1.5")]
    [InlineData("runs[0].tables", null)]
    [InlineData("runs[0].tables[0].rows", "-1")]
    [InlineData("runs[0].tables[0].rows", "null")]
    [InlineData("runs[0].tables[0].status", "\"Interrupted\"")]
    [InlineData("runs[0].tables[0].attempts", null)]
    [InlineData("runs[0].tables[0].duration", "1")]
    [InlineData("runs[0].tables[1].failedStep", "\"check\"")]
    [InlineData("runs[0].error.id", "\"EltTooFewRows,EltPs.Commands.InvokeEltPipelineCommand\"")]
    [InlineData("runs[0].error.message", null)]
    [InlineData("runs[0].error.statement", "\"SELECT 1\"")]
    [InlineData("runs[1].interval.end", null)]
    [InlineData("runs[1].logicalDate", "20250109")]
    [InlineData("runs[1].variables", "\"EU\"")]
    [InlineData("runs[3].error.transient", "false")]
    [InlineData("runs[3].tables[0].failedAttempts", "[]")]
    [InlineData("runs[3].tables[0].failedAttempts[0].attempt", "0")]
    [InlineData("errors[0].path", null)]
    [InlineData("errors[0].kind", "\"InvalidPipelineFile\"")]
    public void What_is_otherwise_is_not_valid_by_the_schema(string path, string? value)
    {
        var document = JsonNode.Parse(SampleReport.Everything.Json())!;
        var (owner, name) = Find(document, path);
        owner.AsObject().Remove(name);
        if (value is not null)
        {
            owner[name] = JsonNode.Parse(value);
        }

        Assert.NotEmpty(ResultSchema.Problems(document.ToJsonString()));
    }

    [Fact]
    public void Every_property_of_the_schema_is_written_by_somebody()
    {
        using var schema = JsonDocument.Parse(ResultSchema.Text);
        var described = schema
            .RootElement.GetProperty("$defs")
            .EnumerateObject()
            .Select(definition => definition.Value)
            .Prepend(schema.RootElement)
            .Where(definition => definition.TryGetProperty("properties", out _))
            .SelectMany(definition => definition.GetProperty("properties").EnumerateObject().Select(property => property.Name))
            .Distinct();
        using var document = JsonDocument.Parse(SampleReport.Everything.Json());

        Assert.Equal(
            described.Order(StringComparer.Ordinal),
            Names(document.RootElement).Except(["region"]).Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_schema_says_nothing_that_the_validator_of_these_tests_passes_over()
    {
        using var schema = JsonDocument.Parse(ResultSchema.Text);

        Assert.Equal("https://json-schema.org/draft/2020-12/schema", schema.RootElement.GetProperty("$schema").GetString());
        Assert.Empty(Keywords(schema.RootElement).Distinct().Except([.. Enforced, .. Words]));
    }

    [Fact]
    public void Every_object_of_the_schema_is_closed_but_for_the_names_of_variables()
    {
        using var schema = JsonDocument.Parse(ResultSchema.Text);

        var open = Objects(schema.RootElement)
            .Where(node => node.TryGetProperty("type", out var type) && type.ValueEquals("object"))
            .Where(node => !node.TryGetProperty("additionalProperties", out var others) || others.ValueKind != JsonValueKind.False);

        Assert.StartsWith(
            "The variables that were given",
            Assert.Single(open).GetProperty("description").GetString(),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(RunStatus.NothingToDo, RunStatus.NothingToDo)]
    [InlineData(RunStatus.Succeeded, RunStatus.NothingToDo, RunStatus.Succeeded)]
    [InlineData(RunStatus.Cancelled, RunStatus.Cancelled, RunStatus.Succeeded)]
    [InlineData(RunStatus.Failed, RunStatus.Failed, RunStatus.Cancelled)]
    [InlineData(RunStatus.Unknown, RunStatus.Failed, RunStatus.Unknown, RunStatus.Succeeded)]
    public void Its_status_is_the_worst_of_the_runs(RunStatus worst, params RunStatus[] runs) =>
        Assert.Equal(worst, SampleReport.Of([.. runs.Select(status => SampleReport.Nothing with { Status = status })], []).Status);

    [Fact]
    public void A_file_without_a_run_counts_as_failed_and_one_that_was_stopped_as_cancelled()
    {
        Assert.Equal(RunStatus.Failed, SampleReport.Of([SampleReport.ForAnInterval], [SampleReport.Invalid]).Status);
        Assert.Equal(
            RunStatus.Cancelled,
            SampleReport.Of([SampleReport.ForAnInterval], [SampleReport.Invalid with { IsCancellation = true }]).Status);
    }

    [Theory]
    [InlineData("Größe 数 \"quoted\" \\ <&> \u0000\u001b[31m\r\n\u2028 end", "Größe 数 \"quoted\" \\ <&> \u0000\u001b[31m\r\n\u2028 end")]
    [InlineData("half {HIGH} of a pair", "half \ufffd of a pair")]
    public void Whatever_a_message_holds_comes_back_as_it_was(string message, string read)
    {
        // An attribute's text cannot hold half a pair.
        var json = SampleReport.Of(
            [],
            [SampleReport.Invalid with { Message = message.Replace("{HIGH}", "\ud83d", StringComparison.Ordinal) }]).Json();

        Assert.Empty(ResultSchema.Problems(json));
        Assert.Equal(read, JsonNode.Parse(json)!["errors"]![0]!["message"]!.GetValue<string>());
    }

    [Fact]
    public void Neither_a_culture_nor_a_system_changes_a_byte()
    {
        var here = SampleReport.Everything.Json() + SampleReport.Everything.JUnit();
        var culture = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = new CultureInfo("ar-SA");

            Assert.Equal(here, SampleReport.Everything.Json() + SampleReport.Everything.JUnit());
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }

        Assert.DoesNotContain('\r', here);
        Assert.EndsWith(">\n", here, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Ten_thousand_runs_are_written_a_run_at_a_time(bool isJson)
    {
        var report = SampleReport.Of(
            [
                .. Enumerable
                    .Range(0, 10_000)
                    .Select(number =>
                        SampleReport.Failed with
                        {
                            RunId = string.Create(CultureInfo.InvariantCulture, $"20250110T031500Z-{number:x6}"),
                        }),
            ],
            []);
        using var stream = new LargestWrite();

        if (isJson)
        {
            JsonReport.Write(report, stream);
        }
        else
        {
            JUnitReport.Write(report, stream);
        }

        Assert.True(stream.Length > 10_000_000, $"{stream.Length} bytes");
        Assert.InRange(stream.Largest, 1, 64 * 1024);
    }

    private static (JsonNode Owner, string Name) Find(JsonNode document, string path)
    {
        var parts = path.Split('.', '[').Select(part => part.TrimEnd(']')).ToList();
        var owner = parts
            .SkipLast(1)
            .Aggregate(document, (node, part) =>
                char.IsAsciiDigit(part[0]) ? node[int.Parse(part, CultureInfo.InvariantCulture)]! : node[part]!);
        return (owner, parts[^1]);
    }

    private static IEnumerable<string> Names(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().SelectMany(property => Names(property.Value).Prepend(property.Name)),
        JsonValueKind.Array => element.EnumerateArray().SelectMany(Names),
        _ => [],
    };

    // Under these two there are names of properties and of definitions, not keywords.
    private static IEnumerable<string> Keywords(JsonElement schema) => schema.EnumerateObject().SelectMany(entry => entry.Name switch
    {
        "properties" or "$defs" => entry.Value.EnumerateObject().SelectMany(named => Keywords(named.Value)).Prepend(entry.Name),
        _ when entry.Value.ValueKind == JsonValueKind.Object => Keywords(entry.Value).Prepend(entry.Name),
        _ => [entry.Name],
    });

    private static IEnumerable<JsonElement> Objects(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().SelectMany(property => Objects(property.Value)).Prepend(element),
        JsonValueKind.Array => element.EnumerateArray().SelectMany(Objects),
        _ => [],
    };
}
