namespace EltPs.Engine.Definitions;

/// <summary>What an alert is about.</summary>
public enum AlertOccasion
{
    /// <summary>A run failed, or nobody knows what it did.</summary>
    Failure,

    /// <summary>The first run that succeeded after failed ones.</summary>
    Recovery,

    /// <summary>A run succeeded.</summary>
    Success,

    /// <summary>The last due run never began, did not succeed, or takes too long; whoever looks tells it, if asked to.</summary>
    Late,
}
