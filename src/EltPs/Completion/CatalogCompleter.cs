using System.Collections;
using System.Management.Automation;
using EltPs.Engine.Names;

namespace EltPs.Completion;

/// <summary>
/// Completes -Schema and -Table of a table that is named by parameters, from the pipeline files of the current folder. The warehouse is not
/// asked: to open a DuckDB file, even to read it, locks out the run that is about to begin.
/// </summary>
internal sealed class CatalogCompleter : QuietCompleter
{
    /// <inheritdoc/>
    protected override IEnumerable<CompletionResult> Complete(string parameter, string word, IDictionary? bound)
    {
        var isSchema = string.Equals(parameter, "Schema", StringComparison.OrdinalIgnoreCase);
        var schema = isSchema ? null : bound?["Schema"]?.ToString();
        return PipelinesHere()
            .SelectMany(pipeline => pipeline.Tables)
            .Select(table => table.Name)
            .Where(name => schema is null || string.Equals(Schema(name), schema, StringComparison.OrdinalIgnoreCase))
            .Select(name => isSchema ? Schema(name) : name.Table.ToString())
            .Distinct(StringComparer.OrdinalIgnoreCase)
            .Where(text => text.Trim('"').StartsWith(word.Trim('"'), StringComparison.OrdinalIgnoreCase))
            .Select(CompletionText.Result);
    }

    private static string Schema(TableName name)
    {
        var (text, table) = (name.ToString(), name.Table.ToString());
        return text[..^(table.Length + 1)];
    }
}
