namespace EltPs.Engine.Scheduling;

/// <summary>What became of the run that was due last.</summary>
public enum DueStatus
{
    /// <summary>None was due yet, or the first one still has time.</summary>
    NotDue,

    /// <summary>It succeeded.</summary>
    Succeeded,

    /// <summary>It failed, was cancelled, was interrupted, or its outcome is not known.</summary>
    Failed,

    /// <summary>It has not ended.</summary>
    Running,

    /// <summary>It never began.</summary>
    Missed,
}
