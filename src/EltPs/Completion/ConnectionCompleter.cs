using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

using EltPs.Engine.Definitions;

namespace EltPs.Completion;

/// <summary>Completes -Connection with the embedded warehouse's name and the database files of the current folder.</summary>
public sealed class ConnectionCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        var word = CompletionText.Unquote(wordToComplete);
        var files = Directory.EnumerateFiles(CurrentLocation.Folder, "*.duckdb").Select(Path.GetFileName).OfType<string>();
        return files.Order(StringComparer.OrdinalIgnoreCase)
            .Prepend(ConnectionDefinition.EmbeddedName)
            .Where(name => name.StartsWith(word, StringComparison.OrdinalIgnoreCase))
            .Select(CompletionText.Result);
    }
}
