namespace EltPs.Engine.Schedulers;

/// <summary>A schedule that was written for a scheduler.</summary>
public sealed record ExportedSchedule
{
    /// <summary>The pipeline's name.</summary>
    public required string Pipeline { get; init; }

    /// <summary>The scheduler.</summary>
    public required string Format { get; init; }

    /// <summary>The files that were written, as absolute paths.</summary>
    public required IReadOnlyList<string> Path { get; init; }

    /// <summary>Whether every start is at a time of the schedule; else there are more, and those that are not due do nothing.</summary>
    public required bool StartsOnlyWhenDue { get; init; }

    /// <summary>The command that installs them, or what to do where there is none.</summary>
    public required string Install { get; init; }

    /// <summary>The command that installs them.</summary>
    public override string ToString() => Install;
}
