using System.Collections;
using System.Management.Automation;
using EltPs.Engine.Errors;
using EltPs.PipelineFiles;

namespace EltPs.Completion;

/// <summary>The pipeline files that -Config of a command line names.</summary>
internal static class ConfigFiles
{
    /// <summary>The files that it means; none if there is no -Config.</summary>
    /// <param name="parameters">What stands on the command line so far.</param>
    public static IReadOnlyList<string> Of(IDictionary? parameters) => [.. Values(parameters?["Config"]).SelectMany(Match)];

    /// <summary>The same, and without -Config the only pipeline file of the current folder, if there is one.</summary>
    /// <param name="parameters">What stands on the command line so far.</param>
    public static IReadOnlyList<string> OrOnlyOne(IDictionary? parameters) =>
        parameters?["Config"] is not null ? Of(parameters)
        : PipelineFileKind.In(CurrentLocation.Folder) is [var only] ? [only]
        : [];

    private static IEnumerable<string> Values(object? config) => config switch
    {
        null => [],
        string path => [path],
        IEnumerable paths => paths.Cast<object>().Select(path => path.ToString()!),
        _ => [config.ToString()!],
    };

    private static IReadOnlyList<string> Match(string config)
    {
        try
        {
            return CurrentLocation.Finder.Find(config);
        }
        catch (Exception exception) when (exception is RuntimeException or EltException)
        {
            // No such drive or folder: whoever reads the file finds nothing there.
            return [config];
        }
    }
}
