using System.Globalization;

namespace EltPs.Views;

/// <summary>Values as views show them, and lines that fit a screen without breaking a word.</summary>
internal static class ViewText
{
    /// <summary>What stands between two columns, and between two pieces of a line.</summary>
    public const string Gap = "  ";

    /// <summary>A duration: to the millisecond as long as that matters, else as a clock shows it. Of 8 characters at most.</summary>
    public static string Seconds(double seconds) => seconds switch
    {
        < 99.9995 => seconds.ToString("0.000", CultureInfo.InvariantCulture) + " s",
        _ => string.Create(CultureInfo.InvariantCulture, $"{(long)seconds / 3600}:{(long)seconds % 3600 / 60:00}:{(long)seconds % 60:00}"),
    };

    /// <summary>A count, with commas.</summary>
    public static string Count(long count) => count.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>A count of things.</summary>
    public static string Count(long count, string thing) => $"{Count(count)} {thing}{(count == 1 ? string.Empty : "s")}";

    /// <summary>A moment in UTC, to the minute.</summary>
    public static string Moment(DateTime utc) => utc.ToString("yyyy-MM-dd HH:mm'Z'", CultureInfo.InvariantCulture);

    /// <summary>A logical date: a day, and a time if it is not midnight.</summary>
    public static string Date(DateTime date) =>
        date.ToString(date.TimeOfDay == TimeSpan.Zero ? "yyyy-MM-dd" : "yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    /// <summary>The first line of a text.</summary>
    public static string FirstLine(string text) => text.AsSpan().IndexOfAny('\r', '\n') is >= 0 and var end ? text[..end] : text;

    /// <summary>
    /// Pieces on one line, or on as many as they need; none is broken, and one that is too long for a line has it alone.
    /// </summary>
    /// <param name="pieces">The pieces; those that are empty are left out.</param>
    /// <param name="screen">What they are shown on.</param>
    /// <param name="gap">What stands between two of them.</param>
    /// <param name="indent">What the lines behind the first begin with.</param>
    public static IEnumerable<string> Flow(IEnumerable<Piece> pieces, Screen screen, string gap = Gap, string indent = "    ")
    {
        var line = string.Empty;
        var length = 0;
        foreach (var piece in pieces.Where(piece => piece.Text.Length > 0))
        {
            if (length == 0)
            {
                (line, length) = (piece.Shown, piece.Text.Length);
            }
            else if ((long)length + gap.Length + piece.Text.Length <= screen.Width)
            {
                line += gap + piece.Shown;
                length += gap.Length + piece.Text.Length;
            }
            else
            {
                yield return line;
                (line, length) = (indent + piece.Shown, indent.Length + piece.Text.Length);
            }
        }

        if (length > 0)
        {
            yield return line;
        }
    }

    /// <summary>A text in lines of whole words, each behind an indent.</summary>
    /// <param name="text">The text; its own line breaks stay.</param>
    /// <param name="screen">What it is shown on.</param>
    /// <param name="first">What the first line begins with.</param>
    /// <param name="indent">What the other lines begin with.</param>
    public static IEnumerable<string> Wrap(string text, Screen screen, string first, string indent)
    {
        var start = first;
        foreach (var line in text.ReplaceLineEndings("\n").Split('\n'))
        {
            var words = line.Split(' ');
            words[0] = start + words[0];
            foreach (var shown in Flow(words.Select(word => new Piece(word)), screen, gap: " ", indent))
            {
                yield return shown;
            }

            start = indent;
        }
    }
}

/// <summary>A piece of a line that is never broken.</summary>
/// <param name="Text">What a reader sees.</param>
/// <param name="Colored">The same with its colour; null if it has none.</param>
internal readonly record struct Piece(string Text, string? Colored = null)
{
    /// <summary>What is written.</summary>
    public string Shown => Colored ?? Text;
}
