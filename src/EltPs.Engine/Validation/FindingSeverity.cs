namespace EltPs.Engine.Validation;

/// <summary>How much a finding matters.</summary>
public enum FindingSeverity
{
    /// <summary>A run would fail.</summary>
    Error,

    /// <summary>A run would succeed, and may do something else than its author thinks.</summary>
    Warning,

    /// <summary>Something that nobody can tell before a run, with the reason.</summary>
    NotChecked,
}
