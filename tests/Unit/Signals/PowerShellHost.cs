using System.Text;
using EltPs.Tests.Host;
using EltPs.Tests.Support;

namespace EltPs.Tests.Signals;

/// <summary>What runs a script: elt, or PowerShell in one of the ways in which it is installed and started.</summary>
internal sealed record PowerShellHost(string Program, IReadOnlyList<string> Before, bool IsFile, bool IsLauncher, bool IsElt)
{
    // What stands in the template for the path of the assembly that is to be started, and the room that it has.
    private const string Placeholder = "c3ab8ff13720e8ad9047dd39466b3c8974e592c2fa383d4a3960714caef0c4f2";
    private const int Room = 1024;

    private static readonly Lazy<string> AppHost = new(MakeAppHost);

    /// <summary>The console host of EltPs.</summary>
    public static PowerShellHost Elt { get; } = new(EltProcess.Executable, [], IsFile: false, IsLauncher: false, IsElt: true);

    /// <summary><c>pwsh -Command</c> of an installed PowerShell.</summary>
    public static PowerShellHost Command { get; } = new(Installed, [], IsFile: false, IsLauncher: false, IsElt: false);

    /// <summary><c>pwsh -File</c> of an installed PowerShell.</summary>
    public static PowerShellHost File { get; } = Command with { IsFile = true };

    /// <summary><c>pwsh -Command</c> of the .NET tool: a launcher that starts PowerShell and waits for it.</summary>
    public static PowerShellHost ToolCommand { get; } = new(PowerShellTool.Dotnet, [Launcher], IsFile: false, IsLauncher: true, IsElt: false);

    /// <summary><c>pwsh -File</c> of the .NET tool.</summary>
    public static PowerShellHost ToolFile { get; } = ToolCommand with { IsFile = true };

    private static string Launcher => Path.GetFullPath(
        Path.Combine(Path.GetDirectoryName(PowerShellTool.Library)!, "..", "Microsoft.PowerShell.GlobalTool.Shim.dll"));

    // Only Linux runs a program that was changed and not signed anew.
    private static string Installed => OperatingSystem.IsLinux() ? AppHost.Value : "env";

    /// <summary>Starts a script in a folder; the module is imported first.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="script">The script.</param>
    /// <param name="joinsStreams">Whether standard error goes to standard output.</param>
    public EltProcess Start(string folder, string script, bool joinsStreams = false)
    {
        var arguments = Before.ToList();
        if (Program == "env")
        {
            arguments.AddRange([PowerShellTool.Dotnet, PowerShellTool.Library]);
        }

        arguments.AddRange(IsElt ? [script] : Arguments(folder, $"Import-Module '{BuiltModule.Manifest}'\n{script}"));
        var program = Program;
        if (joinsStreams)
        {
            arguments.InsertRange(0, ["-c", "exec \"$0\" \"$@\" 2>&1", program]);
            program = "sh";
        }

        return EltProcess.Start(folder, new Dictionary<string, string> { ["NO_COLOR"] = "1" }, [.. arguments], program);
    }

    private string[] Arguments(string folder, string script)
    {
        if (!IsFile)
        {
            return ["-NoProfile", "-NonInteractive", "-Command", script];
        }

        var file = Path.Combine(folder, "script.ps1");
        System.IO.File.WriteAllText(file, script);
        return ["-NoProfile", "-NonInteractive", "-File", file];
    }

    // PowerShell as a package or an archive installs it has an executable, and the tool has none; the SDK makes them of this template
    // (.NET SDK, "Microsoft.NET.HostModel", HostWriter).
    private static string MakeAppHost()
    {
        var root = Path.GetFullPath(Path.Combine(System.Runtime.InteropServices.RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", ".."));
        var template = Directory.EnumerateDirectories(Path.Combine(root, "sdk"))
            .Select(sdk => Path.Combine(sdk, "AppHostTemplate", "apphost"))
            .Last(System.IO.File.Exists);
        var folder = Directory.CreateTempSubdirectory("eltps-pwsh-").FullName;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(folder, recursive: true);
        var program = Path.Combine(folder, "pwsh");
        var bytes = System.IO.File.ReadAllBytes(template);
        var place = bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(Placeholder));
        bytes.AsSpan(place, Room).Clear();
        Encoding.UTF8.GetBytes(Path.GetRelativePath(folder, PowerShellTool.Library)).CopyTo(bytes, place);
        System.IO.File.WriteAllBytes(program, bytes);
        if (!OperatingSystem.IsWindows())
        {
            System.IO.File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        return program;
    }
}
