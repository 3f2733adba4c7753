using System.Management.Automation;
using EltPs.Connections;
using EltPs.Objects;

namespace EltPs.Commands;

/// <summary>
/// What is piped to a cmdlet that takes pipeline files. PowerShell binds whatever has a property Path, and the text of any other object, so
/// that a run, a table or a connection would start a pipeline that nobody named.
/// </summary>
internal static class PipedInput
{
    private const string Deserialized = "Deserialized.";

    /// <summary>What can be done with an object that is no pipeline file and does not mean one; null if it may mean one.</summary>
    /// <param name="input">The object; null for none.</param>
    public static string? Refusal(PSObject? input) => TypeOf(input) switch
    {
        nameof(EltTable) => "a table of a pipeline file, which Invoke-EltCtas takes; to run a part of a file, name the file, and the "
            + "tables with -Table",
        nameof(EltStagedTable) => "a staged table, which Test-EltRowCount takes",
        nameof(EltVerifiedTable) => "a verified table, which Switch-EltTable takes",
        nameof(EltPublishedTable) => "a published table, which Switch-EltTable -Undo takes",
        nameof(EltTableResult) => "a table of a run, which Get-EltRow takes; name the pipeline file",
        nameof(EltConnection) or nameof(ConnectionTestResult) =>
            "a connection; name the pipeline file, and the connection with -Connection",
        nameof(EltExportedSchedule) => "the file of a scheduler; name the pipeline file",
        nameof(EltAlertDelivery) => "an alert; name the pipeline file",
        null when input?.BaseObject is bool => "true or false; name the pipeline file",
        _ => null,
    };

    /// <summary>The name of a type of this module, also of one that was serialized; null for any other object.</summary>
    public static string? TypeOf(PSObject? input)
    {
        if (input?.TypeNames is not [var name, ..])
        {
            return null;
        }

        var full = name.StartsWith(Deserialized, StringComparison.Ordinal) ? name[Deserialized.Length..] : name;
        return full.StartsWith("EltPs.", StringComparison.Ordinal) ? full[(full.LastIndexOf('.') + 1)..] : null;
    }

    /// <summary>The text of a property; null if there is none.</summary>
    public static string? Text(PSObject? input, string property) => input?.Properties[property]?.Value?.ToString();
}
