using System.Globalization;
using System.Management.Automation;

namespace EltPs.Host;

/// <summary>The words of a progress record.</summary>
internal static class ProgressText
{
    /// <summary>One line: <c>activity: status (operation) 40 %</c>, without the parts that the record has not.</summary>
    public static string Of(ProgressRecord record)
    {
        var text = record.Activity;
        if (!string.IsNullOrWhiteSpace(record.StatusDescription))
        {
            text += $": {record.StatusDescription}";
        }

        if (!string.IsNullOrWhiteSpace(record.CurrentOperation))
        {
            text += $" ({record.CurrentOperation})";
        }

        if (record.PercentComplete >= 0)
        {
            text += string.Create(CultureInfo.InvariantCulture, $" {record.PercentComplete} %");
        }

        return text.ReplaceLineEndings(" ");
    }
}
