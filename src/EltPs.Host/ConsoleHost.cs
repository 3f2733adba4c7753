using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Host;

namespace EltPs.Host;

/// <summary>The host that the PowerShell engine talks to.</summary>
internal sealed class ConsoleHost(StandardStreams console) : PSHost
{
    private readonly ConsoleUserInterface _ui = new(console);

    public override string Name => "elt";

    public override Version Version { get; } = typeof(ConsoleHost).Assembly.GetName().Version!;

    public override Guid InstanceId { get; } = Guid.NewGuid();

    public override PSHostUserInterface UI => _ui;

    /// <summary>Tells the module whether somebody sees its bars and lines, which go to standard error.</summary>
    public override PSObject PrivateData { get; } = Private(console);

    public override CultureInfo CurrentCulture { get; } = CultureInfo.CurrentCulture;

    public override CultureInfo CurrentUICulture { get; } = CultureInfo.CurrentUICulture;

    /// <summary>The N of the script's <c>exit N</c>; null if it just ended.</summary>
    public int? ExitRequest { get; private set; }

    /// <summary>The display of what the engine does not write through <see cref="UI"/>.</summary>
    public ConsoleUserInterface Display => _ui;

    public override void SetShouldExit(int exitCode) => ExitRequest = exitCode;

    // A program started by the script writes to the terminal itself.
    public override void NotifyBeginApplication() => _ui.ClearProgress();

    public override void NotifyEndApplication()
    {
    }

    public override void EnterNestedPrompt() => throw NoPrompt();

    public override void ExitNestedPrompt() => throw NoPrompt();

    private static PSObject Private(StandardStreams console)
    {
        var data = new PSObject();
        data.Properties.Add(new PSNoteProperty("IsTerminal", console.ErrorIsTerminal));
        return data;
    }

    private static HostException NoPrompt() => new("elt runs one command line and has no prompt.");
}
