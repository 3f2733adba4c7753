namespace EltPs.Engine.Warehouses;

/// <summary>What a statement is for.</summary>
internal enum StatementRole
{
    /// <summary>Begins a transaction.</summary>
    Begin,

    /// <summary>Makes a source readable.</summary>
    Source,

    /// <summary>Makes the schema of a table.</summary>
    Schema,

    /// <summary>Takes a name before what it will stand for is complete.</summary>
    Claim,

    /// <summary>Builds the staging table from the query.</summary>
    Stage,

    /// <summary>Writes a table's comment, which holds the marker of its generation.</summary>
    Marker,

    /// <summary>Counts the rows of the staging table.</summary>
    Count,

    /// <summary>Puts the staging table into the published one's place.</summary>
    Publish,

    /// <summary>Puts the previous generation back into the published one's place.</summary>
    Undo,

    /// <summary>Makes an index of the new table.</summary>
    Index,

    /// <summary>Fails if two rows of the new table have one key of a unique index.</summary>
    KeyTrial,

    /// <summary>Fails if a query cannot be run.</summary>
    QueryTrial,

    /// <summary>Fails if a view does not work with the new table.</summary>
    ViewTrial,

    /// <summary>Drops what is in the way or not wanted any more.</summary>
    Drop,

    /// <summary>Ends a transaction, so that all in it takes effect.</summary>
    Commit,
}
