using System.Globalization;
using EltPs.Engine.Errors;
using EltPs.Engine.Events;

namespace EltPs.Engine.Reports;

/// <summary>
/// Makes test cases of a run: one of the run itself, and for each table one of the table and one of each check. Whatever went wrong is told
/// once, at the case that it belongs to.
/// </summary>
/// <param name="run">The run.</param>
/// <param name="mark">What tells its cases from those of the pipeline's other runs in the same file; empty if there are none.</param>
internal sealed class JUnitCases(ReportedRun run, string mark)
{
    private const string RunName = "run";

    private readonly ReportedTable? _stopped = run.Error?.Table is { } name ? run.Tables.FirstOrDefault(table => table.Name == name) : null;

    public IEnumerable<JUnitCase> All()
    {
        yield return Run();
        foreach (var table in run.Tables)
        {
            yield return Table(table);
            foreach (var (place, check) in table.Checks.Index())
            {
                // One statement reads all of them: its time is the first one's.
                yield return Check(table, check) with { Seconds = place == 0 ? table.CheckSeconds ?? 0 : 0 };
            }
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
        var test = Case(RunName) with { Seconds = Math.Max(0, run.Seconds - run.Tables.Sum(Seconds)) };
        return run.Error is { } error && (_stopped is null || !HasFault(_stopped))
            ? Fault(test, error.Message, error.Id)
            : test with { Output = run.Message ?? $"{run.RunId} {run.Status}" };
    }

    // Whether it is published. What its check found is told at the check.
    private JUnitCase Table(ReportedTable table)
    {
        var test = Case(table.Name) with { Seconds = Seconds(table) - (table.CheckSeconds ?? 0), Output = Output(table) };
        return table.Status switch
        {
            TableStatus.Published or TableStatus.UpToDate => test,
            TableStatus.Skipped => Skip(test, table.Message ?? "not reached"),
            _ when table.FailedStep == EltStep.Check => Skip(test, "not published, because its check did not end well"),
            _ => Fault(test, Message(table), table.ErrorId),
        };
    }

    private JUnitCase Check(ReportedTable table, ReportedCheck check)
    {
        var test = Case($"{table.Name} {check.Name}");
        return (table, check.Result) switch
        {
            (_, { HasPassed: false } result) when table == _stopped =>
                Fault(test, Verdict(table, result), table.ErrorId) with { Outcome = JUnitOutcome.Failure },
            (_, { HasPassed: true } result) => test with { Output = result.Found },
            ({ FailedStep: EltStep.Check }, _) => Fault(test, Message(table), table.ErrorId),
            ({ Rows: { } rows }, _) => test with { Output = Rows(rows) },
            ({ Status: TableStatus.UpToDate }, _) => Skip(test, "up to date: nothing was built that could be checked"),
            _ => Skip(test, "not reached"),
        };
    }

    // The error tells of all checks that do not hold; where there are several, each case has its own.
    private string Verdict(ReportedTable table, CheckResult result) =>
        table.Checks.Count(check => check.Result is { HasPassed: false }) == 1 ? Message(table) : $"{table.Name}: {result}";

    private JUnitCase Case(string name) => new(run.Pipeline, name + mark);

    private static JUnitCase Skip(JUnitCase test, string why) => test with { Outcome = JUnitOutcome.Skipped, Message = why };

    private JUnitCase Fault(JUnitCase test, string message, string? id) => test with
    {
        Outcome = JUnitOutcome.Error,
        Message = message,
        Type = id,
        Text = string.Join('\n', [message, .. Details(run.Error!)]),
    };

    private IEnumerable<string> Details(ReportedError error)
    {
        (string Name, string? Value)[] details =
        [
            ("Table", error.Table),
            ("Step", error.Step?.ToString()),
            ("Query id", error.QueryId),
            ("Code", error.Code),
            ("SQLSTATE", error.SqlState),
            ("Run", run.RunId),
            ("Resume", run.ResumeCommand),
        ];
        return details.Where(detail => detail.Value is not null).Select(detail => $"{detail.Name}: {detail.Value}");
    }

    // Of tables that are published together several may have a fault of their own.
    private string Message(ReportedTable table) => table == _stopped ? run.Error!.Message : table.Message ?? run.Error!.Message;

    private static bool HasFault(ReportedTable table) => table.Status is TableStatus.Failed or TableStatus.Cancelled or TableStatus.Unknown;

    private static double Seconds(ReportedTable table) =>
        (table.StageSeconds ?? 0) + (table.CheckSeconds ?? 0) + (table.PublishSeconds ?? 0);

    private static string? Output(ReportedTable table)
    {
        var lines = (table.FailedAttempts ?? [])
            .Select(failed =>
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"Attempt {failed.Attempt} failed, and the next one began {failed.Seconds} s later: {failed.Message}"))
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
