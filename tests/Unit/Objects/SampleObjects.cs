using EltPs.Connections;
using EltPs.Engine.Alerts;
using EltPs.Engine.Definitions;
using EltPs.Engine.Errors;
using EltPs.Engine.Events;
using EltPs.Engine.Journal;
using EltPs.Engine.Names;
using EltPs.Engine.Runs;
using EltPs.Engine.Schedulers;
using EltPs.Engine.Scheduling;
using EltPs.Engine.Steps;
using EltPs.Engine.Templates;
using EltPs.Engine.Validation;
using EltPs.Engine.Warehouses;
using EltPs.Objects;
using EltPs.Tests.Reports;
using EltPs.Validation;

namespace EltPs.Tests.Objects;

/// <summary>Objects as the cmdlets write them, which no clock and no machine changes.</summary>
internal static class SampleObjects
{
    private const string Folder = SampleReport.Folder;

    private static readonly string[] LongParts = [new('d', 40), new('s', 40), new('t', 40)];

    private static readonly DateTimeOffset Start = SampleReport.Start;

    /// <summary>One of each type that a cmdlet writes, with a value in every property that can have one.</summary>
    public static IReadOnlyList<object> OneOfEach =>
    [
        Failed, Journaled, Table, Staged, Verified, Published, Connection, ConnectionAnswer, NotValid, Late, Delivery, Exported,
    ];

    public static EltRunResult Succeeded => new(SampleReport.Result(RunStatus.Succeeded) with
    {
        Tables = [SampleReport.Published("sessions", 1_203_441), SampleReport.Published("mau_summary", 12)],
    });

    public static EltRunResult Failed => new(SampleReport.Failed with
    {
        Tables = [.. SampleReport.Failed.Tables, .. SampleReport.Timeout.Tables],
        LogicalDate = SampleReport.ForAnInterval.LogicalDate,
        Interval = SampleReport.ForAnInterval.Interval,
        Variables = SampleReport.ForAnInterval.Variables,
    });

    public static EltRunResult ForAnInterval => new(SampleReport.ForAnInterval);

    public static EltRunResult Nothing => new(SampleReport.Nothing);

    public static EltRunResult ManySkipped => new(SampleReport.Failed with
    {
        Tables =
        [
            .. SampleReport.Failed.Tables.Take(2),
            .. Enumerable.Range(1, 743).Select(number => SampleReport.Table($"part_{number}", TableStatus.Skipped)),
        ],
    });

    public static EltRunResult LongNames => new(SampleReport.Result(RunStatus.Succeeded) with
    {
        Pipeline = "a pipeline whose name is much longer than anybody would like to read",
        Tables = [LongTable(), SampleReport.Published("mau_summary", 12)],
    });

    public static EltRunResult RatherLongNames => new(SampleReport.Result(RunStatus.Succeeded) with
    {
        Tables = [SampleReport.Published("monthly_active_users_by_channel", 1_203_441), SampleReport.Published("mau_summary", 12)],
    });

    public static EltJournaledRun Journaled => new(JournaledRun(RunStatus.Failed) with
    {
        Message = "analytics.mau_summary: check failed: 0 rows in analytics.temp_mau_summary, at least 1 expected.\n"
            + "analytics.mau_summary was left as it was.",
        ErrorKind = EltErrorKind.TooFewRows,
        QueryId = "01b2c3d4-0000-1111-2222-333344445555",
        FailedTable = "analytics.mau_summary",
        FailedStep = EltStep.Check,
        LogicalDate = SampleReport.ForAnInterval.LogicalDate,
        Interval = SampleReport.ForAnInterval.Interval,
        Variables = SampleReport.ForAnInterval.Variables,
        RangeEnd = SampleReport.ForAnInterval.LogicalDate,
        ResumedFrom = "20250109T031500Z-0a1b2c",
    });

    public static IReadOnlyList<EltJournaledRun> Runs =>
    [
        Journaled,
        new(JournaledRun(RunStatus.Succeeded) with { RunId = "20250109T031500Z-0a1b2c", Duration = TimeSpan.FromSeconds(4210.75) }),
        new(JournaledRun(RunStatus.Interrupted) with { RunId = "20250108T031500Z-3d4e5f", Duration = null }),
    ];

