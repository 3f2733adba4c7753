using System.Management.Automation;
using System.Runtime.InteropServices;

namespace EltPs.Signals;

/// <summary>
/// The launcher of the dotnet tool PowerShell: a process that starts PowerShell and waits for it. It does not pass SIGTERM on, so whoever
/// ends it leaves PowerShell running.
/// </summary>
/// <remarks>
/// PowerShell, "src/Microsoft.PowerShell.GlobalTool.Shim/GlobalToolShim.cs". Only this parent is watched: that a shell has ended says
/// nothing about the job that it started.
/// </remarks>
internal static class ToolLauncher
{
    private const string FileName = "Microsoft.PowerShell.GlobalTool.Shim.dll";
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    // What it was when the first run began; between two runs it can die as well.
    private static readonly Lazy<int?> Process = new(Find);

    /// <summary>Says once that the launcher has died. Null if there is none.</summary>
    public static IDisposable? WhenGone(Action gone)
    {
        if (Process.Value is not { } launcher)
        {
            return null;
        }

        var told = 0;
        return new Timer(
            _ =>
            {
                // A process whose parent has died gets another one.
                if (Parent() != launcher && Interlocked.Exchange(ref told, 1) == 0)
                {
                    gone();
                }
            },
            state: null,
            TimeSpan.Zero,
            Interval);
    }

    private static int? Find()
    {
        // The tool has PowerShell in a folder beside the launcher's assembly.
        var home = Path.GetDirectoryName(typeof(PSObject).Assembly.Location);
        if (OperatingSystem.IsWindows() || home is null || !File.Exists(Path.Combine(home, "..", FileName)))
        {
            return null;
        }

        try
        {
            // "dotnet …/pwsh.dll", written by hand in a shell, has that shell for a parent.
            using var parent = System.Diagnostics.Process.GetProcessById(Parent());
            return parent.ProcessName is "pwsh" or "dotnet" ? parent.Id : null;
        }
        catch (Exception gone) when (gone is ArgumentException or InvalidOperationException)
        {
            return null;
        }
    }

    [DllImport("libc", EntryPoint = "getppid")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Parent();
}
