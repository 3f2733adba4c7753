using System.Globalization;

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

    public required double Seconds { get; init; }

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
            .Runs.Select(run => Of(run, runs[run.Path] > 1 ? $" [{Date(run) ?? run.RunId}]" : string.Empty))
            .Concat(report.Refusals.Select(Of));
    }

    private static JUnitSuite Of(ReportedRun run, string mark) => new(run.Pipeline + mark, [.. new JUnitCases(run, mark).All()])
    {
        Id = run.RunId,
        At = run.StartedAt,
        Host = run.Host,
        File = run.Path,
        Seconds = run.Seconds,
        Properties =
        [
            ("runId", run.RunId),
            ("status", run.Status.ToString()),
            ("connection", run.Connection),
            ("connectionType", run.ConnectionType),
            ("processId", run.ProcessId.ToString(CultureInfo.InvariantCulture)),
            ("resumedFrom", run.ResumedFrom),
            ("logicalDate", run.LogicalDate is { } date ? Moment(date) : null),
            ("intervalStart", run.Interval is { } interval ? Moment(interval.Start) : null),
            ("intervalEnd", run.Interval is { } span ? Moment(span.End) : null),
            ("timeZone", run.Interval?.TimeZone),
                .. (run.Variables ?? new Dictionary<string, string>()).Select(variable =>
                    ($"variables.{variable.Key}", (string?)variable.Value)),
            ("journalPath", run.JournalPath),
            ("resumeCommand", run.ResumeCommand),
        ],
    };

    private static JUnitSuite Of(ReportedRefusal refusal) => new(Path.GetFileName(refusal.Path), [JUnitCases.Of(refusal)])
    {
        At = refusal.At,
        File = refusal.Path,
        Seconds = 0,
    };

    private static string? Date(ReportedRun run) => run.LogicalDate is not { } date ? null
        : date.TimeOfDay == TimeSpan.Zero ? date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)
        : Moment(date);

    private static string Moment(DateTimeOffset time) => time.ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture);
}
