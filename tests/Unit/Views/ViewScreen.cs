using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Text.RegularExpressions;
using EltPs.Tests.Support;

namespace EltPs.Tests.Views;

/// <summary>Shows objects as PowerShell shows them, on a screen of a given width.</summary>
public sealed partial class ViewScreen : IDisposable
{
    private readonly ScreenHost _host = new();
    private readonly Runspace _runspace;

    public ViewScreen()
    {
        var state = InitialSessionState.CreateDefault2();
        state.ThrowOnRunspaceOpenError = true;
        state.ImportPSModule(BuiltModule.Manifest);
        if (OperatingSystem.IsWindows())
        {
            state.ExecutionPolicy = Microsoft.PowerShell.ExecutionPolicy.Bypass;
        }

        _runspace = Open(state);
    }

    public void Dispose() => _runspace.Dispose();

    /// <summary>The lines that a screen shows, without colours and blanks at their ends.</summary>
    /// <param name="width">The screen's columns.</param>
    /// <param name="objects">The objects, one after the other in one pipeline.</param>
    /// <param name="script">What the objects are piped to.</param>
    internal string Show(int width, IEnumerable<object> objects, string script = "$input | Out-Default")
    {
        SetWidth(width);
        using var shell = PowerShell.Create(_runspace);
        shell.AddScript(script).Invoke(objects);
        return string.Join('\n', Escape().Replace(_host.Take(), string.Empty).Split('\n').Select(line => line.TrimEnd()));
    }

    /// <summary>Chooses the screen's columns for what follows.</summary>
    internal void SetWidth(int width) => _host.Width = width;

    /// <summary>What a script writes to its output.</summary>
    internal IReadOnlyList<PSObject> Run(string script, params IEnumerable<object> objects)
    {
        using var shell = PowerShell.Create(_runspace);
        var output = shell.AddScript(script).Invoke(objects);
        return shell.HadErrors ? throw new InvalidOperationException(string.Join('\n', shell.Streams.Error)) : output;
    }

    // One that opens while another one is closed can be left without a drive.
    private Runspace Open(InitialSessionState state)
    {
        lock (ModuleRunspace.Opening)
        {
            while (true)
            {
                var runspace = RunspaceFactory.CreateRunspace(_host, state.Clone());
                runspace.Open();
                if (runspace.SessionStateProxy.Drive.GetAllForProvider("FileSystem").Any(drive => drive.Name is "/" or "C"))
                {
                    return runspace;
                }

                runspace.Dispose();
            }
        }
    }

    [GeneratedRegex("\u001b\\[[0-9;]*m")]
    private static partial Regex Escape();
}
