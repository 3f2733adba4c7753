namespace EltPs.Warehouses.AdoNet;

/// <summary>One row of a look-up: something that stands at one of the names that were asked for, or something about it.</summary>
/// <param name="Position">The name's position in the list that was asked for; -1 for what is about no name.</param>
/// <param name="Kind">One of the constants.</param>
/// <param name="Text">What it says.</param>
/// <param name="Detail">What else it says.</param>
internal sealed record CatalogRow(int Position, string Kind, string? Text, string? Detail)
{
    /// <summary>A table stands there; the text is its comment.</summary>
    public const string Table = "table";

    /// <summary>A view stands there; the text is its comment.</summary>
    public const string View = "view";

    /// <summary>A table built by CTAS will not have it; the text is it in words.</summary>
    public const string Loss = "loss";

    /// <summary>A foreign key points at it; the text is the table that has the key.</summary>
    public const string Reference = "reference";

    /// <summary>It has an index; the text is the index' name, the detail the statement that creates it.</summary>
    public const string Index = "index";

    /// <summary>The same for a unique index.</summary>
    public const string UniqueIndex = "unique index";

    /// <summary>The schema of the name does not exist.</summary>
    public const string MissingSchema = "missing schema";

    /// <summary>
    /// A view of the database, wherever it is; the text is its name as SQL, the detail its bare name, <see cref="Separator"/> and the
    /// statement that creates it.
    /// </summary>
    public const string AnyView = "any view";

    /// <summary>Stands in no name: chr(31).</summary>
    public const char Separator = '\u001f';

    /// <summary>Whether something stands there, and this row says what.</summary>
    public bool IsObject => Kind is Table or View;
}
