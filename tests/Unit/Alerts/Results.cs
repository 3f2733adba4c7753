using EltPs.Engine.Alerts;
using EltPs.Engine.Definitions;
using EltPs.Engine.Errors;
using EltPs.Engine.Events;
using EltPs.Engine.Names;
using EltPs.Engine.Runs;
using EltPs.Engine.Scheduling;
using EltPs.Engine.Secrets;

namespace EltPs.Tests.Alerts;

/// <summary>Runs as a pipeline would have had them.</summary>
internal static class Results
{
    public static readonly AlertContext Context = new("etl-01", name => name == "BUILD_URL" ? "https://ci.example.org/job/mau/42/" : null);

    public static readonly DateTimeOffset Start = new(2026, 11, 24, 3, 0, 0, TimeSpan.Zero);

    /// <summary>The day before the runs.</summary>
    public static readonly DataInterval Interval = new(
        new DateTimeOffset(2026, 11, 23, 0, 0, 0, TimeSpan.Zero),
        new DateTimeOffset(2026, 11, 24, 0, 0, 0, TimeSpan.Zero),
        "UTC");

    public static ChannelSettings Slack(string folder = "/jobs") =>
        new(SlackChannel.Name, [new SecretReference(SecretKind.File, "webhook.txt")], folder);

    /// <summary>What the settings of Slack keep of its key Mention.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<string>> Mentions(params string[] mentions) =>
        new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal) { ["Mention"] = mentions };

    public static RunResult Failure(
        string error =
            "analytics.mau_summary: 0 rows in analytics.temp_mau_summary, at least 1 expected; analytics.mau_summary was left as it was",
        ChannelSettings? slack = null) =>
        Run(RunStatus.Failed, slack ?? Slack()) with
        {
            Error = new EltException(EltErrorKind.TooFewRows, error) { QueryId = "01b2c3d4-0000-1111-2222-333344445555" },
            FailedTable = Name("mau_summary"),
            FailedStep = EltStep.Check,
            Tables =
            [
                Table("sessions", TableStatus.Published, 1_203_441),
                Table("mau_summary", TableStatus.Failed, 0) with { FailedStep = EltStep.Check },
                Table("channels", TableStatus.Skipped, null),
            ],
        };

    public static RunResult Success(ChannelSettings? slack = null) => Run(RunStatus.Succeeded, slack ?? Slack()) with
    {
        RunId = "20261124T040000Z-aaaaaa",
        Tables = [Table("sessions", TableStatus.Published, 1_203_441), Table("mau_summary", TableStatus.Published, 12)],
    };

    public static RunResult Run(RunStatus status, ChannelSettings slack) => new(new ConnectionIdentity("prod", "Snowflake"))
    {
        RunId = "20261124T030000Z-4f2a9c",
        Pipeline = "RunELT_Alert",
        Path = "/jobs/it's/mau.psd1",
        Status = status,
        LogicalDate = Interval.Start,
        Interval = Interval,
        StartedAt = Start,
        Duration = TimeSpan.FromSeconds(83.5),
        Tables = [],
        Alerts = new AlertSettings("/jobs/it's/mau.psd1", [slack]),
        JournalPath = "/jobs/it's/.eltps/runs/20261124T030000Z-4f2a9c.jsonl",
    };

    public static TableResult Table(string name, TableStatus status, long? rows) => new(new TableDefinition
    {
        Name = Name(name),
        Sql = "SELECT 1",
        Session = new SessionSettings(ConnectionDefinition.Embedded(":memory:", "/jobs"), "UTC", []),
    })
    {
        Status = status,
        Rows = rows,
    };

    private static TableName Name(string name) =>
        TableName.TryCreate("analytics", name, out var parsed) ? parsed : throw new ArgumentException(name);
}
