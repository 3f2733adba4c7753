using System.Collections;
using System.Management.Automation;
using EltPs.Engine.Names;
using EltPs.Engine.Templates;

namespace EltPs.Completion;

/// <summary>Completes -Variable: a table with one of the file's variables and its value there, to be changed.</summary>
internal sealed class VariableCompleter : QuietCompleter
{
    /// <inheritdoc/>
    protected override IEnumerable<CompletionResult> Complete(string parameter, string word, IDictionary? bound) =>
        Pipelines(bound)
            .SelectMany(pipeline => pipeline.Variables)
            .DistinctBy(variable => variable.Key, StringComparer.OrdinalIgnoreCase)
            .OrderBy(variable => variable.Key, StringComparer.OrdinalIgnoreCase)
            .Select(variable => (variable.Key, Text: $"@{{ {variable.Key} = {Literal(variable.Value)} }}"))
            .Where(variable => variable.Text.StartsWith(word, StringComparison.OrdinalIgnoreCase)
                || variable.Key.StartsWith(word, StringComparison.OrdinalIgnoreCase))
            .Select(variable => new CompletionResult(variable.Text, variable.Key, CompletionResultType.ParameterValue, variable.Text));

    private static string Literal(SqlValue value) => value switch
    {
        { Items: { } items } => $"@({string.Join(", ", items.Select(Literal))})",
        { Value: null } => "$null",
        { Value: bool flag } => flag ? "$true" : "$false",
        { Value: string or DateOnly or DateTime or DateTimeOffset } => PowerShellLiteral.Quote(value.Text!),
        _ => value.Text!,
    };
}
