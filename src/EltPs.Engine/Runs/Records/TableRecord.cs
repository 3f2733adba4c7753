using EltPs.Engine.Events;
using EltPs.Engine.Steps;

namespace EltPs.Engine.Runs;

/// <summary>What is known of one table of a run, be it one that has just ended or one that its journal describes.</summary>
public abstract record TableRecord
{
    private protected TableRecord()
    {
    }

    /// <summary>The hash of what it was built from.</summary>
    public abstract string DefinitionHash { get; }

    /// <summary>How it ended; <see cref="TableStatus.Skipped"/> if the run did not reach it, or has not yet.</summary>
    public TableStatus Status { get; init; }

    /// <summary>How often it was attempted; 0 if the run did not reach it.</summary>
    public int Attempts { get; init; }

    /// <summary>The rows of the new generation; null if they were not counted.</summary>
    public long? Rows { get; init; }

    /// <summary>How long the build took; null if it did not end well.</summary>
    public TimeSpan? StageTime { get; init; }

    /// <summary>How long the checks took; null if they did not end well.</summary>
    public TimeSpan? CheckTime { get; init; }

    /// <summary>How long the swap took; null if it did not end well.</summary>
    public TimeSpan? PublishTime { get; init; }

    /// <summary>The generation that was staged, or that was published already; null if neither.</summary>
    public string? Generation { get; init; }

    /// <summary>The table's name as text.</summary>
    internal abstract string Name { get; }

    /// <summary>The build that was in flight when the run was interrupted; null if none was.</summary>
    internal virtual BuildInFlight? BuildOf(string runId) => null;
}
