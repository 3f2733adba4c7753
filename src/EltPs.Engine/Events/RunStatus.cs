namespace EltPs.Engine.Events;

/// <summary>How a run ended.</summary>
public enum RunStatus
{
    /// <summary>Every table was published.</summary>
    Succeeded,

    /// <summary>A table failed, and the line stopped there.</summary>
    Failed,

    /// <summary>The caller cancelled, or declined a table.</summary>
    Cancelled,

    /// <summary>The warehouse gave no definite answer: what was in flight may or may not have taken effect.</summary>
    Unknown,

    /// <summary>There was no table to build, or no run to resume.</summary>
    NothingToDo,

    /// <summary>Its process died: the journal has no end, and nobody holds the pipeline's lock. Only a journal says so.</summary>
    Interrupted,

    /// <summary>It has not ended yet. Only a journal says so.</summary>
    Running,
}
