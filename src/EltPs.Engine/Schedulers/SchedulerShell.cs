namespace EltPs.Engine.Schedulers;

/// <summary>What runs the command line of a scheduled start.</summary>
public enum SchedulerShell
{
    /// <summary>PowerShell 7; its exit code is 0 or 1.</summary>
    PowerShell,

    /// <summary>The console host of EltPs; its exit codes tell more.</summary>
    Elt,
}
