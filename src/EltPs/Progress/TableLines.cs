using System.Globalization;
using EltPs.Engine.Definitions;
using EltPs.Engine.Events;
using EltPs.Engine.Names;
using EltPs.Engine.Runs;
using EltPs.Engine.Warehouses;

namespace EltPs.Progress;

/// <summary>One line for each table that a run is done with: <c>analytics.mau_summary  published 12 rows (was 12)  0.2 s</c>.</summary>
/// <remarks>Numbers have no separators: they are found by a search for the number that the result, the journal and the SQL have.</remarks>
/// <param name="time">The clock.</param>
internal sealed class TableLines(TimeProvider time)
{
    private const int WidestName = 40;
    private const int MostNames = 3;

    private readonly HashSet<TableName> _told = [];
    private readonly List<TableName> _passed = [];
    private TableStatus _passedStatus;
    private int _width;
    private long _tableStarted;

    /// <summary>The lines that follow from what happens; usually none.</summary>
    public IEnumerable<string> On(RunEvent runEvent)
    {
        switch (runEvent)
        {
            case RunStarted started:
                _told.Clear();
                _width = Math.Min(WidestName, Width(started.Pipeline));
                return started is { RangeEnd: not null, Date.Interval: { } interval }
                    ? [$"{started.Pipeline.Name}: interval {interval}"]
                    : [];
            case TableUpToDate passed:
                _told.Add(passed.Table);
                _passed.Add(passed.Table);
                _passedStatus = passed.Status;
                return [];
            case TableStarted:
                _tableStarted = time.GetTimestamp();
                return Passed();
            case TablePublished published:
                _told.Add(published.Table.Name);
                return [Line(published)];
            case RunFinished finished:
                return [.. Passed(), .. Rest(finished.Result)];
            default:
                return [];
        }
    }

    private static int Width(PipelineDefinition pipeline) =>
        pipeline.Tables.Select(table => table.Name.ToString().Length).DefaultIfEmpty().Max();

    private string Line(TablePublished published)
    {
        var table = published.Table;
        var rows = table.Rows is { } count ? $" {Rows(count)}" : "";
        var before = published.RowsBefore is { } earlier ? string.Create(CultureInfo.InvariantCulture, $" (was {earlier})")
            : table.Replaced == GenerationMarker.First ? " (new)"
            : "";
        var elapsed = table.StageTime.GetValueOrDefault() + table.CheckTime.GetValueOrDefault() + table.PublishTime;
        return Line(table.Name.ToString(), $"published{rows}{before}", elapsed);
    }

    // The tables that the run was not done with when it ended.
    private IEnumerable<string> Rest(RunResult result)
    {
        var rest = result.Tables.Where(table => !_told.Contains(table.Table)).ToList();
        foreach (var table in rest.Where(table => table.Status != TableStatus.Skipped))
        {
            var what = table.Status switch
            {
                TableStatus.Failed => $"failed{While(table)}",
                TableStatus.Cancelled => $"cancelled{While(table)}",
                TableStatus.Unknown => $"no definite answer{While(table)}",
                TableStatus.Published when table.Rows is { } rows => $"published {Rows(rows)}",
                _ => Words(table.Status),
            };
            yield return Line(table.Table.ToString(), what, time.GetElapsedTime(_tableStarted));
        }

        var skipped = rest.Where(table => table.Status == TableStatus.Skipped).Select(table => table.Table);
        foreach (var line in Group([.. skipped], TableStatus.Skipped))
        {
            yield return line;
        }
    }

    private List<string> Passed()
    {
        List<string> lines = [.. Group(_passed, _passedStatus)];
        _passed.Clear();
        return lines;
    }

    // Hundreds of tables that nothing was done with are one line and a count.
    private IEnumerable<string> Group(List<TableName> tables, TableStatus status) => tables switch
    {
        [] => [],
        [var only] => [Line(only.ToString(), Words(status), elapsed: null)],
        _ =>
        [
            Line(
                string.Create(CultureInfo.InvariantCulture, $"{tables.Count} tables"),
                $"{Words(status)}: {NameList.Of(tables, MostNames)}",
                elapsed: null),
        ],
    };

    private string Line(string name, string what, TimeSpan? elapsed) =>
        $"{name.PadRight(_width)}  {what}{(elapsed is { } duration ? $"  {DurationText.Exact(duration)}" : "")}";

    private static string Rows(long count) => string.Create(CultureInfo.InvariantCulture, $"{count} {(count == 1 ? "row" : "rows")}");

    private static string While(TableResult table) => table.FailedStep is { } step ? $" while {StepWords.Doing(step)}" : "";

    private static string Words(TableStatus status) => status switch
    {
        TableStatus.UpToDate => "up to date",
        _ => status.ToString().ToLowerInvariant(),
    };
}
