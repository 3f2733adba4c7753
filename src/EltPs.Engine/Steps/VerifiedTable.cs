using EltPs.Engine.Errors;
using EltPs.Engine.Names;

namespace EltPs.Engine.Steps;

/// <summary>
/// A staged table that passed its checks. Comes only from <see cref="TableCheck"/>, and only such a one can be published.
/// </summary>
public sealed class VerifiedTable
{
    internal VerifiedTable(StagedTable staged, long rows, TimeSpan checkTime)
    {
        Staged = staged;
        Rows = rows;
        CheckTime = checkTime;
    }

    /// <summary>The table that it is meant to become.</summary>
    public TableName Name => Staged.Name;

    /// <summary>The number of rows.</summary>
    public long Rows { get; }

    /// <summary>The id of this build.</summary>
    public string Generation => Staged.Generation;

    /// <summary>What each of its checks found.</summary>
    public IReadOnlyList<CheckResult> Checks { get; internal init; } = [];

    /// <summary>How long the checks took.</summary>
    public TimeSpan CheckTime { get; }

    /// <summary>The table that was checked.</summary>
    public StagedTable Staged { get; }

    /// <summary>The published table's name.</summary>
    public override string ToString() => Name.ToString();
}
