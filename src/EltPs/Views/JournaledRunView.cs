using EltPs.Objects;

namespace EltPs.Views;

/// <summary>
/// Runs one below the other, in columns that are as wide as their values can be: so a row can be shown as soon as it is there, and what
/// comes behind the number of tables only where there is room.
/// </summary>
internal static class JournaledRunView
{
    // As wide as Interrupted, 2025-01-10 03:15Z, 83.500 s, 9,999,999 and 999/999.
    private static readonly (string Property, int Width)[] Always =
    [
        (nameof(EltRun.RunId), -23),
        (nameof(EltRun.Status), -11),
        (nameof(EltRun.StartedAt), -17),
        (nameof(EltRun.Duration), 8),
        (nameof(EltRun.Rows), 9),
        (nameof(EltRun.Done), 5),
    ];

    private static readonly (string Property, int Width)[] WithRoom = [(nameof(EltRun.LogicalDate), -16), (nameof(EltRun.Message), -20)];

    /// <summary>The headings; PowerShell writes an empty line below them.</summary>
    public static string Headings(Screen screen) =>
        Line(Columns(screen).Select(column => (column.Property, column.Property, column.Width)), screen);

    /// <summary>The row of a run.</summary>
    public static string Row(ViewedObject run, Screen screen) =>
        Line(Columns(screen).Select(column => (column.Property, Cell(run, column.Property), column.Width)), screen);

    private static IEnumerable<(string Property, int Width)> Columns(Screen screen)
    {
        var taken = Always.Sum(column => Math.Abs(column.Width) + 1) - 1;
        foreach (var column in Always)
        {
            yield return column;
        }

        foreach (var column in WithRoom)
        {
            taken += Math.Abs(column.Width) + 1;
            if (taken > screen.Columns)
            {
                yield break;
            }

            yield return column;
        }
    }

    private static string Line(IEnumerable<(string Property, string Text, int Width)> cells, Screen screen) =>
        string.Join(' ', cells.Select(cell =>
    {
        var padding = new string(' ', Math.Max(0, Math.Abs(cell.Width) - cell.Text.Length));
        var text = cell.Property == nameof(EltRun.Status) ? screen.Status(cell.Text, cell.Text) : cell.Text;
        return cell.Width < 0 ? text + padding : padding + text;
    })).TrimEnd();

    private static string Cell(ViewedObject run, string property) => (property, run.Value(property)) switch
    {
        (_, null) => string.Empty,
        (nameof(EltRun.Done), var done) => $"{done}/{run.Items(nameof(EltRun.Tables)).Count}",
        (nameof(EltRun.LogicalDate), DateTime date) => ViewText.Date(date),
        (_, DateTime moment) => ViewText.Moment(moment),
        (_, double seconds) => ViewText.Seconds(seconds),
        (_, long count) => ViewText.Count(count),
        (_, var other) => ViewText.FirstLine(other.ToString() ?? string.Empty),
    };
}
