using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using EltPs.Engine.Alerts;
using EltPs.Engine.Definitions;
using EltPs.Engine.Errors;
using EltPs.Engine.PipelineFiles;
using EltPs.Loading;
using EltPs.PipelineFiles;

namespace EltPs.Completion;

/// <summary>Completes -Table, -StartAt and -Tag from the pipeline files that -Config names.</summary>
internal sealed class TableCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        var word = CompletionText.Unquote(wordToComplete);
        var pipelines = ConfigFiles.Of(fakeBoundParameters).Select(Read).OfType<PipelineDefinition>();
        var names = string.Equals(parameterName, "Tag", StringComparison.OrdinalIgnoreCase)
            ? pipelines.SelectMany(pipeline => pipeline.Tables.SelectMany(table => table.Tags).Concat(pipeline.Tags))
            : pipelines.SelectMany(pipeline => pipeline.Tables).Select(table => table.Name.ToString());
        return names.Distinct(StringComparer.OrdinalIgnoreCase)
            .Where(name => name.Contains(word, StringComparison.OrdinalIgnoreCase))
            .Select(CompletionText.Result);
    }

    private static PipelineDefinition? Read(string path)
    {
        try
        {
            return PipelineFileLoader.Load(
                new PipelineFileContext(path, CurrentLocation.Resolve(path), WarehouseLoader.Registry, AlertChannels.Default.Keys));
        }
        catch (Exception exception)
            when (exception is EltException or IOException or ArgumentException or UnauthorizedAccessException or RuntimeException)
        {
            return null;
        }
    }
}
