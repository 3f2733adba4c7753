using EltPs.Engine.Alerts;
using EltPs.Engine.Definitions;
using EltPs.Engine.Journal;
using EltPs.Engine.Runs;
using EltPs.Engine.Schedulers;
using EltPs.Engine.Steps;
using EltPs.Engine.Warehouses;

namespace EltPs.Objects;

/// <summary>Gives what the engine made the form in which a cmdlet writes it.</summary>
internal static class EltObjects
{
    /// <summary>The object for a value of the engine, as the target of an error; any other value as it is.</summary>
    public static object? Of(object? value) => value switch
    {
        RunResult run => new EltRunResult(run),
        JournaledRun run => new EltJournaledRun(run),
        TableDefinition table => new EltTable(table, []),
        StagedTable staged => new EltStagedTable(staged),
        VerifiedTable verified => new EltVerifiedTable(verified),
        PublishedTable published => new EltPublishedTable(published),
        KnownConnection known => new EltConnection(known),
        ScheduleTestResult test => new EltScheduleTest(test),
        AlertDelivery delivery => new EltAlertDelivery(delivery),
        ExportedSchedule export => new EltExportedSchedule(export),
        _ => value,
    };
}
