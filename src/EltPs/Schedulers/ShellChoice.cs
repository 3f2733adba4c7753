using System.Management.Automation;
using EltPs.Bridge;
using EltPs.Engine.Schedulers;

namespace EltPs.Schedulers;

/// <summary>Which executable a schedule starts.</summary>
/// <param name="Shell">What kind it is.</param>
/// <param name="Path">The executable, as an absolute path; null if it is not known here.</param>
internal sealed record ShellChoice(SchedulerShell Shell, string? Path)
{
    // What cron and systemd both look in.
    private static readonly string[] DefaultPath = ["/usr/bin", "/bin"];

    /// <summary>What the parameters say, else what runs now.</summary>
    /// <param name="shell">What -Shell said; null for nothing.</param>
    /// <param name="path">What -ShellPath said, as an absolute path; null for nothing.</param>
    /// <param name="hostName">The name of the host that runs now.</param>
    /// <param name="powerShellFolder">$PSHOME.</param>
    public static ShellChoice Of(SchedulerShell? shell, string? path, string hostName, string? powerShellFolder)
    {
        var isElt = hostName == EngineCmdlet.EltHost;
        var chosen = shell ?? (isElt ? SchedulerShell.Elt : SchedulerShell.PowerShell);
        return new ShellChoice(chosen, path ?? (chosen, isElt) switch
        {
            (SchedulerShell.PowerShell, _) => PowerShell(powerShellFolder),
            (_, true) => Elt(),
            _ => null,
        });
    }

    /// <summary>
    /// PATH with the folder of <c>dotnet</c>, if the executable looks for it there and a scheduler's own PATH has it not; else null.
    /// </summary>
    public string? SearchPath()
    {
        if (OperatingSystem.IsWindows() || Shell != SchedulerShell.PowerShell || Path is null || !PowerShellExecutable.IsLauncher(Path)
            || DefaultPath.Any(HasDotnet))
        {
            return null;
        }

        var folder = (Environment.GetEnvironmentVariable("PATH") ?? string.Empty)
            .Split(System.IO.Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Where(System.IO.Path.IsPathFullyQualified)
            .FirstOrDefault(HasDotnet);
        return folder is null ? null : string.Join(System.IO.Path.PathSeparator, DefaultPath.Prepend(folder));

        static bool HasDotnet(string folder) => File.Exists(System.IO.Path.Combine(folder, "dotnet"));
    }

    /// <summary>The manifest to import, if PowerShell would not find the module by itself.</summary>
    /// <param name="module">The module that runs now.</param>
    public static string? Manifest(PSModuleInfo? module)
    {
        if (module?.ModuleBase is not { Length: > 0 } folder)
        {
            return null;
        }

        var places = (Environment.GetEnvironmentVariable("PSModulePath") ?? string.Empty).Split(
            System.IO.Path.PathSeparator,
            StringSplitOptions.RemoveEmptyEntries);
        return places.Any(place =>
            folder.StartsWith(
                System.IO.Path.TrimEndingDirectorySeparator(place) + System.IO.Path.DirectorySeparatorChar,
                StringComparison.OrdinalIgnoreCase))
            ? null
            : System.IO.Path.Combine(folder, "EltPs.psd1");
    }

    // Started as "dotnet elt.dll" too, its executable lies beside it.
    private static string Elt() => System.IO.Path.Combine(AppContext.BaseDirectory, Executable("elt"));

    // Of elt $PSHOME is its own folder, which has no pwsh.
    private static string? PowerShell(string? home) => new PowerShellExecutable(
        home ?? string.Empty,
        Environment.ProcessPath,
        Environment.GetEnvironmentVariable("PATH")).Find();

    private static string Executable(string name) => OperatingSystem.IsWindows() ? name + ".exe" : name;
}
