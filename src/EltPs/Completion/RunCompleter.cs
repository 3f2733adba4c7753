using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using EltPs.Bridge;
using EltPs.Engine.Journal;

namespace EltPs.Completion;

/// <summary>
/// Completes the ids of runs, the latest first, from the journals of the pipeline files that -Config names, else of the current folder.
/// </summary>
internal sealed class RunCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        var word = CompletionText.Unquote(wordToComplete);
        var configs = ConfigFiles.Of(fakeBoundParameters);
        var statePath = fakeBoundParameters?["StatePath"]?.ToString();
        var runs =
            configs.Count == 0
                ? Attempt(() => OfFolder(statePath))
                : configs.SelectMany(config => Attempt(() => OfPipeline(config, statePath)));
        return runs.Where(run => run.RunId.StartsWith(word, StringComparison.OrdinalIgnoreCase))
            .Select(run => new CompletionResult(run.RunId, run.RunId, CompletionResultType.ParameterValue, $"{run.Pipeline} {run.Status}"));
    }

    private static IReadOnlyList<JournaledRun> OfPipeline(string config, string? statePath) =>
        new RunHistory(State(CurrentLocation.Resolve(config), statePath)).Read(out _);

    private static IReadOnlyList<JournaledRun> OfFolder(string? statePath) =>
        RunHistory.ReadAll(State(Path.Combine(CurrentLocation.Folder, "any"), statePath).FullPath, out _);

    private static StateFolder State(string pipelinePath, string? statePath) =>
        StateFolder.For(pipelinePath, StateChoice.Of(statePath) is { } chosen ? CurrentLocation.Resolve(chosen) : null);

    private static IReadOnlyList<JournaledRun> Attempt(Func<IReadOnlyList<JournaledRun>> read)
    {
        try
        {
            return read();
        }
        catch (Exception exception) when (exception is IOException or ArgumentException or UnauthorizedAccessException or RuntimeException)
        {
            return [];
        }
    }
}
