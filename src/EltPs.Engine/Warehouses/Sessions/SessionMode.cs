namespace EltPs.Engine.Warehouses;

/// <summary>What a session may do.</summary>
public enum SessionMode
{
    /// <summary>Everything.</summary>
    ReadWrite,

    /// <summary>Only look, for a plan; a database file that does not exist stays that way and counts as empty.</summary>
    ReadOnly,

    /// <summary>
    /// Try what a run would do, in a trial that leaves nothing behind; a database file that does not exist stays that way and counts as
    /// empty.
    /// </summary>
    Trial,

    /// <summary>Only read rows; a database file that does not exist is an error, unless there are sources to read.</summary>
    Query,
}
