using System.Text;
using EltPs.Engine.Definitions;
using EltPs.Engine.Errors;
using EltPs.Engine.Events;
using EltPs.Engine.Names;
using EltPs.Engine.Reports;
using EltPs.Engine.Runs;
using EltPs.Engine.Scheduling;
using EltPs.Engine.Templates;
using EltPs.Errors;

namespace EltPs.Tests.Reports;

/// <summary>Reports of runs as a pipeline would have had them.</summary>
internal static class SampleReport
{
    public const string Folder = "/srv/jobs";
    public const string RunId = "20250110T031500Z-4f2a9c";
    public const string Generation = "6f1c2d3e-4a5b-4c6d-8e7f-901a2b3c4d5e";

    public static readonly DateTimeOffset Start = new(2025, 1, 10, 3, 15, 0, TimeSpan.Zero);

    /// <summary>The one that the documentation shows.</summary>
    public static RunReport OfTheDocumentation => Of([Failed], [Invalid]);

    /// <summary>One in which every property occurs that can.</summary>
    public static RunReport Everything => Of([Failed, ForAnInterval, Nothing, Timeout], [Invalid]);

    public static RunResult Failed => Result(RunStatus.Failed) with
    {
        Error = new EltException(
            EltErrorKind.TooFewRows,
            "0 rows in analytics.temp_mau_summary, at least 1 expected.")
        {
            Table = Name("mau_summary"),
            Step = EltStep.Check,
            Consequences = ["analytics.mau_summary was left as it was."],
        },
        FailedTable = Name("mau_summary"),
        FailedStep = EltStep.Check,
        Tables =
        [
            Published("sessions", 1_203_441),
            Table("mau_summary", TableStatus.Failed) with
            {
                Rows = 0,
                Generation = "0d9c8b7a-6f5e-4d3c-b2a1-0f9e8d7c6b5a",
                Attempts = 1,
                StageTime = TimeSpan.FromSeconds(40.25),
                FailedStep = EltStep.Check,
                        Message =
                            "analytics.mau_summary: check failed: 0 rows in analytics.temp_mau_summary, at least 1 expected.\n"
                                + "analytics.mau_summary was left as it was.",
            },
            Table("channels", TableStatus.Skipped),
        ],
    };

    public static RunResult Timeout => Result(RunStatus.Failed) with
    {
        Error = new EltException(EltErrorKind.StatementFailed, "analytics.sessions: stage failed: waiters exceed the limit")
        {
            QueryId = "01b2c3d4-0000-1111-2222-333344445555",
            VendorCode = "000625",
            SqlState = "57014",
            IsTransient = true,
        },
        FailedTable = Name("sessions"),
        FailedStep = EltStep.Stage,
        Tables =
        [
            Table("sessions", TableStatus.Failed) with
            {
                Attempts = 2,
                        FailedAttempts =
                        [
                            new FailedAttempt(
                                1,
                                new EltException(
                                    EltErrorKind.StatementFailed,
                                    "analytics.sessions: stage failed: waiters exceed the limit"),
                                TimeSpan.FromSeconds(10)),
                        ],
                FailedStep = EltStep.Stage,
                Message = "analytics.sessions: stage failed: waiters exceed the limit",
            },
            Table("mau_summary", TableStatus.Skipped),
        ],
    };

    public static RunResult ForAnInterval =>
        Result(RunStatus.Succeeded) with
        {
            ResumedFrom = RunId,
            Tables = [Table("old", TableStatus.UpToDate) with { Generation = Generation }, Published("sessions", 1)],
            LogicalDate = new DateTimeOffset(2025, 1, 9, 0, 0, 0, TimeSpan.FromHours(1)),
            Interval = new DataInterval(
                new DateTimeOffset(2025, 1, 9, 0, 0, 0, TimeSpan.FromHours(1)),
                new DateTimeOffset(2025, 1, 10, 0, 0, 0, TimeSpan.FromHours(1)),
                "Europe/Berlin"),
            Variables = new Dictionary<string, SqlValue>
            {
                ["region"] = SqlValue.TryCreate("EU", out var region, out _) ? region : throw new ArgumentException("EU"),
            },
        };

    public static RunResult Nothing =>
        Result(RunStatus.NothingToDo) with
        {
            Message = "RunELT_Alert: there is no run to resume: the last one succeeded, or there was none.",
            JournalPath = null,
        };

    public static ReportedRefusal Invalid => new(
        $"{Folder}/channels.psd1",
        Start.AddMinutes(2),
        "EltInvalidPipelineFile",
        $"{Folder}/channels.psd1(1,24): 'Tabels' is unknown; did you mean 'Tables'?");

    // As it would be on that machine, whichever the test runs on.
    public static RunResult Result(RunStatus status) => new(new ConnectionIdentity("prod", "Snowflake"))
    {
        RunId = RunId,
        Pipeline = "RunELT_Alert",
        Path = $"{Folder}/mau.psd1",
        Status = status,
        StartedAt = Start,
        Duration = TimeSpan.FromSeconds(83.5),
        Host = "etl-01",
        ProcessId = 4711,
        ResumeCommand = status == RunStatus.Failed ? $"Invoke-EltPipeline -Config '{Folder}/mau.psd1' -Resume" : null,
        JournalPath = $"{Folder}/.eltps/runs/{RunId}.jsonl",
    };

    public static TableResult Published(string name, long rows) => Table(name, TableStatus.Published) with
    {
        Rows = rows,
        Generation = Generation,
        Attempts = 1,
        StageTime = TimeSpan.FromSeconds(38),
        CheckTime = TimeSpan.FromSeconds(0.125),
        PublishTime = TimeSpan.FromSeconds(0.5),
    };

    public static TableResult Table(string name, TableStatus status) => new(new TableDefinition
    {
        Name = Name(name),
        Sql = "SELECT 1",
        Session = new SessionSettings(ConnectionDefinition.Embedded(":memory:", Folder), "UTC", []),
    })
    {
        Status = status,
    };

    public static RunReport Of(IReadOnlyList<RunResult> runs, IReadOnlyList<ReportedRefusal> refusals) => 
        new(runs, refusals, kind => ErrorTable.Of(kind).Id);

    public static string Json(this RunReport report) => Text(stream => JsonReport.Write(report, stream));

    public static string JUnit(this RunReport report) => Text(stream => JUnitReport.Write(report, stream));

    public static TableName Name(string name) =>
        TableName.TryCreate("analytics", name, out var parsed) ? parsed : throw new ArgumentException(name);

    private static string Text(Action<Stream> write)
    {
        using var stream = new MemoryStream();
        write(stream);
        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
