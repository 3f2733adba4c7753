using System.Management.Automation;
using System.Management.Automation.Language;
using System.Management.Automation.Runspaces;
using Microsoft.PowerShell;

namespace EltPs.Host;

/// <summary>One runspace with the module imported, and the command line that runs in it.</summary>
internal sealed class Session : IDisposable
{
    // Set by a last statement of the script's own scope: from outside, $? is true again when the script has ended.
    private const string SucceededVariable = "__eltSucceeded";

    private readonly ConsoleHost _host;
    private readonly ModuleFolder _module;
    private readonly Runspace _runspace;
    private ErrorRecord? _lastError;
    private int _code;

    private Session(ConsoleHost host, ModuleFolder module, Runspace runspace)
    {
        _host = host;
        _module = module;
        _runspace = runspace;
    }

    /// <param name="host">What it writes to.</param>
    /// <param name="module">The module.</param>
    /// <param name="folder">The current folder; null for that of the process.</param>
    /// <exception cref="ModuleNotFoundException">The module is there, but cannot be imported.</exception>
    public static Session Open(ConsoleHost host, ModuleFolder module, string? folder = null)
    {
        var state = InitialSessionState.CreateDefault2();
        state.ImportPSModule(module.Manifest);
        state.ThrowOnRunspaceOpenError = true;
        // PowerShell 7 is installed with this policy; without it Windows would refuse a local script.
        if (OperatingSystem.IsWindows())
        {
            state.ExecutionPolicy = ExecutionPolicy.RemoteSigned;
        }

        if (!host.UI.SupportsVirtualTerminal)
        {
            PSStyle.Instance.OutputRendering = OutputRendering.PlainText;
        }

        var runspace = RunspaceFactory.CreateRunspace(host, state);
        try
        {
            runspace.Open();
        }
        catch (RuntimeException broken)
        {
            runspace.Dispose();
            throw new ModuleNotFoundException($"The module at {module.Path} cannot be imported: {broken.Message}");
        }

        if (folder is not null)
        {
            runspace.SessionStateProxy.Path.SetLocation(WildcardPattern.Escape(folder));
        }

        return new Session(host, module, runspace);
    }

    /// <summary>Runs the command line and shows what it writes.</summary>
    /// <returns>The exit code.</returns>
    public int Run(CommandLine commandLine, CancellationToken stop)
    {
        if (stop.IsCancellationRequested)
        {
            return ExitCode.Cancelled;
        }

        var script = Parser.ParseInput(commandLine.Text, out _, out var parseErrors);
        if (parseErrors.Length > 0)
        {
            return Fail(new ParseException(parseErrors));
        }

        if (NearMiss.Explain(script) is { } meant)
        {
            _host.UI.WriteErrorLine($"elt: {meant}");
            return ExitCode.BadInput;
        }

        using var shell = PowerShell.Create(_runspace);
        shell.AddScript(ObservingSuccess(commandLine.Text, script)).AddCommand("Out-Default");
        shell.Streams.Error.DataAdded += (_, added) => Report(shell.Streams.Error[added.Index]);
        ForgetWhatTheHostHasShown(shell.Streams);
        try
        {
            var running = shell.BeginInvoke();
            using var stopping = stop.Register(() => shell.BeginStop(null, null));
            shell.EndInvoke(running);
        }
        catch (PipelineStoppedException) when (stop.IsCancellationRequested)
        {
            return ExitCode.Cancelled;
        }
        catch (RuntimeException uncaught)
        {
            return Fail(uncaught);
        }
        finally
        {
            _host.Display.ClearProgress();
        }

        return _host.ExitRequest ?? CodeOfEndedScript(commandLine);
    }

    public void Dispose() => _runspace.Dispose();

    // The engine keeps every record for callers that read them later: a long run would keep its progress of hours.
    private static void ForgetWhatTheHostHasShown(PSDataStreams streams)
    {
        streams.Progress.DataAdded += (_, _) => streams.Progress.Clear();
        streams.Verbose.DataAdded += (_, _) => streams.Verbose.Clear();
        streams.Debug.DataAdded += (_, _) => streams.Debug.Clear();
        streams.Warning.DataAdded += (_, _) => streams.Warning.Clear();
        streams.Information.DataAdded += (_, _) => streams.Information.Clear();
    }

    // A script of named blocks (begin, process, end) takes no further statement.
    private static string ObservingSuccess(string text, ScriptBlockAst script) =>
        script.EndBlock is { Unnamed: true } ? $"{text}\n;$global:{SucceededVariable} = $?" : text;

    // Not HadErrors: it is true also for an error that the script has handled.
    private int CodeOfEndedScript(CommandLine commandLine)
    {
        // Null: the script ended early with return.
        var succeeded = _runspace.SessionStateProxy.GetVariable(SucceededVariable) as bool? ?? _lastError is null;
        if (succeeded)
        {
            return ExitCode.Done;
        }
        // The file's own exit ends the file only, and is left in this variable.
        if (commandLine.IsFile && _runspace.SessionStateProxy.GetVariable("LASTEXITCODE") is int and not 0 and var code)
        {
            return code;
        }

        return _lastError is null ? ExitCode.Failed : _code;
    }

    private int Fail(RuntimeException uncaught)
    {
        // The record's own exception is a placeholder that carries no more than the message.
        var error = new ErrorRecord(uncaught.ErrorRecord, uncaught);
        Report(error);
        return ExitCode.For(error);
    }

    // One command that was given several files may have failed for each in its own way.
    private static bool IsOfSameCommand(ErrorRecord? one, ErrorRecord other) =>
        one?.InvocationInfo is { } first && other.InvocationInfo is { } second
        && (first.MyCommand?.Name, first.ScriptLineNumber, first.OffsetInLine, first.ScriptName)
            == (second.MyCommand?.Name, second.ScriptLineNumber, second.OffsetInLine, second.ScriptName);

    private void Report(ErrorRecord error)
    {
        var code = ExitCode.For(error);
        _code = IsOfSameCommand(_lastError, error) ? ExitCode.Worst(_code, code) : code;
        _lastError = error;
        if (error.ErrorDetails is null && NearMiss.Of(error, Cmdlets) is { } hint)
        {
            error.ErrorDetails = new ErrorDetails(error.Exception.Message) { RecommendedAction = hint };
        }

        _host.UI.WriteErrorLine(ErrorText.Of(error, _runspace, _host.Display.ErrorWidth));
    }

    // The runspace itself cannot be asked: it is busy with the pipeline that has failed.
    private IEnumerable<string> Cmdlets() => CmdletSynopses.Of(_module).Select(cmdlet => cmdlet.Name);
}
