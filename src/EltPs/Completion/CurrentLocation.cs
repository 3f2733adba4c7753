using System.Management.Automation;
using EltPs.PipelineFiles;

namespace EltPs.Completion;

/// <summary>Paths as the user's session sees them: Set-Location does not change the folder of the process.</summary>
internal static class CurrentLocation
{
    /// <summary>The session's file system folder.</summary>
    public static string Folder => Paths().CurrentFileSystemLocation.ProviderPath;

    /// <summary>The absolute path of a file, which need not exist.</summary>
    /// <exception cref="RuntimeException">The path's drive or provider does not exist.</exception>
    public static string Resolve(string path) => Paths().GetUnresolvedProviderPathFromPSPath(path);

    /// <summary>Finds pipeline files.</summary>
    public static PipelineFileFinder Finder => new(Paths());

    // A completer is given no session state. This is the way to it that needs no command of another module.
    private static PathIntrinsics Paths()
    {
        using var shell = PowerShell.Create(RunspaceMode.CurrentRunspace);
        return (PathIntrinsics)shell.AddScript("$ExecutionContext.SessionState.Path").Invoke()[0].BaseObject;
    }
}
