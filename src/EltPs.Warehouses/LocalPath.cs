namespace EltPs.Warehouses;

/// <summary>Paths as users write them.</summary>
internal static class LocalPath
{
    /// <summary>The user's home folder.</summary>
    public static string Home =>
        Environment.GetFolderPath(Environment.SpecialFolder.UserProfile, Environment.SpecialFolderOption.DoNotVerify);

    /// <summary>The absolute path: <c>~</c> is the home folder, and a relative path starts at the base folder.</summary>
    public static string Expand(string path, string baseFolder)
    {
        var isInHome =
            path == "~"
            || path.StartsWith("~/", StringComparison.Ordinal)
            || path.StartsWith($"~{Path.DirectorySeparatorChar}", StringComparison.Ordinal);
        return isInHome
            ? Path.GetFullPath(path[1..].TrimStart('/', Path.DirectorySeparatorChar), Home)
            : Path.GetFullPath(path, baseFolder);
    }
}
