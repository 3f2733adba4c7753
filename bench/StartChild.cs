using System.Management.Automation;
using System.Management.Automation.Runspaces;

namespace EltPs.Bench;

/// <summary>The process that <see cref="StartBench"/> starts afresh: a PowerShell engine that runs one script.</summary>
internal static class StartChild
{
    public const string Switch = "--start-child";

    public static int Run(IReadOnlyList<string> arguments)
    {
        var state = InitialSessionState.CreateDefault2();
        if (OperatingSystem.IsWindows())
        {
            // The module's format file is a script to a fresh Windows machine, which runs none.
            state.ExecutionPolicy = Microsoft.PowerShell.ExecutionPolicy.Bypass;
        }

        using var runspace = RunspaceFactory.CreateRunspace(state);
        runspace.Open();
        using var shell = PowerShell.Create(runspace);
        shell.AddScript(arguments[0]).Invoke();
        foreach (var error in shell.Streams.Error)
        {
            Console.Error.WriteLine(error);
        }

        return shell.Streams.Error.Count == 0 ? 0 : 1;
    }
}
