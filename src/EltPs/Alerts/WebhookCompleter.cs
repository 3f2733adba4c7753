using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

using EltPs.Completion;

namespace EltPs.Alerts;

/// <summary>Completes -Webhook: references to the environment variables that look like one. Their values are not read.</summary>
internal sealed class WebhookCompleter : IArgumentCompleter
{
    private static readonly string[] Kinds = ["file:", "secret:"];

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        var word = CompletionText.Unquote(wordToComplete);
        return Environment
            .GetEnvironmentVariables()
            .Keys.Cast<string>()
            .Where(name =>
                name.Contains("WEBHOOK", StringComparison.OrdinalIgnoreCase) || name.Contains("SLACK", StringComparison.OrdinalIgnoreCase))
            .Order(StringComparer.OrdinalIgnoreCase)
            .Select(name => $"env:{name}")
            .Concat(Kinds)
            .Where(reference => reference.StartsWith(word, StringComparison.OrdinalIgnoreCase))
            .Select(CompletionText.Result);
    }
}
