using EltPs.Engine.Names;
using EltPs.Objects;

namespace EltPs.Views;

/// <summary>A run: a line about it, its tables, and how to resume it.</summary>
internal static class RunView
{
    // So many rows say no more than their number.
    private const int MostSkipped = 3;

    public static IEnumerable<string> Text(ViewedObject run, Screen screen)
    {
        var status = run.Text(nameof(EltRun.Status)) ?? string.Empty;
        var lines = new List<string>();
        lines.AddRange(ViewText.Flow(
            [
                new(run.Text(nameof(EltRun.Pipeline)) ?? string.Empty),
                new(status, screen.Status(status, status)),
                new(run.Text(nameof(EltRun.Connection)) ?? string.Empty),
                new(run.Seconds(nameof(EltRun.Duration)) ?? string.Empty),
                new($"run {run.Text(nameof(EltRun.RunId))}"),
            ],
            screen));
        Add(lines, run.Text(nameof(EltRun.Interval)) is { } interval ? ViewText.Wrap($"Interval {interval}", screen, "  ", "  ") : []);
        Add(lines, Tables(run).Lines(screen));

        // The error that follows a run tells what stopped it; a picture of a run has none behind it.
        if (run.Text(nameof(EltRun.Message)) is { } message && (run.IsPicture || status == "NothingToDo"))
        {
            Add(lines, ViewText.Wrap(message, screen, "  ", "  "));
        }

        if (run.Text(nameof(EltRun.ResumeCommand)) is { } command)
        {
            Add(lines, Command("To resume:", command, screen));
        }
        else if (LookCommand(run) is { } look)
        {
            Add(lines, Command("To look at the rows:", look, screen));
        }

        return lines.Append(string.Empty);
    }

    // On a line of its own, whole, so that it can be copied.
    private static string[] Command(string purpose, string command, Screen screen) =>
        $"  {purpose} {command}" is var line && line.Length <= screen.Width ? [line] : [$"  {purpose}", $"  {command}"];

    // Of a run that has just published something. One of a connection without a name cannot be named again.
    private static string? LookCommand(ViewedObject run)
    {
        var published = run.Items(nameof(EltRun.Tables)).Where(row => row.Text(nameof(EltTableResult.Status)) == "Published");
        if (run.Text(nameof(EltRun.Status)) != "Succeeded"
            || run.Text(nameof(EltRun.Path)) is not { } path
            || published.LastOrDefault() is not { } last)
        {
            return null;
        }

        var command = $"Get-EltRow {PowerShellLiteral.Argument(last.Text(nameof(EltTableResult.Table)) ?? string.Empty)}";
        if (run.Is(nameof(EltRun.IsConnectionAdHoc)))
        {
            return run.Text(nameof(EltRun.DatabaseFile)) is { } file ? $"{command} -Connection {PowerShellLiteral.Quote(file)}" : null;
        }

        var connection = run.Text(nameof(EltRun.ConnectionName)) is { } name and not "duckdb"
            ? $" -Connection {PowerShellLiteral.Quote(name)}"
            : string.Empty;
        return $"{command} -Config {PowerShellLiteral.Quote(path)}{connection}";
    }

    private static void Add(List<string> lines, IEnumerable<string> part)
    {
        var before = lines.Count;
        lines.AddRange(part);
        if (lines.Count > before)
        {
            lines.Insert(before, string.Empty);
        }
    }

    private static TextTable Tables(ViewedObject run)
    {
        var table = new TextTable(
            nameof(EltTableResult.Table),
            nameof(EltTableResult.Status),
            nameof(EltTableResult.Rows),
            nameof(EltTableResult.Stage),
            nameof(EltTableResult.Check),
            nameof(EltTableResult.Publish));
        var rows = run.Items(nameof(EltRun.Tables));
        for (var at = 0; at < rows.Count; at++)
        {
            var skipped = rows.Skip(at).TakeWhile(row => row.Text(nameof(EltTableResult.Status)) == "Skipped").Count();
            if (skipped > MostSkipped)
            {
                table.Add("Skipped", ViewText.Count(skipped, "table"), "Skipped", string.Empty, string.Empty, string.Empty, string.Empty);
                at += skipped - 1;
                continue;
            }

            var row = rows[at];
            var status = row.Text(nameof(EltTableResult.Status)) ?? string.Empty;
            table.Add(
                status,
                row.Text(nameof(EltTableResult.Table)) ?? row.ToString(),
                status,
                row.Count(nameof(EltTableResult.Rows)) is { } count ? ViewText.Count(count) : string.Empty,
                row.Seconds(nameof(EltTableResult.Stage)) ?? string.Empty,
                row.Seconds(nameof(EltTableResult.Check)) ?? string.Empty,
                row.Seconds(nameof(EltTableResult.Publish)) ?? string.Empty);
        }

        return table;
    }
}
