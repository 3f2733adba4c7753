namespace EltPs.Engine.Reports;

/// <summary>How a test case ended, in the words of JUnit's XML.</summary>
internal enum JUnitOutcome
{
    /// <summary>It is as it should be.</summary>
    Passed,

    /// <summary>A check found what it is there to find.</summary>
    Failure,

    /// <summary>It could not be brought to its end: the warehouse, a stop, an outcome that nobody knows.</summary>
    Error,

    /// <summary>The run did not come to it.</summary>
    Skipped,
}
