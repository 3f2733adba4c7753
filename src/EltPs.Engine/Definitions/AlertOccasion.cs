namespace EltPs.Engine.Definitions;

/// <summary>What an alert is about. The names are the words of the pipeline file.</summary>
public enum AlertOccasion
{
    /// <summary>A run failed, or its outcome is not known.</summary>
    Failure,

    /// <summary>The first run that succeeded after failed ones.</summary>
    Recovery,

    /// <summary>A run succeeded.</summary>
    Success,

    /// <summary>
    /// A run is overdue: the last due one never began, did not succeed, or takes too long. Only a schedule test sends it.
    /// </summary>
    Late,
}
