using NJsonSchema;

namespace EltPs.Tests.Reports;

/// <summary>Judges documents by docs/run-result.schema.json.</summary>
/// <remarks>
/// The validator follows references of draft 2020-12 only under the name that they had before, and passes over keywords that it does not
/// know: a test makes sure that there are none of those in the schema.
/// </remarks>
internal static class ResultSchema
{
    public static string Text { get; } = RepositoryFile.Text("docs/run-result.schema.json");

    public static IReadOnlyList<string> Problems(string json)
    {
        var schema = JsonSchema.FromJsonAsync(Text.Replace("$defs", "definitions", StringComparison.Ordinal)).GetAwaiter().GetResult();
        return [.. schema.Validate(json).Select(problem => problem.ToString())];
    }
}
