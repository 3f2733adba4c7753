using EltPs.Engine.Schedulers;

namespace EltPs.Schedulers;

/// <summary>Where a schedule is written.</summary>
internal static class ExportPath
{
    /// <summary>The file, as an absolute path; of several that have one name, without their endings.</summary>
    /// <param name="format">The scheduler.</param>
    /// <param name="config">The pipeline file, as an absolute path.</param>
    /// <param name="chosen">What -Path said, as an absolute path; null for nothing.</param>
    /// <param name="isFolder">Whether that means a folder.</param>
    public static string Of(SchedulerFormat format, string config, string? chosen, bool isFolder)
    {
        if (chosen is null || isFolder)
        {
            return Path.Combine(chosen ?? Path.GetDirectoryName(config)!, DefaultName(format, config));
        }

        return format.Units.Contains(Path.GetExtension(chosen))
            ? Path.ChangeExtension(chosen, null)
            : chosen;
    }

    private static string DefaultName(SchedulerFormat format, string config) => format.Units.Count > 0
        ? PipelineStart.NameFor(config)
        : Path.GetFileNameWithoutExtension(config) + format.Extension;
}
