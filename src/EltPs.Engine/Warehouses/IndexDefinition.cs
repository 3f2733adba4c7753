namespace EltPs.Engine.Warehouses;

/// <summary>An index of a table.</summary>
/// <param name="Name">Its name as SQL, with the schema.</param>
/// <param name="Sql">The statement that creates it.</param>
public sealed record IndexDefinition(string Name, string Sql);
