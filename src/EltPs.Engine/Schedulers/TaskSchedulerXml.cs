using System.Xml.Linq;

namespace EltPs.Engine.Schedulers;

/// <summary>A task of Windows Task Scheduler, as schtasks /Create /XML reads it ("Task Scheduler Schema").</summary>
internal static class TaskSchedulerXml
{
    // Windows puts a variable's value in the place of %NAME%, and Task Scheduler a parameter's in that of $(Arg0).
    private const string Marks = "%$";

    private static readonly XNamespace _schema = TaskTrigger.Schema;

    /// <summary>The task.</summary>
    public static SchedulerFiles Of(PipelineStart start)
    {
        var starts = start.In(TimeZoneInfo.Utc);
        var isExact = starts.IsExact;
        var triggers = new List<XElement>();
        foreach (var group in starts.Groups)
        {
            triggers.AddRange(TaskTrigger.Of(group, out var isGroupExact));
            isExact &= isGroupExact;
        }

        var times = start.Times(isExact, "its triggers count in UTC and cannot say these times exactly");
        var install =
            $@"schtasks /Create /TN 'EltPs\{start.Name}' /XML {PowerShellLiteral.Quote(start.Path)} /RU ""$env:USERDOMAIN\$env:USERNAME"" /RP *";
        var comment = $"""

              Starts the pipeline {Comment(start.Pipeline.Name)}. Made by Export-EltSchedule.
              Install, in PowerShell as an administrator (it asks for your password, so that the task also starts when nobody is logged on):
                {Comment(install)}
              {Comment(times)}
            {Secrets(start)}
            """;
        var task = new XElement(
            _schema + "Task",
            new XAttribute("version", "1.2"),
            new XElement(_schema + "RegistrationInfo", new XElement(_schema + "Description", Description(start, times))),
            new XElement(_schema + "Triggers", triggers),
            new XElement(
                _schema + "Principals",
                new XElement(_schema + "Principal", new XAttribute("id", "Author"), new XElement(_schema + "RunLevel", "LeastPrivilege"))),
            Settings(),
            new XElement(_schema + "Actions", new XAttribute("Context", "Author"), Action(start.Command)));
        var text =
            $"<?xml version=\"1.0\" encoding=\"UTF-16\"?>\n{new XComment(comment.ReplaceLineEndings("\n"))}\n{task}\n".ReplaceLineEndings(
                "\n");
        return new SchedulerFiles([new SchedulerFile(start.Path, text, IsUtf16: true)], install, isExact);
    }

    // A run may take as long as it does: the file's Timeout ends it, not the scheduler after the three days that are its default.
    private static XElement Settings() => new(
        _schema + "Settings",
        new XElement(_schema + "MultipleInstancesPolicy", "IgnoreNew"),
        new XElement(_schema + "DisallowStartIfOnBatteries", "false"),
        new XElement(_schema + "StopIfGoingOnBatteries", "false"),
        new XElement(_schema + "StartWhenAvailable", "true"),
        new XElement(_schema + "ExecutionTimeLimit", "PT0S"));

    private static XElement Action(ScheduledCommand command) => new(
        _schema + "Exec",
        new XElement(_schema + "Command", Literal(command.ShellPath)),
        new XElement(_schema + "Arguments", WindowsCommandLine.Join(command.Arguments(command.Script(isUnsafe: Marks.Contains)))),
        new XElement(_schema + "WorkingDirectory", Literal(command.Folder)));

    // In the arguments PowerShell can be given a letter by its number; here nothing stands for a percent sign.
    private static string Literal(string path) => path.Count(letter => letter == '%') < 2 && !path.Contains("$(", StringComparison.Ordinal)
        ? path
        : throw ScheduledCommand.Refuse(path, "Task Scheduler reads %…% and $(…) in it as variables");

    private static string Description(PipelineStart start, string times) =>
        CommentText.Of($"Starts the pipeline {start.Pipeline.Name} (EltPs). {times}");

    private static string Secrets(PipelineStart start) => start.Variables.Count == 0
        ? string.Empty
        : $"  It reads secrets from variables of the user that it runs as; set each once: "
            + $"{string.Join(", ", start.Variables.Select(name => $"setx {name} …"))}\n";

    // Two hyphens end a comment's text (XML 1.0, "Comments").
    private static string Comment(string text) =>
        CommentText.Of(text).Replace("--", "- -", StringComparison.Ordinal).Replace("--", "- -", StringComparison.Ordinal);
}
