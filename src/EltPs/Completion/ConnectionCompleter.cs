using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Management.Automation;
using System.Management.Automation.Language;
using EltPs.Connections;
using EltPs.DataFiles;
using EltPs.Engine.Definitions;
using EltPs.Engine.PipelineFiles;
using EltPs.Loading;

namespace EltPs.Completion;

/// <summary>Completes connections: the embedded one, the database files of the current folder, and all known names.</summary>
internal sealed class ConnectionCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        var word = CompletionText.Unquote(wordToComplete);
        var config = ConfigFiles.Of(fakeBoundParameters) is [var first, ..] ? first : null;

        // -Name filters names, and a file is none.
        var files = string.Equals(parameterName, "Name", StringComparison.OrdinalIgnoreCase) ? [] : Attempt(Files);
        return files
            .Prepend(ConnectionDefinition.EmbeddedName)
            .Concat(Attempt(() => OfPipeline(config)))
            .Concat(Attempt(() => Known(config)))
            .Distinct(StringComparer.OrdinalIgnoreCase)
            .Where(name => name.StartsWith(word, StringComparison.OrdinalIgnoreCase))
            .Select(CompletionText.Result);
    }

    private static IEnumerable<string> Files() =>
        Directory
            .EnumerateFiles(CurrentLocation.Folder, "*.duckdb")
            .Select(Path.GetFileName)
            .OfType<string>()
            .Order(StringComparer.OrdinalIgnoreCase);

    private static IEnumerable<string> OfPipeline(string? config)
    {
        if (config is null)
        {
            return [];
        }

        var path = CurrentLocation.Resolve(config);
        var root = DataFileReader.Read(config, path);
        return ConnectionFileReader
            .ReadPipelineFile(root, config, Path.GetDirectoryName(path)!, WarehouseLoader.Registry)
            .Select(known => known.Name);
    }

    private static IReadOnlyList<string> Known(string? config)
    {
        var folder = config is null ? CurrentLocation.Folder : Path.GetDirectoryName(CurrentLocation.Resolve(config))!;
        return new ConnectionLookup(folder, WarehouseLoader.Registry).Names;
    }

    [SuppressMessage("Design", "CA1031", Justification = "Whatever cannot be read has no names; the Tab key shows no errors.")]
    private static IReadOnlyList<string> Attempt(Func<IEnumerable<string>> names)
    {
        try
        {
            return [.. names()];
        }
        catch (Exception)
        {
            return [];
        }
    }
}
