namespace EltPs.Engine.Schedulers;

/// <summary>The schedulers. A new one is a file that has its format, and a line here.</summary>
internal static class SchedulerFormats
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<SchedulerFormat> All { get; } =
    [
        TaskSchedulerXml.Format,
        JenkinsPipeline.Format,
        Crontab.Format,
        SystemdUnits.Format,
    ];

    /// <summary>The one that a name means, in any case or by an unmistakable beginning; null if none or several have it.</summary>
    public static SchedulerFormat? Find(string name) =>
        All.FirstOrDefault(format => string.Equals(format.Name, name, StringComparison.OrdinalIgnoreCase))
        ?? (All.Where(format => format.Name.StartsWith(name, StringComparison.OrdinalIgnoreCase)).ToList() is [var only] ? only : null);
}
