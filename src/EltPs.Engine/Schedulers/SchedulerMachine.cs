namespace EltPs.Engine.Schedulers;

/// <summary>The machines that a scheduler starts something on.</summary>
public enum SchedulerMachine
{
    /// <summary>Any: the scheduler has agents.</summary>
    Any,

    /// <summary>The Windows machine that it runs on.</summary>
    Windows,

    /// <summary>The machine that it runs on, which is no Windows.</summary>
    Unix,
}
