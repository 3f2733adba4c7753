using System.Collections.ObjectModel;
using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Security;
using System.Text;

namespace EltPs.Tests.Views;

/// <summary>A host with a screen of a given width, which keeps what is written to it.</summary>
internal sealed class ScreenHost : PSHost
{
    private readonly Terminal _terminal = new();

    public override string Name => nameof(ScreenHost);

    public override Version Version { get; } = new(1, 0);

    public override Guid InstanceId { get; } = Guid.NewGuid();

    public override PSHostUserInterface UI => _terminal;

    public override CultureInfo CurrentCulture => CultureInfo.InvariantCulture;

    public override CultureInfo CurrentUICulture => CultureInfo.InvariantCulture;

    /// <summary>The columns of the screen.</summary>
    public int Width
    {
        get => _terminal.Screen.Width;
        set => _terminal.Screen.Width = value;
    }

    /// <summary>Whether the screen has colours.</summary>
    public bool HasColours
    {
        get => _terminal.SupportsVirtualTerminal;
        set => _terminal.HasColours = value;
    }

    /// <summary>What was written since it was last asked.</summary>
    public string Take()
    {
        var text = _terminal.Text.ToString();
        _terminal.Text.Clear();
        return text.ReplaceLineEndings("\n");
    }

    public override void EnterNestedPrompt() => throw new NotSupportedException();

    public override void ExitNestedPrompt() => throw new NotSupportedException();

    public override void NotifyBeginApplication()
    {
    }

    public override void NotifyEndApplication()
    {
    }

    public override void SetShouldExit(int exitCode)
    {
    }

    private sealed class Terminal : PSHostUserInterface
    {
        public StringBuilder Text { get; } = new();

        public Columns Screen { get; } = new();

        public bool HasColours { get; set; }

        public override PSHostRawUserInterface RawUI => Screen;

        public override bool SupportsVirtualTerminal => HasColours;

        public override void Write(string value) => Text.Append(value);

        public override void Write(ConsoleColor foregroundColor, ConsoleColor backgroundColor, string value) => Write(value);

        public override void WriteLine(string value) => Text.AppendLine(value);

        public override void WriteErrorLine(string value) => WriteLine(value);

        public override void WriteDebugLine(string message) => WriteLine(message);

        public override void WriteVerboseLine(string message) => WriteLine(message);

        public override void WriteWarningLine(string message) => WriteLine(message);

        public override void WriteProgress(long sourceId, ProgressRecord record)
        {
        }

        public override string ReadLine() => throw new NotSupportedException();

        public override SecureString ReadLineAsSecureString() => throw new NotSupportedException();

        public override Dictionary<string, PSObject> Prompt(string caption, string message, Collection<FieldDescription> descriptions) =>
            throw new NotSupportedException();

        public override int PromptForChoice(string caption, string message, Collection<ChoiceDescription> choices, int defaultChoice) =>
            throw new NotSupportedException();

        public override PSCredential PromptForCredential(string caption, string message, string userName, string targetName) =>
            throw new NotSupportedException();

        public override PSCredential PromptForCredential(
            string caption,
            string message,
            string userName,
            string targetName,
            PSCredentialTypes allowedCredentialTypes,
            PSCredentialUIOptions options) => throw new NotSupportedException();
    }

    private sealed class Columns : PSHostRawUserInterface
    {
        public int Width { get; set; } = 80;

        public override Size BufferSize
        {
            get => new(Width, 50);
            set => throw new NotSupportedException();
        }

        public override Size WindowSize
        {
            get => BufferSize;
            set => throw new NotSupportedException();
        }

        public override Size MaxWindowSize => BufferSize;

        public override Size MaxPhysicalWindowSize => BufferSize;

        public override ConsoleColor ForegroundColor { get; set; }

        public override ConsoleColor BackgroundColor { get; set; }

        public override Coordinates CursorPosition { get; set; }

        public override Coordinates WindowPosition { get; set; }

        public override int CursorSize { get; set; }

        public override string WindowTitle { get; set; } = string.Empty;

        public override bool KeyAvailable => false;

        public override KeyInfo ReadKey(ReadKeyOptions options) => throw new NotSupportedException();

        public override void FlushInputBuffer()
        {
        }

        public override BufferCell[,] GetBufferContents(Rectangle rectangle) => throw new NotSupportedException();

        public override void ScrollBufferContents(Rectangle source, Coordinates destination, Rectangle clip, BufferCell fill) =>
            throw new NotSupportedException();

        public override void SetBufferContents(Rectangle rectangle, BufferCell fill) => throw new NotSupportedException();

        public override void SetBufferContents(Coordinates origin, BufferCell[,] contents) => throw new NotSupportedException();
    }
}
