using System.Globalization;
using EltPs.Engine.Errors;
using EltPs.Engine.Events;
using EltPs.Engine.Runs;

namespace EltPs.Engine.Reports;

/// <summary>
/// Makes test cases of a run: one of the run itself, and for each table one of the table and one of each check. Whatever went wrong is told
/// once, at the case that it belongs to.
/// </summary>
/// <param name="run">The run.</param>
/// <param name="report">The report that it is a part of.</param>
/// <param name="mark">What tells its cases from those of the pipeline's other runs in the same file; empty if there are none.</param>
internal sealed class JUnitCases(RunResult run, RunReport report, string mark)
{
    private const string RunName = "run";

    private static readonly EltErrorKind[] Verdicts = [EltErrorKind.TooFewRows, EltErrorKind.TooManyRows];

    private readonly EltException? _error = RunReport.ErrorOf(run);

    private readonly TableResult? _stopped =
        run.IsSuccess ? null : run.Tables.FirstOrDefault(table => table.Table == run.FailedTable);

    public IEnumerable<JUnitCase> All()
    {
        yield return Run();
        foreach (var table in run.Tables)
        {
            yield return Table(table);
            yield return RowCount(table);
        }
    }

    /// <summary>The only case of a file that had no run.</summary>
    public static JUnitCase Of(ReportedRefusal refusal) => new(Path.GetFileNameWithoutExtension(refusal.Path), RunName)
    {
        Outcome = JUnitOutcome.Error,
        Message = refusal.Message,
        Type = refusal.Id,
        Text = $"{refusal.Message}\nFile: {refusal.Path}",
    };

    private JUnitCase Run()
    {
        var ofTables = run.Tables.Aggregate(TimeSpan.Zero, (sum, table) => sum + Time(table));
        var test = Case(RunName) with { Time = (run.Duration ?? TimeSpan.Zero) - ofTables };
        return _error is not null && (_stopped is null || !HasFault(_stopped))
            ? Fault(test, _error.Message, report.ErrorId(_error.Kind))
            : test with { Output = run.Message ?? $"{run.RunId} {run.Status}" };
    }

    // Whether it is published. What its check found is told at the check.
    private JUnitCase Table(TableResult table)
    {
        var test = Case(table.Name) with { Time = Time(table) - (table.CheckTime ?? TimeSpan.Zero), Output = Output(table) };
        return table.Status switch
        {
            TableStatus.Published or TableStatus.UpToDate => test,
            TableStatus.Skipped => Skip(test, table.Message ?? "not reached"),
            _ when table.FailedStep == EltStep.Check => Skip(test, "not published, because its check did not end well"),
            _ => Fault(test, table),
        };
    }

    private JUnitCase RowCount(TableResult table)
    {
        var test = Case($"{table.Name} row count") with { Time = table.CheckTime ?? TimeSpan.Zero };
        return table switch
        {
            { FailedStep: EltStep.Check } when table == _stopped && Verdicts.Contains(_error!.Kind) =>
                Fault(test, table) with { Outcome = JUnitOutcome.Failure },
            { FailedStep: EltStep.Check } => Fault(test, table),
            { Rows: { } rows } => test with { Output = Rows(rows) },
            { Status: TableStatus.UpToDate } => Skip(test, "up to date: nothing was built that could be checked"),
            _ => Skip(test, "not reached"),
        };
    }

    private JUnitCase Case(string name) => new(run.Pipeline, name + mark);

    private static JUnitCase Skip(JUnitCase test, string why) => test with { Outcome = JUnitOutcome.Skipped, Message = why };

    private JUnitCase Fault(JUnitCase test, TableResult table) => Fault(test, Message(table), report.ErrorIdOf(table, run));

    private JUnitCase Fault(JUnitCase test, string message, string? id) => test with
    {
        Outcome = JUnitOutcome.Error,
        Message = message,
        Type = id,
        Text = string.Join('\n', [message, .. Details(_error!)]),
    };

    private IEnumerable<string> Details(EltException error)
    {
        (string Name, string? Value)[] details =
        [
            ("Table", run.FailedTable?.ToString()),
            ("Step", run.FailedStep?.ToString()),
            ("Query id", error.QueryId),
            ("Code", error.VendorCode),
            ("SQLSTATE", error.SqlState),
            ("Run", run.RunId),
            ("Resume", run.ResumeCommand),
        ];
        return details.Where(detail => detail.Value is not null).Select(detail => $"{detail.Name}: {detail.Value}");
    }

    // Of tables that are published together several may have a fault of their own.
    private string Message(TableResult table) => table == _stopped ? _error!.Message : table.Message ?? _error!.Message;

    private static bool HasFault(TableResult table) => table.Status is TableStatus.Failed or TableStatus.Cancelled or TableStatus.Unknown;

    private static TimeSpan Time(TableResult table) =>
        (table.StageTime ?? TimeSpan.Zero) + (table.CheckTime ?? TimeSpan.Zero) + (table.PublishTime ?? TimeSpan.Zero);

    private static string? Output(TableResult table)
    {
        var lines = table.FailedAttempts
            .Select(failed =>
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"Attempt {failed.Attempt} failed, and the next one began {RunSeconds.Of(failed.Wait)} s later: "
                        + $"{failed.Error.Message}"))
            .ToList();
        if (table.Status == TableStatus.UpToDate)
        {
            lines.Add($"Up to date: generation {table.Generation} is published already and was not built again.");
        }
        else if (table.Status == TableStatus.Published)
        {
            lines.Add($"Published generation {table.Generation}{(table.Rows is { } rows ? $": {Rows(rows)}" : string.Empty)}.");
        }

        return lines.Count == 0 ? null : string.Join('\n', lines);
    }

    private static string Rows(long rows) => string.Create(CultureInfo.InvariantCulture, $"{rows} {(rows == 1 ? "row" : "rows")}");
}
