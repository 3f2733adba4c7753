namespace EltPs.Tests.Snowflake.StandIn;

/// <summary>The views of a database's information schema, as relations in DuckDB's words: what the role sees now.</summary>
/// <remarks>Source: Snowflake documentation, "TABLES view", "SCHEMATA view", "POLICY_REFERENCES".</remarks>
internal sealed class InformationSchema(ObjectStore store)
{
    public string View(string database, string name, string role)
    {
        if (!store.HasDatabase(database))
        {
            throw Refusal.Missing("Database", database);
        }

        var schemas = store.Schemas.Where(schema => schema.Key.Database == database && schema.Value.IsSeenBy(role));
        return name switch
        {
            "SCHEMATA" => Relation(
                ["catalog_name", "schema_name"],
                schemas.Select(schema => new[] { schema.Key.Database, schema.Key.Schema })),
            "TABLES" => Relation(
                [
                    "table_catalog", "table_schema", "table_name", "table_owner", "table_type", "is_transient", "is_dynamic", "is_iceberg",
                    "clustering_key", "comment",
                ],
                schemas.SelectMany(schema => schema.Value.Objects
                    .Where(entry => entry.Value.IsSeenBy(role))
                    .Select(entry => Row(schema.Key, entry.Key, entry.Value)))),
            _ => throw Refusal.Missing("Object", $"{database}.INFORMATION_SCHEMA.{name}"),
        };
    }

    public static string PolicyReferences(WarehouseObject table) => Relation(
        ["policy_kind", "policy_name", "ref_column_name"],
        table.Policies.Select(policy => new[] { policy.Kind, policy.Name, policy.Column }));

    private static string?[] Row((string Database, string Schema) place, string name, WarehouseObject found) =>
    [
            place.Database,
            place.Schema,
            name,
            found.Owner,
            found.Type,
            YesNo(found.IsTransient),
            YesNo(found.IsDynamic),
            YesNo(found.IsIceberg),
            found.ClusteringKey,
            found.Comment,
    ];

    private static string YesNo(bool value) => value ? "YES" : "NO";

    private static string Relation(IReadOnlyList<string> columns, IEnumerable<IReadOnlyList<string?>> rows)
    {
        var nothing = $"SELECT {string.Join(", ", columns.Select(column => $"CAST(NULL AS VARCHAR) AS {column}"))}";
        var values = rows.Select(row =>
            $"SELECT {string.Join(", ", row.Select(value => value is null ? "NULL" : SnowflakeLiteral.ForDuckDb(value)))}");
        return $"({string.Join(" UNION ALL ", [$"({nothing} LIMIT 0)", .. values])})";
    }
}
