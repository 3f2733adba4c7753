using EltPs.Engine.Scheduling;

namespace EltPs.Runs;

/// <summary>What the parameters of Invoke-EltPipeline say about which runs are meant.</summary>
internal sealed record RunArguments
{
    public bool Resume { get; init; }

    public bool Scheduled { get; init; }

    public string? LogicalDate { get; init; }

    public string? From { get; init; }

    public string? To { get; init; }

    public string? StartAt { get; init; }

    public bool HasSelection { get; init; }

    public RunChoice Choice =>
        Scheduled ? RunChoice.Scheduled
        : LogicalDate is { } date ? RunChoice.On(date)
        : From is { } from ? RunChoice.Between(from, To)
        : RunChoice.Latest;

    /// <summary>Why the parameters do not go together; null if they do.</summary>
    public string? Problem => this switch
    {
        { Resume: true, StartAt: not null } => "-Resume finds the table to begin with by itself; give it or -StartAt, not both.",
        { Resume: true } when Scheduled || LogicalDate is not null || From is not null || To is not null || HasSelection =>
            "-Resume continues the last run as it was, with its interval and its tables; give it alone, or run anew without it.",
        { Scheduled: true } when LogicalDate is not null || From is not null || To is not null =>
            "-Scheduled finds the intervals that are due by itself; give it, or -LogicalDate, or -From and -To.",
        { Scheduled: true } when StartAt is not null || HasSelection =>
            "-Scheduled runs whole pipelines: an interval is done when all its tables are. Take out -StartAt, -Table and -Tag, or run by "
                + "hand without -Scheduled.",
        { LogicalDate: not null } when From is not null || To is not null =>
            "-LogicalDate is one interval, -From and -To are a range; give the one or the other.",
        { From: null, To: not null } => "-To ends a range; give -From too, the date that begins it.",
        { From: not null, StartAt: not null } =>
            "-StartAt is for one run; to build some tables for a range of intervals, choose them with -Table or -Tag.",
        { StartAt: not null, HasSelection: true } =>
            "-StartAt begins at a table and builds all behind it, -Table and -Tag choose tables; give the one or the other.",
        _ => null,
    };
}
