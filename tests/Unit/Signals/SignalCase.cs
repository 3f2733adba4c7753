namespace EltPs.Tests.Signals;

/// <summary>A way to run a pipeline, and the signal that stops it.</summary>
/// <param name="Signal">The signal, without SIG.</param>
/// <param name="Host">What runs it.</param>
/// <param name="Exit">Whether <c>-Exit</c> was given.</param>
/// <param name="Warehouse">Where it runs.</param>
internal sealed record SignalCase(string Signal, string Host, bool Exit, string Warehouse)
{
    private static readonly Dictionary<string, PowerShellHost> Hosts = new()
    {
        ["elt"] = PowerShellHost.Elt,
        ["pwsh -Command"] = PowerShellHost.Command,
        ["pwsh -File"] = PowerShellHost.File,
        ["tool -Command"] = PowerShellHost.ToolCommand,
        ["tool -File"] = PowerShellHost.ToolFile,
    };

    /// <summary>All of them, as the names of tests.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        .. from signal in new[] { "INT", "TERM" }
        from host in Hosts.Keys
        from exit in new[] { "with -Exit", "without -Exit" }
        from warehouse in new[] { "DuckDB", "Snowflake" }
        select $"SIG{signal}, {host}, {exit}, {warehouse}",
    ];

    public PowerShellHost Shell => Hosts[Host];

    /// <summary>What the exit code of the process that was started can be.</summary>
    public IReadOnlyList<int> ExitCodes => (Shell, Signal, Exit) switch
    {
        ({ IsElt: true }, _, _) => [130],

        // The launcher does not pass the signal on, and nothing of EltPs runs in it.
        ({ IsLauncher: true }, "TERM", _) => [143],
        (_, _, true) => [130],
        (_, "TERM", false) => [143],

        // What PowerShell makes of Ctrl+C depends on the statement that it stopped.
        _ => [0, 1],
    };

    public static SignalCase Parse(string name) =>
        name.Split(", ") is [var signal, var host, var exit, var warehouse]
            ? new SignalCase(signal["SIG".Length..], host, exit == "with -Exit", warehouse)
            : throw new FormatException(name);
}
