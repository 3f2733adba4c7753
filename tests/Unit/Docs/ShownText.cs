using System.Text.RegularExpressions;

namespace EltPs.Tests.Docs;

/// <summary>What a console shows, without what differs from run to run: times, ids, dates, and the width of columns.</summary>
internal static partial class ShownText
{
    /// <summary>The folder that the pages name in place of the reader's own.</summary>
    private const string Folder = "/srv/elt";

    /// <summary>The text of a page, or the output of a run in a folder, in the form in which they are compared.</summary>
    /// <param name="text">The text.</param>
    /// <param name="folder">The folder in which it was printed; null for a page.</param>
    public static string Comparable(string text, string? folder = null)
    {
        text = text.ReplaceLineEndings("\n");
        if (folder is not null)
        {
            var quoted = folder.Replace("'", "''", StringComparison.Ordinal) + Path.DirectorySeparatorChar;
            text = text.Replace(quoted, Folder + '/', StringComparison.Ordinal);
        }

        text = Date().Replace(Guid().Replace(Seconds().Replace(RunId().Replace(text, "RUN"), "T s"), "GUID"), "DATE");
        return string.Join('\n', text.Split('\n').Select(line => Blanks().Replace(line.TrimEnd(), " "))).Trim('\n');
    }

    [GeneratedRegex(@"\d+\.\d{3} s")]
    private static partial Regex Seconds();

    [GeneratedRegex("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")]
    private static partial Regex Guid();

    [GeneratedRegex("[0-9]{8}T[0-9]{6}Z-[0-9a-f]{6}")]
    private static partial Regex RunId();

    [GeneratedRegex(@"\d{4}-\d{2}-\d{2} \d{2}:\d{2}")]
    private static partial Regex Date();

    [GeneratedRegex(" +")]
    private static partial Regex Blanks();
}
