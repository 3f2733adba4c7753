namespace EltPs.Engine.Warehouses;

/// <summary>An index of a table.</summary>
/// <param name="Name">Its name as SQL, with the schema.</param>
/// <param name="Sql">The statement that creates it.</param>
/// <param name="IsUnique">Whether no two rows may have one key.</param>
internal sealed record IndexDefinition(string Name, string Sql, bool IsUnique = false)
{
    /// <summary>Creates it.</summary>
    public Statement Create => new(Sql, StatementRole.Index);
}
