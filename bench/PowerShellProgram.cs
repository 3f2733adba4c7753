using System.ComponentModel;
using System.Diagnostics;
using EltPs.Tests.Samples;

namespace EltPs.Bench;

/// <summary>PowerShell itself, started without the shim of the dotnet tool, which is a process of its own.</summary>
internal sealed record PowerShellProgram(string File, IReadOnlyList<string> First)
{
    /// <summary>That of the PATH, else the tool of the repository's manifest; null if there is none.</summary>
    public static PowerShellProgram? Find() => Home("pwsh", []) ?? Home("dotnet", ["tool", "run", "pwsh", "--"]);

    /// <summary>Runs a command without a profile.</summary>
    public Cost Run(string command) => ChildProcess.Measure(File, [.. First, "-NoProfile", "-NonInteractive", "-Command", command]);

    private static PowerShellProgram? Home(string program, string[] arguments)
    {
        var start = new ProcessStartInfo(program, [.. arguments, "-NoProfile", "-Command", "$PSHOME"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetFullPath(Path.Combine(MauSample.Folder, "..", "..")),
        };
        try
        {
            using var process = Process.Start(start)!;
            var home = process.StandardOutput.ReadToEnd().Trim();
            process.WaitForExit();
            if (process.ExitCode != 0 || !Directory.Exists(home))
            {
                return null;
            }

            var own = Path.Combine(home, OperatingSystem.IsWindows() ? "pwsh.exe" : "pwsh");
            return System.IO.File.Exists(own)
                ? new PowerShellProgram(own, [])
                : new PowerShellProgram("dotnet", [Path.Combine(home, "pwsh.dll")]);
        }
        catch (Win32Exception)
        {
            return null;
        }
    }
}
