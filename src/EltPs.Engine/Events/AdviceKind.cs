namespace EltPs.Engine.Events;

/// <summary>What helps, one value for each thing that the edge has a command or a parameter for.</summary>
public enum AdviceKind
{
    /// <summary>A sentence that names no command; it is shown as it stands.</summary>
    Say,

    /// <summary>Replace the table at a staging name by force, or move it out of the way.</summary>
    ReplaceStaging,

    /// <summary>Take over two tables that a job elsewhere has built.</summary>
    TakeOver,

    /// <summary>Stage the table first.</summary>
    StageFirst,

    /// <summary>Stage the table, bring back the one that stands at the staging name, or publish that one by force.</summary>
    StageOrBringBack,

    /// <summary>Run anew instead of resuming.</summary>
    RunAnew,

    /// <summary>Run anew instead of resuming, or from one table on.</summary>
    RunAnewOrFromTable,

    /// <summary>Resume on the connection that the run was given, or run anew.</summary>
    ResumeOnItsConnection,

    /// <summary>Run a range of intervals that is named anew.</summary>
    RunRange,

    /// <summary>Say where the range of intervals begins.</summary>
    NameFirstInterval,

    /// <summary>Name the interval to run.</summary>
    NameInterval,

    /// <summary>Name the connection that is meant.</summary>
    NameConnection,

    /// <summary>Keep the state in another folder.</summary>
    MoveState,

    /// <summary>Name the folder in which runs leave their state.</summary>
    NameState,

    /// <summary>Wait until the other run has ended.</summary>
    WaitForRun,

    /// <summary>Send the alerts that wait.</summary>
    SendPendingAlerts,

    /// <summary>Give a query more time.</summary>
    GiveLonger,

    /// <summary>Look at another generation of a table.</summary>
    LookAtGeneration,
}
