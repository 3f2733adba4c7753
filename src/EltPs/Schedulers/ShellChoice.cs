using System.Management.Automation;

using EltPs.Engine.Schedulers;

namespace EltPs.Schedulers;

/// <summary>Which executable a schedule starts.</summary>
/// <param name="Shell">What kind it is.</param>
/// <param name="Path">The executable, as an absolute path; null if it is not known here.</param>
internal sealed record ShellChoice(SchedulerShell Shell, string? Path)
{
    /// <summary>What the console host of EltPs calls itself.</summary>
    public const string EltHost = "elt";

    private const string PowerShellName = "pwsh";

    /// <summary>What the parameters say, else what runs now.</summary>
    /// <param name="shell">What -Shell said; null for nothing.</param>
    /// <param name="path">What -ShellPath said, as an absolute path; null for nothing.</param>
    /// <param name="hostName">The name of the host that runs now.</param>
    /// <param name="powerShellFolder">$PSHOME.</param>
    public static ShellChoice Of(SchedulerShell? shell, string? path, string hostName, string? powerShellFolder)
    {
        var isElt = hostName == EltHost;
        var chosen = shell ?? (isElt ? SchedulerShell.Elt : SchedulerShell.PowerShell);
        return new ShellChoice(chosen, path ?? (chosen == SchedulerShell.PowerShell ? PowerShell(powerShellFolder) : isElt ? Elt() : null));
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

    private static string? PowerShell(string? home)
    {
        if (Environment.ProcessPath is { } process && System.IO.Path.GetFileNameWithoutExtension(process) == PowerShellName)
        {
            return process;
        }

        var folders = (Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(
            System.IO.Path.PathSeparator,
            StringSplitOptions.RemoveEmptyEntries);
        return folders
            .Prepend(home ?? string.Empty)
            .Where(System.IO.Path.IsPathFullyQualified)
            .Select(folder => System.IO.Path.Combine(folder, Executable(PowerShellName)))
            .FirstOrDefault(File.Exists);
    }

    private static string Executable(string name) => OperatingSystem.IsWindows() ? name + ".exe" : name;
}
