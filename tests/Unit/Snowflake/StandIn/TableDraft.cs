namespace EltPs.Tests.Snowflake.StandIn;

/// <summary>What a CREATE TABLE says.</summary>
internal sealed record TableDraft(ObjectPath Path)
{
    public bool OrReplace { get; init; }

    public bool IfNotExists { get; init; }

    public bool IsTransient { get; init; }

    public bool IsTemporary { get; init; }

    public string? ClusterBy { get; init; }

    public bool CopyGrants { get; init; }

    public string? Comment { get; init; }

    /// <summary>The table of LIKE or CLONE.</summary>
    public ObjectPath? Source { get; init; }

    public bool IsClone { get; init; }

    /// <summary>The query of a CTAS.</summary>
    public string? Query { get; init; }

    /// <summary>The columns of an empty table, as they are written.</summary>
    public string? Columns { get; init; }
}
