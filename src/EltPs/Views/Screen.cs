using System.Management.Automation;
using System.Management.Automation.Host;

namespace EltPs.Views;

/// <summary>What an object is shown on: how wide it is, and whether it has colours.</summary>
internal sealed class Screen
{
    private const int WidthOfAnUnknown = 80;
    private const int LeastWidth = 40;
    private const int LeastName = 20;

    // As $PSStyle has it; PowerShell's reference library is older than that.
    private readonly PSObject? _style;

    /// <param name="host">What shows it.</param>
    /// <param name="style">The value of $PSStyle; null if there is none.</param>
    public Screen(PSHost? host, object? style)
    {
        var isPipe = host?.Name is "ConsoleHost" or "elt" && Console.IsOutputRedirected;
        Columns = ColumnsOf(host);

        // Nobody looks at a pipe or a file as at a screen, and a line that is broken there is lost to grep.
        Width = isPipe ? int.MaxValue : Columns;
        _style = style is null ? null : PSObject.AsPSObject(style);
        HasColours = Style("OutputRendering") switch
        {
            null or "PlainText" => false,
            "Ansi" => true,

            // PowerShell takes the colours out for Out-File, but not where its own output is a pipe.
            _ => !isPipe && (host?.UI?.SupportsVirtualTerminal ?? false),
        };
    }

    /// <summary>The columns that a line may have; no bound where nobody looks at a screen.</summary>
    public int Width { get; }

    /// <summary>The columns of the host, at which PowerShell cuts the rows of a table, in a pipe too.</summary>
    public int Columns { get; }

    private bool HasColours { get; }

    /// <summary>A text in the colour of a status; it takes no more room than without.</summary>
    /// <param name="status">The status.</param>
    /// <param name="text">The text, which has no colour yet.</param>
    public string Status(string? status, string text)
    {
        if (!HasColours || text.Length == 0)
        {
            return text;
        }

        var colour = status switch
        {
            "Succeeded" or "Published" or "Delivered" or "Valid" => Style("Foreground", "Green"),
            "Failed" or "Error" or "Lost" or "NotValid" or "Missed" => Style("Formatting", "Error"),
            "Cancelled" or "Unknown" or "Interrupted" or "Warning" or "Waiting" or "Late" => Style("Formatting", "Warning"),
            "Running" => Style("Foreground", "Cyan"),
            "Skipped" or "UpToDate" or "NothingToDo" or "NotChecked" => Style("Dim"),
            _ => null,
        };
        return colour is null ? text : $"{colour}{text}{Style("Reset")}";
    }

    /// <summary>A name that leaves room for the columns beside it: cut in the middle, because its ends tell most.</summary>
    /// <param name="name">The name.</param>
    /// <param name="others">What the other columns need.</param>
    public string Shorten(string name, int others)
    {
        var room = Math.Max(LeastName, Columns - others);
        return name.Length <= room ? name : $"{name[..(room / 2)]}…{name[^(room - (room / 2) - 1)..]}";
    }

    private string? Style(string property, string? within = null)
    {
        var value = _style?.Properties[property]?.Value;
        return (within is null || value is null ? value : PSObject.AsPSObject(value).Properties[within]?.Value)?.ToString();
    }

    private static int ColumnsOf(PSHost? host)
    {
        try
        {
            // PowerShell leaves the last column free, so that no terminal adds a line break of its own.
            return host?.UI?.RawUI?.BufferSize.Width is > 0 and var width ? Math.Max(LeastWidth, width - 1) : WidthOfAnUnknown - 1;
        }
        catch (Exception none) when (none is HostException or NotImplementedException or NotSupportedException or InvalidOperationException)
        {
            // A host without a screen, such as that of a job.
            return WidthOfAnUnknown - 1;
        }
    }
}
