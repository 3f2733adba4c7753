using System.Text.RegularExpressions;

namespace EltPs.Host;

/// <summary>The version in a module manifest whose folder does not carry it.</summary>
internal static partial class ManifestVersion
{
    /// <exception cref="ModuleNotFoundException">The manifest has no version.</exception>
    public static Version Read(string manifest)
    {
        var match = ModuleVersion().Match(File.ReadAllText(manifest));
        return match.Success
            ? Version.Parse(match.Groups["version"].Value)
            : throw new ModuleNotFoundException($"{manifest} has no ModuleVersion.");
    }

    [GeneratedRegex(@"^\s*ModuleVersion\s*=\s*'(?<version>\d+(\.\d+)+)'", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex ModuleVersion();
}
