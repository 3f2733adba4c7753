using System.Collections.Frozen;

namespace EltPs.Host;

/// <summary>What somebody wants who types the word of another tool, such as <c>run</c>.</summary>
/// <param name="Purpose">What it is that they want: <c>run a pipeline</c>.</param>
/// <param name="Command">The command for it; {0} stands for the arguments.</param>
/// <param name="Missing">What stands there when no argument was given.</param>
internal sealed record Intent(string Purpose, string Command, string Missing = "<pipeline file>")
{
    private static readonly Intent Run = new("run a pipeline file", "Invoke-EltPipeline {0}");
    private static readonly Intent Check = new("check a pipeline file without running it", "Test-EltPipeline {0}");
    private static readonly Intent Plan = new("see the SQL of a run without running it", "Invoke-EltPipeline {0} -WhatIf");
    private static readonly Intent Resume = new("resume the last run", "Invoke-EltPipeline {0} -Resume");
    private static readonly Intent Undo = new("undo the last run", "Get-EltRun {0} -Last 1 | Switch-EltTable -Undo");
    private static readonly Intent Runs = new("list the runs", "Get-EltRun {0}");
    private static readonly Intent New = new("write a first pipeline file", "New-EltPipeline {0}");
    private static readonly Intent Tables = new("list the tables of a pipeline file", "Get-EltTable {0}");
    private static readonly Intent Stage = new("stage tables", "Get-EltTable {0} | Invoke-EltCtas");
    private static readonly Intent Publish = new("publish a table that was staged", "Get-EltTable {0} | Switch-EltTable");
    private static readonly Intent Schedule = new("write the file of a scheduler", "Export-EltSchedule {0} -Format Cron");
    private static readonly Intent Overdue = new("find runs that are overdue", "Test-EltSchedule {0}");
    private static readonly Intent Notify = new("notify Slack", "Send-EltSlackAlert {0}", "<text>");
    private static readonly Intent Connect = new("try a connection", "Test-EltConnection {0}", "<connection>");
    private static readonly Intent Connections = new("list the connections", "Get-EltConnection {0}", "");

    private static readonly Intent Query = new("query a warehouse", "Invoke-EltQuery {0}", "<SQL>");
    private static readonly Intent Rows = new("look at rows of a table", "Get-EltRow {0}", "<table>");

    /// <summary>The intents by the words for them.</summary>
    public static FrozenDictionary<string, Intent> ByWord { get; } = Index(
        (Run, "run start build execute invoke"),
        (Check, "test check validate lint verify parse compile"),
        (Plan, "plan dry-run dryrun whatif"),
        (Resume, "resume retry continue"),
        (Undo, "undo rollback revert"),
        (Runs, "status history runs log logs state"),
        (New, "new init create scaffold generate"),
        (Tables, "tables list"),
        (Stage, "stage ctas"),
        (Publish, "publish swap switch promote"),
        (Schedule, "schedule cron"),
        (Overdue, "overdue late freshness"),
        (Notify, "alert notify slack"),
        (Connect, "connect ping debug"),
        (Connections, "connections"),
        (Query, "query sql"),
        (Rows, "rows show head"));

    /// <summary>The command line of elt for it.</summary>
    /// <param name="arguments">What followed the word, as PowerShell source text.</param>
    public string CommandLine(string arguments)
    {
        var command = string.Format(System.Globalization.CultureInfo.InvariantCulture, Command, arguments.Length > 0 ? arguments : Missing);
        return command.Contains('|', StringComparison.Ordinal) ? $"elt \"{command}\"" : $"elt {command}".TrimEnd();
    }

    private static FrozenDictionary<string, Intent> Index(params (Intent Intent, string Words)[] intents) =>
        intents.SelectMany(entry => entry.Words.Split(' '), (entry, word) => KeyValuePair.Create(word, entry.Intent))
            .ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);
}
