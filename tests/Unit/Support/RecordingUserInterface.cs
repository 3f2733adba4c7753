using System.Collections.ObjectModel;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Security;
using System.Text;

namespace EltPs.Tests.Support;

/// <summary>Keeps what is written to it, and answers only what a test has answered beforehand.</summary>
internal sealed class RecordingUserInterface : PSHostUserInterface
{
    private readonly StringBuilder _text = new();

    public string Text => _text.ToString();

    /// <summary>The places of the choices to take, one for each question.</summary>
    public Queue<int> Answers { get; } = new();

    /// <summary>The questions that were asked.</summary>
    public List<string> Questions { get; } = [];

    /// <summary>Forgets what was written, asked and answered beforehand.</summary>
    public void Reset()
    {
        _text.Clear();
        Answers.Clear();
        Questions.Clear();
    }

    public override PSHostRawUserInterface? RawUI => null;

    public override void Write(string value) => _text.Append(value);

    public override void Write(ConsoleColor foregroundColor, ConsoleColor backgroundColor, string value) => Write(value);

    public override void WriteLine(string value) => _text.AppendLine(value);

    public override void WriteErrorLine(string value)
    {
    }

    public override void WriteDebugLine(string message)
    {
    }

    public override void WriteVerboseLine(string message)
    {
    }

    public override void WriteWarningLine(string message)
    {
    }

    public override void WriteProgress(long sourceId, ProgressRecord record)
    {
    }

    public override string ReadLine() => throw NobodyIsThere();

    public override SecureString ReadLineAsSecureString() => throw NobodyIsThere();

    public override Dictionary<string, PSObject> Prompt(string caption, string message, Collection<FieldDescription> descriptions) =>
        throw NobodyIsThere();

    public override int PromptForChoice(string caption, string message, Collection<ChoiceDescription> choices, int defaultChoice)
    {
        Questions.Add($"{caption}\n{message}");
        return Answers.TryDequeue(out var answer) ? answer : throw NobodyIsThere();
    }

    public override PSCredential PromptForCredential(string caption, string message, string userName, string targetName) =>
        throw NobodyIsThere();

    public override PSCredential PromptForCredential(
        string caption,
        string message,
        string userName,
        string targetName,
        PSCredentialTypes allowedCredentialTypes,
        PSCredentialUIOptions options) => throw NobodyIsThere();

    private static InvalidOperationException NobodyIsThere() => new("A cmdlet asked something that a test does not answer.");
}
