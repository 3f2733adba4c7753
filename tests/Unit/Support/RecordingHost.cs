using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Host;

namespace EltPs.Tests.Support;

/// <summary>A host without a console, for what cmdlets show through the host only: the lines of -WhatIf.</summary>
internal sealed class RecordingHost : PSHost
{
    private readonly RecordingUserInterface _ui = new();

    public override string Name => nameof(RecordingHost);

    public override Version Version { get; } = new(1, 0);

    /// <summary>Its IsTerminal says whether it is a terminal; a script of a test sets it.</summary>
    public override PSObject PrivateData { get; } = Terminal();

    public override Guid InstanceId { get; } = Guid.NewGuid();

    public override PSHostUserInterface UI => _ui;

    public override CultureInfo CurrentCulture => CultureInfo.CurrentCulture;

    public override CultureInfo CurrentUICulture => CultureInfo.InvariantCulture;

    /// <summary>All that was written to the host, as one text with line feeds.</summary>
    public string Text => _ui.Text.ReplaceLineEndings("\n");

    /// <summary>The places of the choices to take when a cmdlet asks.</summary>
    public Queue<int> Answers => _ui.Answers;

    /// <summary>The questions that cmdlets asked.</summary>
    public IReadOnlyList<string> Questions => _ui.Questions;

    /// <summary>Forgets what was written and asked.</summary>
    public void Reset()
    {
        PrivateData.Properties["IsTerminal"].Value = true;
        _ui.Reset();
    }

    private static PSObject Terminal()
    {
        var data = new PSObject();
        data.Properties.Add(new PSNoteProperty("IsTerminal", true));
        return data;
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
}
