using EltPs.Engine.Definitions;
using EltPs.Engine.Schedulers;
using EltPs.Engine.Scheduling;
using EltPs.Engine.Secrets;

namespace EltPs.Tests.Schedulers;

/// <summary>Schedules as a scheduler is given them, without a file.</summary>
internal static class Export
{
    public const int FirstYear = 2025;

    /// <summary>What a scheduler is to start.</summary>
    public static PipelineStart Start(
        string expression,
        string zone = "UTC",
        string machine = "UTC",
        string name = "nightly",
        string folder = "/srv/elt",
        params string[] secrets)
    {
        var definition = new ScheduleDefinition(expression, null, null, Catchup: false);
        var config = folder + "/nightly.psd1";
        return new PipelineStart
        {
            Pipeline = new PipelineDefinition
            {
                Name = name,
                Path = config,
                Session = new SessionSettings(ConnectionDefinition.Embedded("nightly.duckdb", folder), zone, []),
                Schedule = definition,
                Alerts =
                    secrets.Length == 0
                        ? null
                        : new AlertSettings(
                            config,
                            [new ChannelSettings(
                                "Slack",
                                [.. secrets.Select(secret => new SecretReference(SecretKind.Environment, secret))],
                                folder)]),
                Tables = [],
            },
            Schedule = Schedule.Of(definition, zone)!,
            Command = Command(folder),
            Name = "eltps-nightly",
            Path = folder + "/nightly.out",
            MachineZone = TimeZoneInfo.FindSystemTimeZoneById(machine),
            FirstYear = FirstYear,
        };
    }

    /// <summary>A command line that elt runs.</summary>
    public static ScheduledCommand Command(string folder) => new()
    {
        Config = folder + "/nightly.psd1",
        StatePath = folder + "/.eltps",
        Shell = SchedulerShell.Elt,
        ShellPath = "/opt/elt/elt",
    };

    /// <summary>The text of the only file, or of a file by its ending.</summary>
    public static string Text(SchedulerFormat format, PipelineStart start, string ending = "") =>
        SchedulerFiles.Of(format, start).Files.Single(file => file.Path.EndsWith(ending, StringComparison.Ordinal)).Text;
}
