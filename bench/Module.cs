using System.Management.Automation.Runspaces;
using System.Reflection;

namespace EltPs.Bench;

/// <summary>The built module, and an engine to import it into.</summary>
internal static class Module
{
    /// <summary>The PowerShell statement that imports it.</summary>
    public static string Import { get; } = $"Import-Module {Quote(Path.Combine(Layout(), "EltPs.psd1"))}";

    /// <summary>A text as PowerShell writes it.</summary>
    public static string Quote(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";

    /// <summary>A bare PowerShell engine.</summary>
    public static Runspace OpenRunspace()
    {
        var state = InitialSessionState.CreateDefault2();
        if (OperatingSystem.IsWindows())
        {
            // The module's format file is a script to a fresh Windows machine, which runs none.
            state.ExecutionPolicy = Microsoft.PowerShell.ExecutionPolicy.Bypass;
        }

        var runspace = RunspaceFactory.CreateRunspace(state);
        runspace.Open();
        return runspace;
    }

    private static string Layout() =>
        typeof(Module).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(entry => entry.Key == "ModuleLayout").Value!;
}
