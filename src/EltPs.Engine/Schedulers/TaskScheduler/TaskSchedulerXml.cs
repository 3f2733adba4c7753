using System.Xml.Linq;
using EltPs.Engine.Names;

namespace EltPs.Engine.Schedulers;

/// <summary>A task of Windows Task Scheduler, as schtasks /Create /XML reads it ("Task Scheduler Schema").</summary>
internal static class TaskSchedulerXml
{
    // Windows puts a variable's value in the place of %NAME%, and Task Scheduler a parameter's in that of $(Arg0).
    private const string Marks = "%$";

    private static readonly XNamespace Schema = TaskTrigger.Schema;

    /// <summary>The format.</summary>
    public static SchedulerFormat Format { get; } = new("TaskScheduler", SchedulerMachine.Windows, Of) { Extension = ".task.xml" };

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
            $@"schtasks /Create /TN 'EltPs\{start.Name}' /XML {PowerShellLiteral.Quote(start.Path)} "
            + @"/RU ""$env:USERDOMAIN\$env:USERNAME"" /RP *";
        var comment = $"""

              Starts the pipeline {Comment(start.Pipeline.Name)}. Made by Export-EltSchedule.
              Install, in PowerShell as an administrator (it asks for your password, so that the task also starts when nobody is logged on):
                {Comment(install)}
              {Comment(times)}
            {Secrets(start)}
            """;
        var task = new XElement(
            Schema + "Task",
            new XAttribute("version", "1.2"),
            new XElement(Schema + "RegistrationInfo", new XElement(Schema + "Description", Description(start, times))),
            new XElement(Schema + "Triggers", triggers),
            new XElement(
                Schema + "Principals",
                new XElement(Schema + "Principal", new XAttribute("id", "Author"), new XElement(Schema + "RunLevel", "LeastPrivilege"))),
            Settings(),
            new XElement(Schema + "Actions", new XAttribute("Context", "Author"), Action(start.Command)));
        var text =
            $"<?xml version=\"1.0\" encoding=\"UTF-16\"?>\n{new XComment(comment.ReplaceLineEndings("\n"))}\n{task}\n".ReplaceLineEndings(
                "\n");
        return new SchedulerFiles([new SchedulerFile(start.Path, text, IsUtf16: true)], install, isExact);
    }

    // A run may take as long as it does: the file's Timeout ends it, not the scheduler after the three days that are its default.
    private static XElement Settings() => new(
        Schema + "Settings",
        new XElement(Schema + "MultipleInstancesPolicy", "IgnoreNew"),
        new XElement(Schema + "DisallowStartIfOnBatteries", "false"),
        new XElement(Schema + "StopIfGoingOnBatteries", "false"),
        new XElement(Schema + "StartWhenAvailable", "true"),
        new XElement(Schema + "ExecutionTimeLimit", "PT0S"));

    private static XElement Action(ScheduledCommand command) => new(
        Schema + "Exec",
        new XElement(Schema + "Command", Literal(command.ShellPath)),
        new XElement(Schema + "Arguments", WindowsCommandLine.Join(command.Arguments(command.Script(isUnsafe: Marks.Contains)))),
        new XElement(Schema + "WorkingDirectory", Literal(command.Folder)));

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
