namespace EltPs.Schedulers;

/// <summary>
/// Which <c>pwsh</c> a schedule names: one that starts this PowerShell, at a place that an update leaves where it is.
/// </summary>
/// <remarks>
/// The folder of the program itself often has a version in its name: the dotnet tool's store, a snap's revision, Homebrew's cellar, an app
/// of the Microsoft Store. What the user's shell finds on PATH leads there, and stays.
/// </remarks>
/// <param name="home">$PSHOME.</param>
/// <param name="process">The executable that runs now; null if it is not known.</param>
/// <param name="path">PATH.</param>
internal sealed class PowerShellExecutable(string home, string? process, string? path)
{
    private const string Store = ".store";
    private static readonly string Name = OperatingSystem.IsWindows() ? "pwsh.exe" : "pwsh";

    /// <summary>The executable, as an absolute path; null if there is none.</summary>
    public string? Find() => OnPath().FirstOrDefault(LeadsHome) ?? Launcher() ?? Own() ?? OnPath().FirstOrDefault();

    /// <summary>Whether a file is what starts PowerShell when it is a dotnet tool.</summary>
    public static bool IsLauncher(string file) =>
        Directory.Exists(Path.Combine(Path.GetDirectoryName(Target(file))!, Store, "powershell"));

    // PowerShell puts its own folder in front.
    private IEnumerable<string> OnPath() => (path ?? string.Empty)
        .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .Where(Path.IsPathFullyQualified)
        .Select(Path.TrimEndingDirectorySeparator)
        .Where(folder => folder != home)
        .Select(folder => Path.Combine(folder, Name))
        .Where(File.Exists);

    private bool LeadsHome(string file)
    {
        var folder = Path.GetDirectoryName(Target(file))!;
        return folder == home
            || IsBelow(Path.Combine(folder, Store))
            || IsPackaged(file, "snap", "bin")
            || IsPackaged(file, "WindowsApps")
            || SharesCellar(folder);
    }

    // /snap/bin/pwsh starts what is in /snap/powershell/<revision>, through a link to snap itself.
    private bool IsPackaged(string file, string root, string? bin = null)
    {
        var folder = Path.GetDirectoryName(file)!;
        var parent = bin is null ? folder : Path.GetFileName(folder) == bin ? Path.GetDirectoryName(folder) : null;
        return Path.GetFileName(parent) == root && home.Split(Path.DirectorySeparatorChar).Contains(root);
    }

    // …/bin/pwsh is a link to …/Cellar/powershell/<version>/bin/pwsh, a script that starts what is in …/<version>/libexec.
    private bool SharesCellar(string folder) =>
        folder.Split(Path.DirectorySeparatorChar).Contains("Cellar") && IsBelow(Path.GetDirectoryName(folder)!);

    // The tool's own folder need not be on PATH.
    private string? Launcher()
    {
        var store = home.IndexOf(Path.DirectorySeparatorChar + Store + Path.DirectorySeparatorChar, StringComparison.Ordinal);
        var launcher = store < 0 ? null : Path.Combine(home[..store], Name);
        return File.Exists(launcher) ? launcher : null;
    }

    // "dotnet pwsh.dll" is no executable that would do without its argument.
    private string? Own() => Path.GetFileName(process) == Name
        ? process
        : File.Exists(Path.Combine(home, Name)) ? Path.Combine(home, Name) : null;

    private bool IsBelow(string folder) => home.StartsWith(folder + Path.DirectorySeparatorChar, StringComparison.Ordinal);

    private static string Target(string file)
    {
        try
        {
            return File.ResolveLinkTarget(file, returnFinalTarget: true)?.FullName ?? file;
        }
        catch (IOException)
        {
            // A link in a circle.
            return file;
        }
    }
}
