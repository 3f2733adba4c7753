using EltPs.Objects;

namespace EltPs.Views;

/// <summary>
/// What the single steps write: a line for each table, as soon as it is there. A table's columns would need all rows first, and a build
/// may take an hour.
/// </summary>
internal static class StepViews
{
    public static IEnumerable<string> Staged(ViewedObject table, Screen screen) => Line(
        table,
        screen,
        "staged",
        table.Seconds(nameof(EltStagedTable.Stage)),
        $"as {table.Text(nameof(EltStagedTable.Staging))}");

    public static IEnumerable<string> Verified(ViewedObject table, Screen screen) =>
        Line(table, screen, "checked", Rows(table), table.Seconds(nameof(EltVerifiedTable.Check)));

    public static IEnumerable<string> Published(ViewedObject table, Screen screen) => Line(
        table,
        screen,
        table.Is(nameof(EltPublishedTable.IsUndo)) ? "undone" : "published",
        Rows(table),
        table.Seconds(nameof(EltPublishedTable.Publish)),
        Replaced(table));

    private static string? Rows(ViewedObject table) => table.Count("Rows") is { } count ? ViewText.Count(count, "row") : null;

    private static string? Replaced(ViewedObject table) => table.Is(nameof(EltPublishedTable.IsUndo))
        ? "to the previous generation"
        : table.Text(nameof(EltPublishedTable.Replaced)) == "first" ? "for the first time" : null;

    private static IEnumerable<string> Line(ViewedObject table, Screen screen, string verb, params string?[] rest)
    {
        var status = verb is "published" ? "Published" : null;
        return ViewText.Flow(
            [
                new(table.Text("Table") ?? string.Empty),
                new(verb, screen.Status(status, verb)),
                .. rest.Select(text => new Piece(text ?? string.Empty)),
            ],
            screen);
    }
}
