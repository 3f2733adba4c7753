namespace EltPs.Host;

/// <summary>The built module that elt imports.</summary>
/// <param name="Path">The folder that holds EltPs.psd1.</param>
internal sealed record ModuleFolder(string Path)
{
    private const string ManifestName = "EltPs.psd1";

    /// <summary>The manifest's full path.</summary>
    public string Manifest => System.IO.Path.Combine(Path, ManifestName);

    /// <summary>The module's version: every release lies in a folder of that name.</summary>
    public Version Version { get; } = VersionOf(Path) ?? ManifestVersion.Read(System.IO.Path.Combine(Path, ManifestName));

    /// <summary>
    /// Looks in <c>Modules/EltPs</c> beside the host, then in <c>output/EltPs</c> of the repository that the host was built in.
    /// The newest version wins.
    /// </summary>
    /// <exception cref="ModuleNotFoundException">It is at neither place.</exception>
    public static ModuleFolder Find(string hostDirectory)
    {
        var beside = System.IO.Path.Combine(hostDirectory, "Modules", "EltPs");
        if (Newest(beside) is { } shipped)
        {
            return shipped;
        }

        for (var folder = new DirectoryInfo(hostDirectory); folder is not null; folder = folder.Parent)
        {
            if (Newest(System.IO.Path.Combine(folder.FullName, "output", "EltPs")) is { } built)
            {
                return built;
            }
        }

        throw new ModuleNotFoundException(
            $"The EltPs module is missing. It is expected in {beside}, or in output/EltPs of the repository that elt was built in: run "
                + "'dotnet build' there.");
    }

    private static ModuleFolder? Newest(string moduleRoot)
    {
        if (HoldsManifest(moduleRoot))
        {
            return new ModuleFolder(moduleRoot);
        }

        return !Directory.Exists(moduleRoot)
            ? null
            : Directory.EnumerateDirectories(moduleRoot)
                .Where(folder => VersionOf(folder) is not null && HoldsManifest(folder))
                .OrderByDescending(VersionOf)
                .Select(folder => new ModuleFolder(folder))
                .FirstOrDefault();
    }

    private static bool HoldsManifest(string folder) => File.Exists(System.IO.Path.Combine(folder, ManifestName));

    private static Version? VersionOf(string folder) =>
        Version.TryParse(System.IO.Path.GetFileName(System.IO.Path.TrimEndingDirectorySeparator(folder)), out var version) ? version : null;
}
