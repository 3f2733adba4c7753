namespace EltPs.Engine.Schedulers;

/// <summary>What runs the command line of a scheduled start.</summary>
public enum SchedulerShell
{
    /// <summary>PowerShell 7.</summary>
    PowerShell,

    /// <summary>The console host of EltPs.</summary>
    Elt,
}
