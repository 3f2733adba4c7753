using System.Collections;
using System.Management.Automation;

namespace EltPs.Completion;

/// <summary>Completes -Table, -StartAt and -Tag from the pipeline files that -Config names.</summary>
internal sealed class TableCompleter : QuietCompleter
{
    /// <inheritdoc/>
    protected override IEnumerable<CompletionResult> Complete(string parameter, string word, IDictionary? bound)
    {
        var pipelines = Pipelines(bound);
        var names = string.Equals(parameter, "Tag", StringComparison.OrdinalIgnoreCase)
            ? pipelines.SelectMany(pipeline => pipeline.Tables.SelectMany(table => table.Tags).Concat(pipeline.Tags))
            : pipelines.SelectMany(pipeline => pipeline.Tables).Select(table => table.Name.ToString());
        return names.Distinct(StringComparer.OrdinalIgnoreCase)
            .Where(name => name.Contains(word, StringComparison.OrdinalIgnoreCase))
            .Select(CompletionText.Result);
    }
}
