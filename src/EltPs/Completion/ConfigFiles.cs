using System.Collections;
using System.Management.Automation;

namespace EltPs.Completion;

/// <summary>The pipeline files that -Config of a command line names.</summary>
internal static class ConfigFiles
{
    /// <summary>Each as it is named, or what its wildcards match; none if there is no -Config.</summary>
    /// <param name="parameters">What stands on the command line so far.</param>
    public static IReadOnlyList<string> Of(IDictionary? parameters) => [.. Values(parameters?["Config"]).SelectMany(Match)];

    private static IEnumerable<string> Values(object? config) => config switch
    {
        null => [],
        string path => [path],
        IEnumerable paths => paths.Cast<object>().Select(path => path.ToString()!),
        _ => [config.ToString()!],
    };

    private static IEnumerable<string> Match(string config)
    {
        try
        {
            return WildcardPattern.ContainsWildcardCharacters(config) && !File.Exists(CurrentLocation.Resolve(config))
                ? CurrentLocation.Matches(config)
                : [config];
        }
        catch (RuntimeException)
        {
            // No such drive or folder: whoever reads the file finds nothing there.
            return [config];
        }
    }
}
