using System.Globalization;
using System.Management.Automation.Host;

namespace EltPs.Tests.Support;

/// <summary>A host without a console, for what cmdlets show through the host only: the lines of -WhatIf.</summary>
internal sealed class RecordingHost : PSHost
{
    private readonly RecordingUserInterface _ui = new();

    public override string Name => nameof(RecordingHost);

    public override Version Version { get; } = new(1, 0);

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
    public void Reset() => _ui.Reset();

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
