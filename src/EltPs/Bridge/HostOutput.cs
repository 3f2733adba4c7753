using System.Management.Automation.Host;

namespace EltPs.Bridge;

/// <summary>What a host does with what a cmdlet shows.</summary>
internal static class HostOutput
{
    private const string IsTerminal = "IsTerminal";
    private const string PowerShellConsole = "ConsoleHost";

    /// <summary>
    /// Whether it goes to a log, where nobody sees a bar. A host may say so itself, by a property <c>IsTerminal</c> of its private data;
    /// PowerShell's console draws no bar if its output is redirected. Any other host (an editor, a job, a remote session) decides by itself
    /// what becomes of a bar.
    /// </summary>
    public static bool IsLog(PSHost? host) =>
        host?.PrivateData?.Properties[IsTerminal]?.Value is bool isTerminal
            ? !isTerminal
            : IsRedirectedConsole(host);

    /// <summary>Whether it is PowerShell's own console, and what it writes goes to a file or a pipe.</summary>
    public static bool IsRedirectedConsole(PSHost? host) => host?.Name == PowerShellConsole && Console.IsOutputRedirected;
}
