using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

using EltPs.Bridge;
using EltPs.Engine.Journal;

namespace EltPs.Completion;

/// <summary>Completes the ids of runs, the latest first, from the journals of the pipeline file that -Config names.</summary>
public sealed class RunCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        var word = CompletionText.Unquote(wordToComplete);
        return Runs(fakeBoundParameters?["Config"]?.ToString(), fakeBoundParameters?["StatePath"]?.ToString())
            .Where(run => run.RunId.StartsWith(word, StringComparison.OrdinalIgnoreCase))
            .Select(run => new CompletionResult(run.RunId, run.RunId, CompletionResultType.ParameterValue, $"{run.Pipeline} {run.Status}"));
    }

    private static IReadOnlyList<JournaledRun> Runs(string? config, string? statePath)
    {
        if (config is null)
        {
            return [];
        }

        try
        {
            var chosen = StateChoice.Of(statePath);
            return new RunHistory(StateFolder.For(CurrentLocation.Resolve(config), chosen is null ? null : CurrentLocation.Resolve(chosen))).Read(out _);
        }
        catch (Exception exception) when (exception is IOException or ArgumentException or UnauthorizedAccessException or RuntimeException)
        {
            return [];
        }
    }
}
