using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Management.Automation;
using System.Management.Automation.Language;
using EltPs.Engine.Alerts;
using EltPs.Engine.Definitions;
using EltPs.Engine.PipelineFiles;
using EltPs.Loading;
using EltPs.PipelineFiles;

namespace EltPs.Completion;

/// <summary>A completer that reads files: what cannot be read offers nothing, and nothing is written or opened for it.</summary>
internal abstract class QuietCompleter : IArgumentCompleter
{
    // The Tab key must not read a whole data lake.
    private const int MostFiles = 50;

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        Attempt(() => Complete(parameterName, CompletionText.Unquote(wordToComplete), fakeBoundParameters));

    /// <summary>The completions.</summary>
    /// <param name="parameter">The parameter's name.</param>
    /// <param name="word">What was typed, without its quotes.</param>
    /// <param name="bound">What stands on the command line so far; null for nothing.</param>
    protected abstract IEnumerable<CompletionResult> Complete(string parameter, string word, IDictionary? bound);

    /// <summary>The pipelines that the command line names; without a name the only one of the current folder.</summary>
    protected static IEnumerable<PipelineDefinition> Pipelines(IDictionary? bound) =>
        ConfigFiles.OrOnlyOne(bound).Take(MostFiles).SelectMany(path => Attempt(() => Enumerable.Repeat(Read(path), 1)));

    /// <summary>All pipelines of the current folder.</summary>
    protected static IEnumerable<PipelineDefinition> PipelinesHere() =>
        PipelineFileKind.In(CurrentLocation.Folder).Take(MostFiles).SelectMany(path => Attempt(() => Enumerable.Repeat(Read(path), 1)));

    /// <summary>Whatever a look-up gives; nothing if it fails.</summary>
    [SuppressMessage("Design", "CA1031", Justification = "Whatever cannot be read offers nothing; the Tab key shows no errors.")]
    protected static IReadOnlyList<T> Attempt<T>(Func<IEnumerable<T>> look)
    {
        try
        {
            return [.. look()];
        }
        catch (Exception)
        {
            return [];
        }
    }

    private static PipelineDefinition Read(string path) => PipelineFileLoader.Load(
        new PipelineFileContext(path, CurrentLocation.Resolve(path), WarehouseLoader.Registry, AlertChannels.Default.Keys));
}
