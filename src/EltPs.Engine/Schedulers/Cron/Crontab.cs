namespace EltPs.Engine.Schedulers;

/// <summary>Lines for a user's crontab that both Debian's cron and cronie read alike.</summary>
/// <remarks>
/// The lines count in the machine's zone, because only cronie knows CRON_TZ (crontab(5), cronie); Debian's cron sets it as a variable and
/// starts by local time. A line without a star in minute and hour is not started a second time in an hour that is repeated (cron(8),
/// Debian, "NOTES"), so where that would matter the hour is a star.
/// </remarks>
internal static class Crontab
{
    // MAX_COMMAND of Debian's cron, which cuts what is longer.
    private const int LongestCommand = 998;

    /// <summary>The format.</summary>
    public static SchedulerFormat Format { get; } = new("Cron", SchedulerMachine.Unix, Of) { Extension = ".cron" };

    /// <summary>The block for one pipeline.</summary>
    public static SchedulerFiles Of(PipelineStart start)
    {
        var starts = start.In(start.MachineZone);
        var groups = starts.Groups.Select(group => group with { Days = group.Days.WithOneKindOfDay() });
        var widened = (starts.HasSecondPass ? groups.Select(group => group.InEveryHour()) : groups).ToList();
        var isExact = starts is { IsExact: true, HasSecondPass: false } && widened.TrueForAll(group => group.Days.IsExact);
        var command = Command(start.Command);
        var lines = widened.SelectMany(CronLine.Of).Distinct(StringComparer.Ordinal).Append("@reboot").Select(time => $"{time} {command}");
        var install = Install(start);
        var text = $"""
            # BEGIN EltPs {start.Name}
            # Starts the pipeline {CommentText.Of(start.Pipeline.Name)}. Made by Export-EltSchedule.
            # Install, or replace what is installed:
            #   {CommentText.Of(install)}
            # The times are those of a machine whose clock shows {start.MachineZone.Id}; on another machine make this file anew.
            # {start.Times(isExact, "cron cannot say these times exactly, or not in that zone")}
            # The start at boot makes up for what was due while the machine was off. cron mails what a failed run writes.
            {Secrets(start)}{string.Join('\n', lines)}
            # END EltPs {start.Name}

            """;
        return new SchedulerFiles([new SchedulerFile(start.Path, text)], install, isExact);
    }

    // cron makes a line break of % unless a backslash is before it. Outside the quotes, because busybox leaves the backslash to the shell.
    private static string Command(ScheduledCommand command)
    {
        var line = PosixShell.Line(command, command.Script()).Replace("%", @"'\%'", StringComparison.Ordinal) + " >/dev/null";
        return System.Text.Encoding.UTF8.GetByteCount(line) <= LongestCommand
            ? line
            : throw ScheduledCommand.Refuse(
                command.Config,
                "the command is longer than the 998 bytes that cron reads of one; choose shorter paths");
    }

    private static string Install(PipelineStart start)
    {
        var name = start.Name.Replace(".", @"\.", StringComparison.Ordinal);
        return $"(crontab -l 2>/dev/null | sed '/^# BEGIN EltPs {name}$/,/^# END EltPs {name}$/d'; cat {PosixShell.Quote(start.Path)}) | "
            + "crontab -";
    }

    private static string Secrets(PipelineStart start) => start.Variables.Count == 0
        ? string.Empty
        : $"# It reads secrets from variables, which belong at the top of the crontab itself, above this block: "
            + $"{string.Join(", ", start.Variables.Select(name => name + "=…"))}\n";
}