    public static EltTable Table => new(
        Definition("mau_summary") with
        {
            Tags = ["daily"],
            MaximumRows = 1_000_000,
            Pipeline = "RunELT_Alert",
            Location = new SourceLocation($"{Folder}/mau.psd1", 17, 23),
            Values = new RunValues { LogicalDate = Start },
            Variables = SampleReport.ForAnInterval.Variables,
        },
        ["ELT", "Daily"]);

    public static IReadOnlyList<EltTable> Tables => [Table, new(Definition("channels") with { Pipeline = "RunELT_Alert" }, ["ELT"])];

    public static EltTable LongNamed => new(LongTable().Definition with { Pipeline = "RunELT_Alert" }, []);

    public static EltStagedTable Staged => new(StagedTable(Definition("mau_summary")));

    public static EltStagedTable StagedLong => new(StagedTable(LongTable().Definition));

    public static EltVerifiedTable Verified => new(new VerifiedTable(
        StagedTable(Definition("mau_summary")),
        1_203_441,
        TimeSpan.FromSeconds(0.125))
    {
        Checks = SampleReport.TooFewRows,
    });

    public static EltPublishedTable Published => new(PublishedTable("6f1c2d3e-0000-4c6d-8e7f-901a2b3c4d5e"));

    public static EltPublishedTable FirstPublished => new(PublishedTable("first"));

    public static EltPublishedTable Undone => new(new PublishedTable(Definition("mau_summary"), Session(Definition("mau_summary")))
    {
        Generation = "6f1c2d3e-0000-4c6d-8e7f-901a2b3c4d5e",
        Replaced = SampleReport.Generation,
        IsUndo = true,
        PublishedAt = Start,
        PublishTime = TimeSpan.FromSeconds(0.004),
    });

    public static EltConnection Connection => new(new KnownConnection("prod", "Snowflake", "/home/elt/.snowflake/connections.toml")
    {
        Problem = "/home/elt/.snowflake/connections.toml(3,1): 'acount' is unknown; did you mean 'account'?",
    });

    public static IReadOnlyList<EltConnection> Connections =>
        [new(new KnownConnection("duckdb", "DuckDb", "beside the pipeline file")), Connection];

    public static ConnectionTestResult ConnectionAnswer => new()
    {
        Name = "prod",
        Type = "Snowflake",
        Account = "acme-etl_production",
        User = "ELT",
        Role = "TRANSFORMER",
        Warehouse = "TRANSFORM_S",
        Database = "ANALYTICS",
        Schema = "PUBLIC",
        Version = "9.1.0",
        SignIn = "key pair, over the SQL REST API; the private key is read from the file that the connection names",
        Latency = 0.123456,
    };

    public static PipelineTestResult Valid => new()
    {
        Path = $"{Folder}/mau.psd1",
        Pipeline = "RunELT_Alert",
        Connection = "duckdb (DuckDb)",
        Tables = 1,
    };

    public static PipelineTestResult NotValid => new()
    {
        Path = $"{Folder}/mau.psd1",
        Pipeline = "RunELT_Alert",
        Connection = "prod (Snowflake)",
        Tables = 12,
        Findings = new([Finding(FindingSeverity.Error), Finding(FindingSeverity.Warning), Finding(FindingSeverity.NotChecked)]),
    };

    public static EltScheduleTest Late => new(new ScheduleTestResult
    {
        Pipeline = "RunELT_Alert",
        Path = $"{Folder}/mau.psd1",
        Connection = "prod (Snowflake)",
        StatePath = $"{Folder}/.eltps",
        Status = DueStatus.Failed,
        IsLate = true,
        Interval = SampleReport.ForAnInterval.Interval,
        LateFrom = Start,
        Message = "The run of the interval 2025-01-09 00:00 to 2025-01-10 00:00 (Europe/Berlin) failed, and no later run succeeded.",
        StateProblem = $"{Folder}/.eltps has no run of this pipeline on prod (Snowflake).",
        LastRun = JournaledRun(RunStatus.Failed) with
        {
            Message = "analytics.mau_summary: check failed: 0 rows in analytics.temp_mau_summary, at least 1 expected.\nMore.",
        },
        ResumeCommand = $"Invoke-EltPipeline -Config '{Folder}/mau.psd1' -Resume",
        RunCommand = $"Invoke-EltPipeline -Config '{Folder}/mau.psd1' -Scheduled",
    });

