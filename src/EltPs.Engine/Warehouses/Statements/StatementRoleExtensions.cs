namespace EltPs.Engine.Warehouses;

/// <summary>What follows from the role of a statement.</summary>
internal static class StatementRoleExtensions
{
    /// <summary>
    /// Whether a statement is one of the table's own: it builds, counts, checks or publishes the rows. The others keep the catalog, such as
    /// the beginning of a transaction, a marker, or the trial of a view.
    /// </summary>
    public static bool IsOfTable(this StatementRole role) => role is
        StatementRole.Stage
        or StatementRole.Count
        or StatementRole.KeyTrial
        or StatementRole.QueryTrial
        or StatementRole.Publish
        or StatementRole.Undo
        or StatementRole.Index;
}
