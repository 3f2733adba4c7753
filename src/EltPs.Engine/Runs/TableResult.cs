using EltPs.Engine.Definitions;
using EltPs.Engine.Errors;
using EltPs.Engine.Events;
using EltPs.Engine.Names;

namespace EltPs.Engine.Runs;

/// <summary>What became of one table of a run.</summary>
/// <param name="Definition">What was to be built.</param>
public sealed record TableResult(TableDefinition Definition)
{
    /// <summary>The table's name.</summary>
    public TableName Table => Definition.Name;

    /// <summary>How it ended.</summary>
    public TableStatus Status { get; init; }

    /// <summary>How often it was attempted; 0 if the run did not reach it.</summary>
    public int Attempts { get; init; }

    /// <summary>The attempts before the last one, in their order.</summary>
    public IReadOnlyList<FailedAttempt> FailedAttempts { get; init; } = [];

    /// <summary>The rows of the new generation; null if they were not counted.</summary>
    public long? Rows { get; init; }

    /// <summary>What each of its checks found; empty if they were not judged.</summary>
    public IReadOnlyList<CheckResult> Checks { get; init; } = [];

    /// <summary>How long the build took; null if it did not end well.</summary>
    public TimeSpan? StageTime { get; init; }

    /// <summary>How long the checks took; null if they did not end well.</summary>
    public TimeSpan? CheckTime { get; init; }

    /// <summary>How long the swap took; null if it did not end well.</summary>
    public TimeSpan? PublishTime { get; init; }

    /// <summary>The id of the new generation; null if none was staged.</summary>
    public string? Generation { get; init; }

    /// <summary>The step that failed or was cancelled; null if none was.</summary>
    public EltStep? FailedStep { get; init; }

    /// <summary>What went wrong, in words; null if nothing did.</summary>
    public string? Message { get; init; }

    /// <summary>The table's name and status.</summary>
    public override string ToString() => $"{Table} {Status}";
}
