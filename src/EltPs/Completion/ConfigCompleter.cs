using System.Collections;
using System.Management.Automation;
using EltPs.PipelineFiles;

namespace EltPs.Completion;

/// <summary>Completes -Config: the pipeline files of a folder, its folders, and other psd1 files that may be meant to be one.</summary>
internal sealed class ConfigCompleter : QuietCompleter
{
    private const int MostFolders = 100;

    /// <inheritdoc/>
    protected override IEnumerable<CompletionResult> Complete(string parameter, string word, IDictionary? bound)
    {
        var cut = word.AsSpan().LastIndexOfAny('/', '\\') + 1;
        var (prefix, begin) = (word[..cut], word[cut..]);
        var folder = prefix.Length == 0 ? CurrentLocation.Folder : CurrentLocation.Resolve(prefix);
        var pipelines = PipelineFileKind.In(folder);
        var folders = Names(Directory.EnumerateDirectories(folder).Where(IsShown).Take(MostFolders));
        var others = Names(Directory.EnumerateFiles(folder, "*" + PipelineFileFinder.Extension))
            .Where(name => !pipelines.Contains(name) && !PipelineFileKind.IsSomethingElse(Path.Combine(folder, name)));
        return
        [
            .. Results(pipelines, CompletionResultType.ProviderItem, "pipeline file"),
            .. Results(folders, CompletionResultType.ProviderContainer, "folder"),
            .. Results(others, CompletionResultType.ProviderItem, "no pipeline file"),
        ];

        IEnumerable<CompletionResult> Results(IEnumerable<string> names, CompletionResultType type, string tip) => names
            .Where(name => name.StartsWith(begin, StringComparison.OrdinalIgnoreCase))
            .Select(name => CompletionText.Result(prefix + name, type, name, $"{Path.Combine(folder, name)}: {tip}"));
    }

    private static IEnumerable<string> Names(IEnumerable<string> paths) =>
        paths.Select(path => Path.GetFileName(path)).Order(StringComparer.OrdinalIgnoreCase);

    private static bool IsShown(string folder) => !Path.GetFileName(folder).StartsWith('.');
}
