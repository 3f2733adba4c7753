using EltPs.Engine.Names;

namespace EltPs.Engine.Warehouses;

/// <summary>A table to be tried.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Sql">Its query, with all values in it and without a trailing semicolon.</param>
/// <param name="CreateSchema">Whether its schema does not exist yet, and a run would make it.</param>
/// <param name="QueryOnly">Whether something stands at its name that no table can replace, so that only its query is tried.</param>
internal sealed record TableTrial(TableName Name, string Sql, bool CreateSchema, bool QueryOnly);
