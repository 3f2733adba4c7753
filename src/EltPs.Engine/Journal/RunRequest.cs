using EltPs.Engine.Runs;
using EltPs.Engine.Scheduling;

namespace EltPs.Engine.Journal;

/// <summary>What somebody asks for: which runs, and how.</summary>
internal sealed record RunRequest
{
    /// <summary>Which intervals; of no meaning to a resume, which goes on with those of the last run.</summary>
    public RunChoice Choice { get; init; } = RunChoice.Latest;

    /// <summary>How to run each of them.</summary>
    public RunOptions Options { get; init; } = new();

    /// <summary>
    /// Whether to go on with the last run, if that did not succeed or was not the last of its range, instead of a new one.
    /// </summary>
    public bool Resume { get; init; }

    /// <summary>How long to wait for another run of the pipeline; zero for not at all.</summary>
    public TimeSpan LockTimeout { get; init; }
}
