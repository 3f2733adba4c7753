using EltPs.Engine.Definitions;

namespace EltPs.Engine.Schedulers;

/// <summary>A systemd service that runs once, and the timer that starts it.</summary>
/// <remarks>
/// A timer can count in the pipeline's zone (systemd.time, "Calendar Events"), but leaves out a time that its clock skips. So a schedule
/// with such times, or with times that the clock shows twice, is written in UTC, at every hour that it can mean.
/// </remarks>
internal static class SystemdUnits
{
    private const string Here = "~/.config/systemd/user";

    /// <summary>The format.</summary>
    public static SchedulerFormat Format { get; } = new("SystemD", SchedulerMachine.Unix, Of) { Units = [".service", ".timer"] };

    /// <summary>Both units. The service never overlaps with itself: systemd does not start what runs.</summary>
    public static SchedulerFiles Of(PipelineStart start)
    {
        var service = new SchedulerFile(start.Path + ".service", Service(start));
        var timer = new SchedulerFile(start.Path + ".timer", Timer(start, out var isExact));
        return new SchedulerFiles([service, timer], Install(start), isExact);
    }

    private static string Service(PipelineStart start)
    {
        var command = start.Command;
        var line = string.Join(
            ' ',
            command.Arguments(command.Script()).Select(SystemdText.Argument).Prepend(SystemdText.Word(command.ShellPath)));
        return $"""
            # Runs the pipeline {CommentText.Of(
                start.Pipeline.Name)} once, if it is due. Made by Export-EltSchedule, together with {start.Name}.timer.
            # Install:
            #   {CommentText.Of(Install(start))}
            # Try it: systemctl --user start {start.Name}.service; see what it did: journalctl --user -u {start.Name}.service

            [Unit]
            Description=Run the pipeline {SystemdText.Plain(CommentText.Of(start.Pipeline.Name))} if it is due (EltPs)

            [Service]
            Type=oneshot
            WorkingDirectory={SystemdText.Path(command.Folder)}
            {Environment(start)}ExecStart={line}

            """;
    }

    private static string Timer(PipelineStart start, out bool isExact)
    {
        var zone = start.Schedule.TimeZone;
        var starts = start.In(TimeZoneInfo.FindSystemTimeZoneById(zone));
        if (starts.MeetsClockChanges)
        {
            zone = SessionSettings.DefaultTimeZone;
            starts = start.In(TimeZoneInfo.Utc);
        }

        isExact = starts.IsExact;
        var events = starts
            .Groups.SelectMany(group => SystemdText.Calendar(group, zone))
            .Distinct(StringComparer.Ordinal)
            .Select(when => $"OnCalendar={when}");
        return $"""
            # Starts {start.Name}.service, which runs the pipeline {CommentText.Of(
                start.Pipeline.Name)}, by its schedule. Made by Export-EltSchedule.
            # {start.Times(isExact, "systemd cannot say these times exactly, or not through clock changes")}
            # Persistent: what was due while the machine was off is made up for when it is on again.

            [Unit]
            Description=Schedule of the pipeline {SystemdText.Plain(CommentText.Of(start.Pipeline.Name))} (EltPs)

            [Timer]
            {string.Join('\n', events)}
            AccuracySec=1s
            Persistent=true

            [Install]
            WantedBy=timers.target

            """;
    }

    private static string Install(PipelineStart start) =>
        $"mkdir -p {Here} && cp {PosixShell.Quote(start.Path + ".service")} {PosixShell.Quote(start.Path + ".timer")} {Here}/ && "
        + $"systemctl --user daemon-reload && systemctl --user enable --now {start.Name}.timer";

    private static string Environment(PipelineStart start)
    {
        var given = string.Concat(
            start.Command.Environment.Select(variable => $"Environment={SystemdText.Word($"{variable.Key}={variable.Value}")}\n"));
        var names = string.Join(", ", start.Variables.Select(name => name + "=…"));
        return names.Length == 0
            ? given
            : $"""
            {given}# Secrets: write {names} into this file, a line each, and chmod 600 it. %E is ~/.config of a user, /etc of the system.
            EnvironmentFile=-%E/eltps/{start.Name}.env

            """;
    }
}
