using System.Management.Automation;
using EltPs.Engine.Errors;
using EltPs.Engine.Events;
using EltPs.Engine.Files;

namespace EltPs.PipelineFiles;

/// <summary>Finds the files that a value of -Config means: a file, with or without its ending, a folder with one, or a pattern.</summary>
/// <param name="paths">The session's paths.</param>
internal sealed class PipelineFileFinder(PathIntrinsics paths)
{
    /// <summary>The ending of a pipeline file.</summary>
    public const string Extension = ".psd1";

    private const int MostShown = 10;

    /// <summary>The files that a value means, as the user named them where that is possible.</summary>
    /// <exception cref="EltException">
    /// <see cref="EltErrorKind.PipelineFileMissing"/>: nothing matches, or a folder has none; <see cref="EltErrorKind.InvalidInput"/>: a
    /// folder has several.
    /// </exception>
    public IReadOnlyList<string> Find(string config)
    {
        try
        {
            var path = FullPath(config);
            return WildcardPattern.ContainsWildcardCharacters(config) && !File.Exists(path) ? Matches(config) : [FindOne(config)];
        }
        catch (SessionStateException missing)
        {
            throw Missing($"{config}: {missing.Message}", missing);
        }
    }

    /// <summary>The one file that a value means; it need not exist, unless it is looked for in a folder.</summary>
    /// <exception cref="EltException">
    /// <see cref="EltErrorKind.PipelineFileMissing"/>: a folder has none; <see cref="EltErrorKind.InvalidInput"/>: a folder has several.
    /// </exception>
    public string FindOne(string config)
    {
        var path = FullPath(config);
        if (!File.Exists(path) && !Path.EndsInDirectorySeparator(path) && File.Exists(path + Extension))
        {
            (config, path) = (config + Extension, path + Extension);
        }
        else if (Directory.Exists(path))
        {
            var name = OnlyOne(config, path);
            path = Path.Combine(path, name);
            config = Path.TrimEndingDirectorySeparator(config) == "." ? name : Path.Combine(config, name);
        }

        // A file from Get-ChildItem comes with its provider's name in front, which no reader wants to see in a message.
        return config.Contains("::", StringComparison.Ordinal) ? path : config;
    }

    /// <summary>The absolute path of a file, which need not exist.</summary>
    /// <exception cref="EltException">There is no such drive, or it has no files: a path on <c>env:</c> would lose its drive and mean a
    /// file of the current folder.</exception>
    public string FullPath(string path)
    {
        try
        {
            var full = paths.GetUnresolvedProviderPathFromPSPath(path, out var provider, out _);
            return provider.Name == "FileSystem"
                ? full
                : throw new EltException(
                    EltErrorKind.InvalidPipelineFile,
                    $"{path}: the drive of {provider.Name} has no files; give a path in the file system.");
        }
        catch (SessionStateException missing)
        {
            throw Missing($"{path}: {missing.Message}", missing);
        }
    }

    /// <summary>The error of a file that is not there, with the one that was probably meant.</summary>
    /// <param name="file">The path as the user named it.</param>
    /// <param name="fullPath">The absolute path.</param>
    public static EltException NoSuchFile(string file, string fullPath)
    {
        var folder = Path.GetDirectoryName(fullPath) ?? fullPath;
        var known = PipelineFileKind.In(folder).Select(name => Path.GetFileNameWithoutExtension(name)).ToList();
        var near = known.Count == 0 ? null : NearestKey.Find(Path.GetFileNameWithoutExtension(fullPath), known);
        var advice = near is null ? null : $"Did you mean {Path.Combine(Path.GetDirectoryName(file) ?? string.Empty, near + Extension)}?";
        return Missing($"{file}: There is no such file.", advice: advice);
    }

    private List<string> Matches(string config)
    {
        var matches = paths
            .GetResolvedProviderPathFromPSPath(config, out _)
            .Where(match => !PipelineFileKind.IsSomethingElse(match))
            .Order(StringComparer.Ordinal)
            .ToList();
        return matches.Count > 0 ? matches : throw Missing($"{config}: no pipeline file matches.");
    }

    private static string OnlyOne(string config, string folder) => PipelineFileKind.In(folder) switch
    {
        [var only] => only,
        [] => throw Missing(
            $"{config}: there is no pipeline file in this folder.",
            advice: "Name the file, or write one with New-EltPipeline."),
        var several => throw new EltException(
            EltErrorKind.InvalidInput,
            $"{config}: this folder has {several.Count} pipeline files: {string.Join(", ", several.Take(MostShown))}"
                + $"{(several.Count > MostShown ? ", …" : string.Empty)}.")
        {
            Advice = [Advice.Say($"Name one of them, or all with {Path.Combine(config, "*" + Extension)}.")],
        },
    };

    private static EltException Missing(string what, Exception? inner = null, string? advice = null) =>
        new(EltErrorKind.PipelineFileMissing, what, inner)
        {
            Advice = advice is null ? [] : [Advice.Say(advice)],
        };
}
