using System.Collections.Concurrent;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Reflection;

namespace EltPs.Tests.Support;

/// <summary>
/// A runspace that has imported the module. The import is what a runspace costs, so a test hands its own on to the next one, with every
/// variable as it was at first; one that a test left in any other way is closed.
/// </summary>
internal sealed class ModuleRunspace : IDisposable
{
    private const CommandTypes Definitions = CommandTypes.Function | CommandTypes.Filter | CommandTypes.Alias;

    private static readonly ConcurrentBag<ModuleRunspace> Unused = [];

    private readonly Assembly? _module;
    private readonly string _before;

    private ModuleRunspace(Assembly? module)
    {
        _module = module;
        var state = InitialSessionState.CreateDefault2();
        state.ThrowOnRunspaceOpenError = true;
        if (module is null)
        {
            state.ImportPSModule(BuiltModule.Manifest);
        }

        if (OperatingSystem.IsWindows())
        {
            // A fresh Windows machine loads no format files from a disk.
            state.ExecutionPolicy = Microsoft.PowerShell.ExecutionPolicy.Bypass;
        }

        Runspace = RunspaceFactory.CreateRunspace(Host, state);
        lock (Opening)
        {
            Runspace.Open();
        }

        if (module is not null)
        {
            using var import = PowerShell.Create(Runspace);
            import.AddCommand("Import-Module").AddParameter("Assembly", module).Invoke();
        }

        _before = Contents();
    }

    /// <summary>Held while a runspace is opened: two that open at the same moment can be left without a current drive.</summary>
    public static Lock Opening { get; } = new();

    public RecordingHost Host { get; } = new();

    public Runspace Runspace { get; }

    /// <param name="module">The cmdlets' assembly, of a module that was loaded in another way; null for the built module.</param>
    public static ModuleRunspace Take(Assembly? module) =>
        module is null && Unused.TryTake(out var unused) ? unused : new ModuleRunspace(module);

    /// <summary>Ends the use by a test.</summary>
    public void Dispose()
    {
        if (_module is null && IsAsBefore())
        {
            Unused.Add(this);
        }
        else
        {
            Runspace.Dispose();
        }
    }

    private bool IsAsBefore()
    {
        if (Runspace.RunspaceStateInfo.State != RunspaceState.Opened || Runspace.RunspaceAvailability != RunspaceAvailability.Available)
        {
            return false;
        }

        Runspace.ResetRunspaceState();
        Host.Reset();
        return Contents() == _before;
    }

    // What a script can leave besides variables.
    private string Contents()
    {
        using var shell = PowerShell.Create(Runspace);
        var modules = shell.AddCommand("Get-Module").Invoke<PSModuleInfo>();
        var commands = Runspace.SessionStateProxy.InvokeCommand.GetCommands("*", Definitions, nameIsPattern: true);
        return string.Join(
            '\n',
            [.. modules.Select(module => module.Path), .. commands.Select(command => $"{command.Name} {command.Definition}")]);
    }
}
