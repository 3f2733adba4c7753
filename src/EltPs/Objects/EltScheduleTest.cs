using EltPs.Engine.Journal;

namespace EltPs.Objects;

/// <summary>Whether the run of a pipeline that was due last happened and succeeded.</summary>
public sealed class EltScheduleTest : EltObject
{
    internal EltScheduleTest(ScheduleTestResult test)
        : base(test)
    {
        Pipeline = test.Pipeline;
        Status = test.Status.ToString();
        IsLate = test.IsLate;
        LateFrom = Plain.Utc(test.LateFrom);
        Message = test.Message;
        RunId = test.RunId;
        Error = test.Error;
        Interval = test.Interval?.ToString();
        IntervalStart = Plain.Utc(test.Interval?.Start);
        IntervalEnd = Plain.Utc(test.Interval?.End);
        ResumeCommand = test.ResumeCommand;
        RunCommand = test.RunCommand;
        Connection = test.Connection;
        StateProblem = test.StateProblem;
        Path = test.Path;
        StatePath = test.StatePath;
        JournalPath = test.JournalPath;
    }

    /// <summary>The pipeline's name.</summary>
    public string Pipeline { get; }

    /// <summary>What became of the run.</summary>
    public string Status { get; }

    /// <summary>Whether somebody should look.</summary>
    public bool IsLate { get; }

    /// <summary>From when on its run counts as late, in UTC; null if no interval was judged.</summary>
    public DateTime? LateFrom { get; }

    /// <summary>The judgement in words.</summary>
    public string Message { get; }

    /// <summary>The run of the interval; null if there was none, or its journal is not kept any more.</summary>
    public string? RunId { get; }

    /// <summary>What stopped that run; null if nothing did.</summary>
    public string? Error { get; }

    /// <summary>Both ends of the interval that was judged and their time zone; null if none was.</summary>
    public string? Interval { get; }

    /// <summary>Where the interval begins, in UTC; null if none was judged.</summary>
    public DateTime? IntervalStart { get; }

    /// <summary>Where the interval ends, in UTC; null if none was judged.</summary>
    public DateTime? IntervalEnd { get; }

    /// <summary>
    /// The command that resumes that run; null if it cannot be resumed, because it succeeded, is under way, or is not the pipeline's last
    /// one.
    /// </summary>
    public string? ResumeCommand { get; }

    /// <summary>The command that runs the pipeline; null if it is not late, or its run is under way.</summary>
    public string? RunCommand { get; }

    /// <summary>The connection's name and type: what ran on another one does not count.</summary>
    public string Connection { get; }

    /// <summary>Why this may be the wrong place to look, in words; null if runs have left something there.</summary>
    public string? StateProblem { get; }

    /// <summary>The pipeline's file, as an absolute path.</summary>
    public string Path { get; }

    /// <summary>The state folder that was looked at, as an absolute path.</summary>
    public string StatePath { get; }

    /// <summary>That run's journal, as an absolute path; null if none is known.</summary>
    public string? JournalPath { get; }

    /// <summary>The pipeline's name and the status.</summary>
    public override string ToString() => $"{Pipeline} {Status}";
}
