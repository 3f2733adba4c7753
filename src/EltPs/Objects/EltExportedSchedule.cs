using EltPs.Engine.Schedulers;

namespace EltPs.Objects;

/// <summary>A schedule that was written for a scheduler.</summary>
public sealed class EltExportedSchedule : EltObject
{
    internal EltExportedSchedule(ExportedSchedule export)
        : base(export)
    {
        Pipeline = export.Pipeline;
        Format = export.Format;
        Path = new(export.Path);
        StartsOnlyWhenDue = export.StartsOnlyWhenDue;
        Install = export.Install;
    }

    /// <summary>The pipeline's name.</summary>
    public string Pipeline { get; }

    /// <summary>The scheduler.</summary>
    public string Format { get; }

    /// <summary>The files that were written, as absolute paths.</summary>
    public EltList<string> Path { get; }

    /// <summary>Whether every start is at a time of the schedule; else there are more, and those that are not due do nothing.</summary>
    public bool StartsOnlyWhenDue { get; }

    /// <summary>The command that installs them, or what to do where there is none.</summary>
    public string Install { get; }

    /// <summary>The command that installs them.</summary>
    public override string ToString() => Install;
}
