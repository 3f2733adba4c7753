namespace EltPs.Views;

/// <summary>Rows of cells below their headings, in columns that fit a screen.</summary>
/// <param name="columns">The headings; the first two columns are text, the others numbers.</param>
internal sealed class TextTable(params string[] columns)
{
    private const string Indent = "  ";
    private const int TextColumns = 2;

    private readonly List<(string[] Cells, string? Status)> _rows = [];

    /// <summary>Adds a row.</summary>
    /// <param name="status">The status that colours its second cell; null for none.</param>
    /// <param name="cells">Its cells.</param>
    public void Add(string? status, params string[] cells) => _rows.Add((cells, status));

    /// <summary>The lines, with as many columns as fit; with a line for each name if it leaves the first three columns no room.</summary>
    /// <param name="screen">What it is shown on.</param>
    /// <param name="least">How many columns a table must have.</param>
    public IEnumerable<string> Lines(Screen screen, int least = 3)
    {
        if (_rows.Count == 0)
        {
            return [];
        }

        var widths = columns.Select((heading, column) => Math.Max(heading.Length, _rows.Max(row => row.Cells[column].Length))).ToArray();
        var fitting = columns.Length;
        while (fitting > least && WidthOf(widths[..fitting]) > screen.Width)
        {
            fitting--;
        }

        return WidthOf(widths[..fitting]) > screen.Width ? Stacked(screen) : Table(screen, widths[..fitting]);
    }

    private static long WidthOf(int[] widths) => widths.Sum(width => (long)ViewText.Gap.Length + width);

    private IEnumerable<string> Table(Screen screen, int[] widths)
    {
        yield return Line(widths, columns, cell => cell);
        foreach (var (cells, status) in _rows)
        {
            yield return Line(widths, cells, cell => screen.Status(status, cell));
        }
    }

    private static string Line(int[] widths, string[] cells, Func<string, string> colour)
    {
        var shown = widths.Select((width, column) =>
        {
            var cell = cells[column];
            var padding = new string(' ', width - cell.Length);
            var text = column == 1 ? colour(cell) : cell;
            return column < TextColumns ? text + padding : padding + text;
        });
        return Indent + string.Join(ViewText.Gap, shown).TrimEnd();
    }

    // A name that is wider than the screen is broken where its parts meet.
    private IEnumerable<string> Stacked(Screen screen)
    {
        foreach (var (cells, status) in _rows)
        {
            var parts = cells[0].Split('.');
            var name = parts.Select((part, index) =>
                new Piece($"{(index == 0 ? Indent : string.Empty)}{part}{(index < parts.Length - 1 ? "." : string.Empty)}"));
            foreach (var line in ViewText.Flow(name, screen, gap: string.Empty, indent: Indent))
            {
                yield return line;
            }

            var values = cells.Skip(1).Select((cell, index) => index == 0
                ? new Piece(Indent + Indent + cell, Indent + Indent + screen.Status(status, cell))
                : new Piece(cell.Length == 0 ? string.Empty : $"{columns[index + 1].ToLowerInvariant()} {cell}"));
            foreach (var line in ViewText.Flow(values, screen, indent: Indent + Indent))
            {
                yield return line;
            }
        }
    }
}
