namespace EltPs.Engine.Schedulers;

/// <summary>The files that make a scheduler start a pipeline.</summary>
/// <param name="Files">The files.</param>
/// <param name="Install">The command that installs them, or what to do where there is none.</param>
/// <param name="StartsOnlyWhenDue">Whether every start is at a time of the schedule; else there are more starts, and those that are not due
/// do nothing.</param>
public sealed record SchedulerFiles(IReadOnlyList<SchedulerFile> Files, string Install, bool StartsOnlyWhenDue)
{
    /// <summary>Writes them for a scheduler. Does no I/O.</summary>
    /// <param name="format">The scheduler.</param>
    /// <param name="start">What it starts.</param>
    /// <exception cref="Errors.EltException"><see cref="Errors.EltErrorKind.NotExportable"/>: a path cannot stand in such a
    /// file.</exception>
    public static SchedulerFiles Of(SchedulerFormat format, PipelineStart start)
    {
        ArgumentNullException.ThrowIfNull(format);
        ArgumentNullException.ThrowIfNull(start);
        start.Command.EnsureOneLine();
        return format.Writer(start);
    }
}
