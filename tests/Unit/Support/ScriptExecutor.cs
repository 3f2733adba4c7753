using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Reflection;
using EltPs.Objects;

namespace EltPs.Tests.Support;

/// <summary>Runs scripts in a runspace that has imported the built module, as users have it.</summary>
/// <remarks>
/// The module loads a DuckDB of its own beside that of the tests, and a file's lock belongs to the process: whichever copy closes the file
/// first takes the other's lock away. So a test reads a database file only when no pipeline has it open.
/// </remarks>
internal sealed class ScriptExecutor : IDisposable
{
    private readonly ModuleRunspace _module;

    /// <param name="folder">The current folder of the scripts.</param>
    /// <param name="module">The cmdlets' assembly, of a module that was loaded in another way; null for the built module.</param>
    public ScriptExecutor(string folder, Assembly? module = null)
    {
        _module = ModuleRunspace.Take(module);
        Runspace.SessionStateProxy.Path.SetLocation(WildcardPattern.Escape(folder));
    }

    /// <summary>The places of the choices to take when a cmdlet asks.</summary>
    public Queue<int> Answers => Host.Answers;

    /// <summary>The questions that cmdlets asked.</summary>
    public IReadOnlyList<string> Questions => Host.Questions;

    private RecordingHost Host => _module.Host;

    private Runspace Runspace => _module.Runspace;

    /// <summary>Runs one script in a runspace that no other test uses meanwhile.</summary>
    public static ScriptRun RunIn(string folder, string script, Assembly? module = null)
    {
        using var executor = new ScriptExecutor(folder, module);
        return executor.Run(script);
    }

    /// <summary>Runs a script to its end; its variables stay for the next one.</summary>
    public ScriptRun Run(string script)
    {
        using var shell = Create(script);
        var output = new PSDataCollection<PSObject>();
        ErrorRecord? terminating = null;
        var shown = Host.Text.Length;
        try
        {
            shell.Invoke(null, output);
        }
        catch (RuntimeException ended)
        {
            terminating = ended.ErrorRecord;
        }

        return new ScriptRun
        {
            Written = [.. output.Select(item => item?.BaseObject!)],
            Output = [.. output.Select(item => EltObject.Unwrap(item?.BaseObject)!)],
            Errors = [.. shell.Streams.Error],
            Warnings = [.. shell.Streams.Warning.Select(record => record.Message)],
            Verbose = [.. shell.Streams.Verbose.Select(record => record.Message.ReplaceLineEndings("\n"))],
            Debug = [.. shell.Streams.Debug.Select(record => record.Message)],
            Information = [.. shell.Streams.Information],
            Progress = [.. shell.Streams.Progress],
            HostText = Host.Text[shown..],
            Terminating = terminating,
        };
    }

    /// <summary>A script that a test starts and stops itself.</summary>
    public PowerShell Create(string script)
    {
        var shell = PowerShell.Create(Runspace);
        return shell.AddScript(script);
    }

    /// <summary>The value of a script's variable.</summary>
    public object? Variable(string name) =>
        EltObject.Unwrap(Runspace.SessionStateProxy.GetVariable(name) is PSObject wrapped
            ? wrapped.BaseObject
            : Runspace.SessionStateProxy.GetVariable(name));

    /// <summary>What the Tab key offers at the end of a line.</summary>
    public IReadOnlyList<string> Complete(string line)
    {
        using var shell = PowerShell.Create(Runspace);
        return [.. CommandCompletion.CompleteInput(line, line.Length, null, shell).CompletionMatches.Select(match => match.CompletionText)];
    }

    public void Dispose() => _module.Dispose();
}
