namespace EltPs.Engine.Validation;

/// <summary>A table's SQL names another table of its file, itself, or a source.</summary>
/// <param name="Table">The place of the table that it names in the file's order; -1 for a source.</param>
/// <param name="Source">The place of the source; -1 for a table.</param>
/// <param name="Offset">Where in the SQL, counted from 0 in UTF-16 code units.</param>
internal sealed record FileRead(int Table, int Source, int Offset);
