using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using EltPs.Engine.Schedulers;

namespace EltPs.Completion;

/// <summary>Completes the schedulers.</summary>
internal sealed class SchedulerFormatCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        SchedulerFormats
            .All.Select(format => format.Name)
            .Where(name => name.StartsWith(CompletionText.Unquote(wordToComplete), StringComparison.OrdinalIgnoreCase))
            .Select(CompletionText.Result);
}
