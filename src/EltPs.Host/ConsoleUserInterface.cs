using System.Collections.ObjectModel;
using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Management.Automation.Internal;
using System.Security;

namespace EltPs.Host;

/// <summary>Lines, messages, progress and questions of a run on the standard streams.</summary>
internal sealed class ConsoleUserInterface(StandardStreams console) : PSHostUserInterface
{
    private const string ModuleTag = "EltPs";

    private readonly StandardStreams _console = console;
    // Bars are for a terminal. In a log the module itself writes what it has done.
    private readonly ProgressBars? _progress = console.ErrorIsTerminal
        ? new ProgressBars(console.Error, () => console.Width, TimeProvider.System)
        : null;

    private string? _ownLine;
    private readonly ChoicePrompt _choices = new ChoicePrompt(console);

    public override PSHostRawUserInterface RawUI { get; } = new ConsoleRawUserInterface(console);

    public override bool SupportsVirtualTerminal => _console.ColorsOutput;

    public override void Write(string value)
    {
        _progress?.Clear();
        _console.Out.Write(ForOutput(value));
    }

    // Write-Host gives -1 for a colour that it was not told.
    public override void Write(ConsoleColor foregroundColor, ConsoleColor backgroundColor, string value)
    {
        var style = (Enum.IsDefined(foregroundColor) ? PSStyle.MapForegroundColorToEscapeSequence(foregroundColor) : "")
            + (Enum.IsDefined(backgroundColor) ? PSStyle.MapBackgroundColorToEscapeSequence(backgroundColor) : "");
        Write(style.Length == 0 ? value : $"{style}{value}{PSStyle.Instance.Reset}");
    }

    public override void WriteLine(string value)
    {
        if (Interlocked.Exchange(ref _ownLine, null) is { } own && own == value)
        {
            WriteMessage(value, style: "");
            return;
        }

        _progress?.Clear();
        _console.Out.WriteLine(ForOutput(value));
    }

    /// <summary>Columns that an error may have; null where they are no terminal's.</summary>
    public int? ErrorWidth => _console.ErrorIsTerminal ? _console.Width : null;

    // PowerShell hands over a record first, and then writes what it says as Write-Host does (its MshCommandRuntime.WriteInformation).
    // What a script shows with Write-Host belongs to the output. What the module tells of a run must stay out of the results.
    public override void WriteInformation(InformationRecord record) =>
        _ownLine = record.Tags.Contains(ModuleTag) ? (record.MessageData as HostInformationMessage)?.Message : null;

    public override void WriteErrorLine(string value) => WriteMessage(value, PSStyle.Instance.Formatting.Error);

    public override void WriteWarningLine(string message) => WriteMessage($"WARNING: {message}", PSStyle.Instance.Formatting.Warning);

    public override void WriteVerboseLine(string message) => WriteMessage($"VERBOSE: {message}", PSStyle.Instance.Formatting.Verbose);

    public override void WriteDebugLine(string message) => WriteMessage($"DEBUG: {message}", PSStyle.Instance.Formatting.Debug);

    public override void WriteProgress(long sourceId, ProgressRecord record) => _progress?.Show(sourceId, record);

    /// <summary>Takes the bars off the screen before something else is written, or at the end.</summary>
    public void ClearProgress() => _progress?.Clear();

    public override string ReadLine()
    {
        _progress?.Clear();
        return Console.In.ReadLine() ?? throw new HostException("Standard input has ended.");
    }

    public override SecureString ReadLineAsSecureString() => throw CannotAskFor("a secret");

    public override PSCredential PromptForCredential(string caption, string message, string userName, string targetName) =>
        throw CannotAskFor("a credential");

    public override PSCredential PromptForCredential(
        string caption,
        string message,
        string userName,
        string targetName,
        PSCredentialTypes allowedCredentialTypes,
        PSCredentialUIOptions options) => throw CannotAskFor("a credential");

    // The engine asks so for a mandatory parameter that was not given.
    public override Dictionary<string, PSObject> Prompt(string caption, string message, Collection<FieldDescription> descriptions) =>
        throw new HostException(string.Create(
            CultureInfo.InvariantCulture, $"A value is missing: {string.Join(", ", descriptions.Select(field => "-" + field.Name))}."));

    public override int PromptForChoice(string caption, string message, Collection<ChoiceDescription> choices, int defaultChoice)
    {
        _progress?.Clear();
        return _choices.Ask(caption, message, choices, defaultChoice);
    }

    private static HostException CannotAskFor(string what) => new($"elt does not ask for {what}: pass it as a parameter.");

    private void WriteMessage(string text, string style)
    {
        _progress?.Clear();
        _console.Error.WriteLine(_console.ColorsError ? $"{style}{text}{PSStyle.Instance.Reset}" : Plain(text));
    }

    // Formatting writes escape sequences always, and leaves it to the host to take them out.
    private string ForOutput(string text) => _console.ColorsOutput ? text : Plain(text);

    private static string Plain(string text) => new StringDecorated(text).ToString(OutputRendering.PlainText);
}
