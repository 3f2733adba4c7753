using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Reflection;

namespace EltPs.Tests.Pester;

/// <summary>The commands that the built module exports, with their parameters, as a runspace sees them.</summary>
public sealed class ExportedCommands : IDisposable
{
    private readonly Runspace _runspace;

    public ExportedCommands()
    {
        var state = InitialSessionState.CreateDefault2();
        state.ThrowOnRunspaceOpenError = true;
        state.ImportPSModule([Path.Combine(Metadata("ModuleLayout"), "EltPs.psd1")]);
        _runspace = RunspaceFactory.CreateRunspace(state);
        _runspace.Open();

        using var shell = PowerShell.Create(_runspace);
        Commands = shell.AddCommand("Get-Command").AddParameter("Module", "EltPs").Invoke<CommandInfo>()
            .ToDictionary(command => command.Name, StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>The commands by their names.</summary>
    internal IReadOnlyDictionary<string, CommandInfo> Commands { get; }

    /// <summary>The folder of the specs.</summary>
    internal static string Specs { get; } = Path.GetFullPath(Path.Combine(Metadata("RepositoryRoot"), "tests", "Pester"));

    public void Dispose() => _runspace.Dispose();

    private static string Metadata(string key) => typeof(ExportedCommands).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == key).Value!;
}
