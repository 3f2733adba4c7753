using EltPs.Engine.Definitions;
using EltPs.Engine.Scheduling;

namespace EltPs.Engine.Journal;

/// <summary>Whether the run of a pipeline that was due last happened and succeeded.</summary>
public sealed record ScheduleTestResult
{
    /// <summary>The pipeline's name.</summary>
    public required string Pipeline { get; init; }

    /// <summary>The pipeline's file, as an absolute path.</summary>
    public required string Path { get; init; }

    /// <summary>The connection's name and type: what ran on another one does not count.</summary>
    public required string Connection { get; init; }

    /// <summary>The state folder that was looked at, as an absolute path.</summary>
    public required string StatePath { get; init; }

    /// <summary>What became of the run.</summary>
    public required LateStatus Status { get; init; }

    /// <summary>Whether somebody should look.</summary>
    public required bool IsLate { get; init; }

    /// <summary>The interval that was judged; null if none was.</summary>
    public DataInterval? Interval { get; init; }

    /// <summary>From when on its run counts as late; null if none was judged.</summary>
    public DateTimeOffset? LateFrom { get; init; }

    /// <summary>The judgement in words.</summary>
    public required string Message { get; init; }

    /// <summary>Why this may be the wrong place to look, in words; null if runs have left something there.</summary>
    public string? StateProblem { get; init; }

    /// <summary>The run of the interval that the judgement is about; null if there was none, or its journal is not kept any more.</summary>
    public JournaledRun? LastRun { get; init; }

    /// <summary>That run's id; null if none is known.</summary>
    public string? RunId => LastRun?.RunId;

    /// <summary>What stopped that run; null if nothing did.</summary>
    public string? Error => Status == LateStatus.Failed ? LastRun?.Message : null;

    /// <summary>That run's journal, as an absolute path; null if none is known.</summary>
    public string? JournalPath => LastRun?.JournalPath;

    /// <summary>
    /// The command that goes on with that run; null if it cannot be resumed, because it succeeded, goes on, or is not the pipeline's last
    /// one.
    /// </summary>
    public string? ResumeCommand { get; init; }

    /// <summary>The command that runs the pipeline; null if it is not late, or its run goes on.</summary>
    public string? RunCommand { get; init; }

    /// <summary>
    /// Which channels are sent alerts of the pipeline's runs; null for none. Holds references to secrets, never a secret.
    /// </summary>
    public AlertSettings? Alerts { get; init; }

    /// <summary>The pipeline's name and the status.</summary>
    public override string ToString() => $"{Pipeline} {Status}";
}
