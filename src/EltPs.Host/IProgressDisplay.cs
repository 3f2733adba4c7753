using System.Management.Automation;

namespace EltPs.Host;

/// <summary>How far a run is: bars on a terminal, lines in a log.</summary>
internal interface IProgressDisplay
{
    /// <param name="sourceId">Which pipeline the record is from: activity ids are unique within it only.</param>
    /// <param name="record">The activity's present state.</param>
    void Show(long sourceId, ProgressRecord record);

    /// <summary>Makes place for other text; the next record may be drawn again.</summary>
    void Clear();
}
