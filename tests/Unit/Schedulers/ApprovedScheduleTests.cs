using EltPs.Engine.Schedulers;
using Xunit;

namespace EltPs.Tests.Schedulers;

public sealed class ApprovedScheduleTests
{
    public static TheoryData<string, string, string> Schedules => new()
    {
        { "daily-utc", "@daily", "UTC" },
        { "daily-berlin", "@daily", "Europe/Berlin" },
        { "weekly", "@weekly", "UTC" },
        { "monthly-berlin", "@monthly", "Europe/Berlin" },
        { "quarters-of-working-hours", "*/15 6-18 * * 1-5", "Europe/Berlin" },
        { "last-of-month", "0 6 L * *", "UTC" },
        { "day-or-weekday", "0 0 15 * 1", "UTC" },
        { "in-the-gap", "30 2 * * *", "Europe/Berlin" },
    };

    [Theory]
    [MemberData(nameof(Schedules))]
    public void A_crontab_is_the_approved_one(string name, string expression, string zone) =>
        ApprovedSchedule.Matches($"{name}.cron", Export.Text(Crontab.Format, Export.Start(expression, zone)));

    [Theory]
    [MemberData(nameof(Schedules))]
    public void A_timer_is_the_approved_one(string name, string expression, string zone) =>
        ApprovedSchedule.Matches($"{name}.timer", Export.Text(SystemdUnits.Format, Export.Start(expression, zone), ".timer"));

    [Theory]
    [MemberData(nameof(Schedules))]
    public void A_Jenkinsfile_is_the_approved_one(string name, string expression, string zone) =>
        ApprovedSchedule.Matches($"{name}.Jenkinsfile", Export.Text(JenkinsPipeline.Format, Export.Start(expression, zone)));

    [Theory]
    [MemberData(nameof(Schedules))]
    public void A_task_is_the_approved_one(string name, string expression, string zone) =>
        ApprovedSchedule.Matches($"{name}.task.xml", Export.Text(TaskSchedulerXml.Format, Windows(Export.Start(expression, zone))));

    [Fact]
    public void A_crontab_of_a_machine_in_the_pipelines_zone_is_the_approved_one() =>
        ApprovedSchedule.Matches(
            "daily-berlin-in-berlin.cron",
            Export.Text(Crontab.Format, Export.Start("@daily", "Europe/Berlin", machine: "Europe/Berlin")));

    [Fact]
    public void A_service_is_the_approved_one() => ApprovedSchedule.Matches(
        "secrets.service",
            Export.Text(
                SystemdUnits.Format,
                WithDotnetRoot(Export.Start("@daily", secrets: ["SLACK_WEBHOOK_URL", "ELTPS_KEY_PASSPHRASE"])),
                ".service"));

    [Fact]
    public void A_service_that_starts_PowerShell_is_the_approved_one() =>
        ApprovedSchedule.Matches(
            "powershell.service",
            Export.Text(SystemdUnits.Format, WithPowerShell(Export.Start("@daily")), ".service"));

    [Fact]
    public void A_crontab_with_secrets_is_the_approved_one() =>
        ApprovedSchedule.Matches(
            "secrets.cron",
            Export.Text(Crontab.Format, WithDotnetRoot(Export.Start("@daily", secrets: ["SLACK_WEBHOOK_URL"]))));

    [Fact]
    public void A_Jenkinsfile_with_secrets_is_the_approved_one() =>
        ApprovedSchedule.Matches(
            "secrets.Jenkinsfile",
            Export.Text(JenkinsPipeline.Format, WithPowerShell(Export.Start("@daily", secrets: ["SLACK_WEBHOOK_URL"]))));

    [Fact]
    public void A_Jenkinsfile_for_Windows_is_the_approved_one() =>
        ApprovedSchedule.Matches("windows.Jenkinsfile", Export.Text(JenkinsPipeline.Format, Windows(Export.Start("@daily"))));

    [Fact]
    public void A_task_with_secrets_is_the_approved_one() =>
        ApprovedSchedule.Matches(
            "secrets.task.xml",
            Export.Text(TaskSchedulerXml.Format, Windows(Export.Start("@daily", secrets: ["SLACK_WEBHOOK_URL"]))));

    private static PipelineStart WithDotnetRoot(PipelineStart start) =>
        start with
        {
            Command = start.Command with { DotnetRoot = "/home/elt/.dotnet" },
        };

    private static PipelineStart WithPowerShell(PipelineStart start) => start with
    {
        Command = start.Command with
        {
            Shell = SchedulerShell.PowerShell,
            ShellPath = "/usr/bin/pwsh",
            ModulePath = "/srv/modules/EltPs/EltPs.psd1",
        },
    };

    private static PipelineStart Windows(PipelineStart start) => start with
    {
        Path = @"C:\ELT data\nightly.task.xml",
        Command = new ScheduledCommand
        {
            Config = @"C:\ELT data\Größe 50%\nightly.psd1",
            StatePath = @"D:\state\",
            Shell = SchedulerShell.PowerShell,
            ShellPath = @"C:\Program Files\PowerShell\7\pwsh.exe",
            IsWindows = true,
        },
    };
}
