using EltPs.Engine.Definitions;
using EltPs.Engine.Errors;
using EltPs.Engine.Events;
using EltPs.Engine.Journal;

namespace EltPs.Tests.Alerts;

/// <summary>Runs as journals tell of them.</summary>
internal static class Runs
{
    private static readonly JournaledTable Sessions = new("analytics.sessions", "hash")
    {
        Status = TableStatus.Published,
        Rows = 1_203_441,
        Attempts = 1,
    };

    /// <summary>One whose process was killed while it built its second table, in the second attempt.</summary>
    public static JournaledRun Interrupted => Run(RunStatus.Interrupted) with
    {
        Message =
                "Its process (4711 on etl-01) ended without saying how in step stage of analytics.mau_summary. It wrote the last line of "
                    + "its journal at 2026-11-24 03:12:11 UTC.",
        Tables = [Sessions, Table("mau_summary") with { Step = EltStep.Stage, Attempts = 2 }, Table("channels")],
    };

    public static JournaledRun Failed => Run(RunStatus.Failed) with
    {
        Message = Results.Failure().Error!.Message,
        ErrorKind = EltErrorKind.TooFewRows,
        QueryId = Results.Failure().Error!.QueryId,
        Duration = Results.Failure().Duration,
        FailedTable = "analytics.mau_summary",
        FailedStep = EltStep.Check,
        Tables = [Sessions, Table("mau_summary") with { Status = TableStatus.Failed, Rows = 0, Attempts = 1 }, Table("channels")],
    };

    public static JournaledRun Succeeded => Run(RunStatus.Succeeded) with
    {
        Duration = TimeSpan.FromSeconds(83.5),
        Tables = [Sessions, Table("mau_summary") with { Status = TableStatus.Published, Rows = 12, Attempts = 1 }],
    };

    private static JournaledTable Table(string name) => new($"analytics.{name}", "hash");

    private static JournaledRun Run(RunStatus status) => new(new ConnectionIdentity("prod", "Snowflake"))
    {
        RunId = "20261124T030000Z-4f2a9c",
        Pipeline = "RunELT_Alert",
        Path = "/jobs/it's/mau.psd1",
        Status = status,
        LogicalDate = Results.Interval.Start,
        Interval = Results.Interval,
        StartedAt = Results.Start,
        ProcessId = 4711,
        Host = "etl-01",
        JournalPath = "/var/lib/elt/runs/20261124T030000Z-4f2a9c.jsonl",
    };
}
