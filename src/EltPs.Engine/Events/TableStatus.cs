namespace EltPs.Engine.Events;

/// <summary>How a table of a run ended.</summary>
public enum TableStatus
{
    /// <summary>
    /// Not reached, because the line stopped before, or was told to begin behind it; or built and not published, because another table that
    /// is published together with it failed. What is published is what was.
    /// </summary>
    Skipped,

    /// <summary>Built, checked and swapped into place.</summary>
    Published,

    /// <summary>Not built, because what is published is what the resumed run built from the same definition.</summary>
    UpToDate,

    /// <summary>A step failed; what is published is what was.</summary>
    Failed,

    /// <summary>The caller cancelled while it was being worked on, or declined it.</summary>
    Cancelled,

    /// <summary>The warehouse gave no definite answer.</summary>
    Unknown,
}
