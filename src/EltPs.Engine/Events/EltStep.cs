namespace EltPs.Engine.Events;

/// <summary>The steps of the line.</summary>
public enum EltStep
{
    /// <summary>Open the warehouse, look up what is there, refuse what cannot work.</summary>
    Prepare,

    /// <summary>Build the staging table.</summary>
    Stage,

    /// <summary>Check the staging table.</summary>
    Check,

    /// <summary>Swap the staging table into place.</summary>
    Publish,
}
