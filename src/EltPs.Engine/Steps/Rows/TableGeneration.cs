namespace EltPs.Engine.Steps;

/// <summary>The generations of a table that can stand beside each other.</summary>
public enum TableGeneration
{
    /// <summary>The one that readers see.</summary>
    Published,

    /// <summary>The one that was published before, and that an undo brings back.</summary>
    Previous,

    /// <summary>A build that was not published.</summary>
    Staged,
}
