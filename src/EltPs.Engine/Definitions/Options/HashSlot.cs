namespace EltPs.Engine.Definitions;

/// <summary>
/// A place in the <see cref="DefinitionHash"/>. All but <see cref="More"/> are there whether an option is in them or not, because they have
/// been from the first version on: a run is resumed across versions only while hashes stay.
/// </summary>
public enum HashSlot
{
    /// <summary>At the end, with the option's key, and only where it has not its default value.</summary>
    More,

    /// <summary>The fewest rows.</summary>
    Rows,

    /// <summary>How a table takes its place.</summary>
    Publish,

    /// <summary>The kind of table that a first build makes.</summary>
    Kind,

    /// <summary>What the table is clustered by.</summary>
    Clustering,
}
