using System.Globalization;
using EltPs.Engine.Runs;

namespace EltPs.Engine.Reports;

/// <summary>A test suite of JUnit's XML: a run, or a file that had none.</summary>
internal sealed record JUnitSuite(string Name, IReadOnlyList<JUnitCase> Cases)
{
    /// <summary>
    /// Two suites of one name are one to Jenkins, unless they have different ids. Source: the JUnit plugin,
    /// <c>TestResult.add(SuiteResult)</c>.
    /// </summary>
    public string? Id { get; init; }

    public required DateTimeOffset At { get; init; }

    public string? Host { get; init; }

    public required string File { get; init; }

    public required TimeSpan Time { get; init; }

    /// <summary>What else is known of it; a value that is null is left out.</summary>
    public IReadOnlyList<(string Name, string? Value)> Properties { get; init; } = [];

    public int Count(JUnitOutcome outcome) => Cases.Count(test => test.Outcome == outcome);

    /// <summary>The suites of a report, one at a time.</summary>
    public static IEnumerable<JUnitSuite> Of(RunReport report)
    {
        // Names stay the same from build to build, so that Jenkins can tell what is new and what was repaired; only of a backfill they need
        // a date.
        var runs = report
            .Runs.GroupBy(run => run.Path, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.Count(), StringComparer.Ordinal);
        return report
            .Runs.Select(run => Of(run, report, runs[run.Path] > 1 ? $" [{Date(run) ?? run.RunId}]" : string.Empty))
            .Concat(report.Refusals.Select(Of));
    }

    private static JUnitSuite Of(RunResult run, RunReport report, string mark) => new(
        run.Pipeline + mark,
        [.. new JUnitCases(run, report, mark).All()])
    {
        Id = run.RunId,
        At = run.StartedAt,
        Host = run.Host,
        File = run.Path,
        Time = run.Duration ?? TimeSpan.Zero,
        Properties =
        [
            ("runId", run.RunId),
            ("status", run.Status.ToString()),
            ("connection", run.ConnectionName),
            ("connectionType", run.ConnectionType),
            ("processId", run.ProcessId.ToString(CultureInfo.InvariantCulture)),
            ("resumedFrom", run.ResumedFrom),
            ("logicalDate", run.LogicalDate is { } date ? Moment(date) : null),
            ("intervalStart", run.Interval is { } interval ? Moment(interval.Start) : null),
            ("intervalEnd", run.Interval is { } span ? Moment(span.End) : null),
            ("timeZone", run.Interval?.TimeZone),
            .. run.Variables.Select(variable => ($"variables.{variable.Key}", (string?)variable.Value.ToString())),
            ("journalPath", run.JournalPath),
            ("resumeCommand", run.ResumeCommand),
        ],
    };

    private static JUnitSuite Of(ReportedRefusal refusal) => new(Path.GetFileName(refusal.Path), [JUnitCases.Of(refusal)])
    {
        At = refusal.At,
        File = refusal.Path,
        Time = TimeSpan.Zero,
    };

    private static string? Date(RunResult run) => run.LogicalDate is not { } date ? null
        : date.TimeOfDay == TimeSpan.Zero ? date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)
        : Moment(date);

    private static string Moment(DateTimeOffset time) => time.ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture);
}
