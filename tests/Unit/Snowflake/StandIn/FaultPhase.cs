namespace EltPs.Tests.Snowflake.StandIn;

/// <summary>Which requests about a statement a fault is for.</summary>
internal enum FaultPhase
{
    /// <summary>The one that submits it.</summary>
    Submit,

    /// <summary>Those that ask for its state or for later partitions.</summary>
    Poll,

    /// <summary>Those that cancel it.</summary>
    Cancel,
}