    public static EltAlertDelivery Delivery => new(new AlertDelivery("Slack", "env:SLACK_WEBHOOK_URL", AlertDeliveryStatus.Waiting)
    {
        Pipeline = "RunELT_Alert",
        RunId = SampleReport.RunId,
        Text = "RunELT_Alert failed: analytics.mau_summary, step check",
        WrittenAt = Start,
        Reason = "hooks.slack.com answered 503 (no_service)",
    });

    public static EltExportedSchedule Exported => new(new ExportedSchedule
    {
        Pipeline = "RunELT_Alert",
        Format = "systemd",
        Path = [$"{Folder}/eltps-mau.service", $"{Folder}/eltps-mau.timer"],
        StartsOnlyWhenDue = false,
        Install = "systemctl --user enable --now eltps-mau.timer",
    });

    private static JournaledRun JournaledRun(RunStatus status) => new(new ConnectionIdentity("prod", "Snowflake") { DatabaseFile = null })
    {
        RunId = SampleReport.RunId,
        Pipeline = "RunELT_Alert",
        Path = $"{Folder}/mau.psd1",
        Status = status,
        StartedAt = Start,
        LastLineAt = Start.AddSeconds(83.5),
        Duration = TimeSpan.FromSeconds(83.5),
        Host = "etl-01",
        ProcessId = 4711,
        Sequence = 17,
        JournalPath = $"{Folder}/.eltps/runs/{SampleReport.RunId}.jsonl",
        Tables =
        [
            JournaledTable("analytics.sessions", TableStatus.Published) with
            {
                Rows = 1_203_441,
                PublishTime = TimeSpan.FromSeconds(0.5),
            },
            JournaledTable("analytics.mau_summary", TableStatus.Failed) with { Rows = 0, Step = EltStep.Check },
        ],
    };

    private static JournaledTable JournaledTable(string name, TableStatus status) => new(name, "b036bb153cbd21321a64b9e3e817006c")
    {
        Status = status,
        Attempts = 1,
        StageTime = TimeSpan.FromSeconds(38),
        CheckTime = TimeSpan.FromSeconds(0.125),
        Generation = SampleReport.Generation,
        Replaces = "none",
        RequestId = new Guid("11111111-2222-3333-4444-555555555555"),
        Handle = "01b2c3d4-0000-1111-2222-333344445555",
    };

    private static TableDefinition Definition(string name) => SampleReport.Table(name, TableStatus.Published).Definition;

    private static TableResult LongTable()
    {
        var usual = SampleReport.Published("t", 12);
        return TableName.TryParse(string.Join('.', LongParts), out var name)
            ? new TableResult(usual.Definition with { Name = name })
            {
                Status = usual.Status,
                Rows = usual.Rows,
                Generation = usual.Generation,
                StageTime = usual.StageTime,
                CheckTime = usual.CheckTime,
                PublishTime = usual.PublishTime,
            }
            : throw new InvalidOperationException();
    }

    private static StagedTable StagedTable(TableDefinition definition) => new(
        definition,
        Session(definition),
        new GenerationMarker(definition.Name.ToString(), SampleReport.Generation, "none", SampleReport.RunId),
        Start,
        TimeSpan.FromSeconds(40.25));

    private static PublishedTable PublishedTable(string replaced) => new(Definition("mau_summary"), Session(Definition("mau_summary")))
    {
        Generation = SampleReport.Generation,
        Replaced = replaced,
        Rows = 1_203_441,
        RunId = SampleReport.RunId,
        PublishedAt = Start,
        StageTime = TimeSpan.FromSeconds(40.25),
        CheckTime = TimeSpan.FromSeconds(0.125),
        PublishTime = TimeSpan.FromSeconds(0.5),
    };

    private static WarehouseSession Session(TableDefinition definition) => new(definition.Session, provider: null!, SessionMode.ReadOnly);

    private static PipelineFinding Finding(FindingSeverity severity) => new()
    {
        Severity = severity.ToString(),
        Location = $"{Folder}/mau.psd1(17,23)",
        Table = "analytics.mau_summary",
        Message = "column 'sesion_id' does not exist; did you mean 'session_id'? The query reads raw_data.session_timestamp, which has it.",
        ErrorId = "EltStatementFailed",
    };
}
