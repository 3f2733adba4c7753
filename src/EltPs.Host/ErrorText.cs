using System.Management.Automation;
using System.Management.Automation.Runspaces;

namespace EltPs.Host;

/// <summary>An error in the words of PowerShell's own error view, which <c>$ErrorView</c> chooses.</summary>
internal static class ErrorText
{
    // A log keeps a message in one line, however long it is, so that a search finds what the message names.
    private const int WidthOfALog = 10_000;

    /// <param name="error">The error.</param>
    /// <param name="runspace">Where it is formatted: its formats and preferences count.</param>
    /// <param name="width">Columns of the terminal; null for a log.</param>
    public static string Of(ErrorRecord error, Runspace runspace, int? width)
    {
        using var shell = ShellIn(runspace);
        try
        {
            var text = shell.AddCommand(@"Microsoft.PowerShell.Utility\Out-String")
                .AddParameter("InputObject", error)
                .AddParameter("Width", width ?? WidthOfALog)
                .Invoke<string>();
            return string.Concat(text).Trim('\r', '\n');
        }
        catch (RuntimeException)
        {
            // A stopped pipeline formats nothing any more, and a script may have taken the formatting away.
            return error.ToString();
        }
    }

    // An error is reported in the middle of the pipeline that made it, on that pipeline's thread, or after its end.
    private static PowerShell ShellIn(Runspace runspace) =>
        Runspace.DefaultRunspace == runspace && runspace.RunspaceAvailability == RunspaceAvailability.Busy
            ? PowerShell.Create(RunspaceMode.CurrentRunspace)
            : PowerShell.Create(runspace);
}
