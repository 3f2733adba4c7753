using System.Globalization;
using EltPs.Engine.Names;
using EltPs.Warehouses.AdoNet;

namespace EltPs.Warehouses.DuckDb;

/// <summary>The queries of DuckDB's catalog; their rows are <see cref="CatalogRow"/>s.</summary>
internal static class CatalogSql
{
    /// <summary>All that stands under names.</summary>
    public static string Of(IReadOnlyList<TableName> names, IdentifierRules rules) =>
        $"""
        WITH asked AS (
            SELECT position, coalesce(database, eltps_fold(current_database())) AS database, schema, name
            FROM (VALUES
                {string.Join(",\n        ", names.Select((name, position) => Row(name, position, rules)))}
            ) AS given(position, database, schema, name)
        ),
        objects AS (
            SELECT 'table' AS kind, database_name, schema_name, table_name AS name, comment FROM duckdb_tables()
            UNION ALL
            SELECT 'view', database_name, schema_name, view_name, comment FROM duckdb_views() WHERE NOT internal
        )
        SELECT position, kind, comment, NULL
        FROM asked JOIN objects
            ON eltps_fold(database_name) = database AND eltps_fold(schema_name) = schema AND eltps_fold(objects.name) = asked.name
        UNION ALL
        SELECT
            position,
            'loss',
            CASE constraint_type WHEN 'NOT NULL' THEN constraint_column_names[1] || ' NOT NULL' ELSE constraint_text END,
            NULL
        FROM asked JOIN duckdb_constraints()
            ON eltps_fold(database_name) = database AND eltps_fold(schema_name) = schema AND eltps_fold(table_name) = name
        UNION ALL
        SELECT position, 'loss', column_name || ' DEFAULT ' || column_default, NULL
        FROM asked JOIN duckdb_columns()
            ON eltps_fold(database_name) = database AND eltps_fold(schema_name) = schema AND eltps_fold(table_name) = name
        WHERE column_default IS NOT NULL AND NOT internal
        UNION ALL
        SELECT position, 'reference', schema_name || '.' || table_name, NULL
        FROM asked JOIN duckdb_constraints() ON eltps_fold(database_name) = database AND eltps_fold(schema_name) = schema
        WHERE constraint_type = 'FOREIGN KEY' AND eltps_fold(referenced_table) = name
        UNION ALL
        SELECT position, CASE WHEN is_unique THEN 'unique index' ELSE 'index' END, index_name, sql
        FROM asked JOIN duckdb_indexes()
            ON eltps_fold(database_name) = database AND eltps_fold(schema_name) = schema AND eltps_fold(table_name) = name
        WHERE sql IS NOT NULL
        UNION ALL
        {AllViews}
        UNION ALL
        SELECT position, 'missing schema', NULL, NULL
        FROM asked
        WHERE (database, schema) NOT IN (SELECT (eltps_fold(database_name), eltps_fold(schema_name)) FROM duckdb_schemas())
        """;

    /// <summary>What stands at a table's two names, and what a swap of them needs.</summary>
    public static string OfPair(TableName target, IdentifierRules rules)
    {
        var database = target.Database is { } named
            ? $"eltps_fold({TransactionalDialect.Literal(named.Text)})"
            : "eltps_fold(current_database())";
        var schema = TransactionalDialect.Literal(rules.Fold(target.Schema));
        var table = TransactionalDialect.Literal(rules.Fold(target.Table));
        var staging = TransactionalDialect.Literal(rules.Fold(target.Staging.Table));
        var here = $"eltps_fold(database_name) = {database} AND eltps_fold(schema_name) = {schema}";
        return
            $"""
            SELECT (eltps_fold(table_name) = {table})::INTEGER, 'table', comment, NULL
            FROM duckdb_tables() WHERE {here} AND eltps_fold(table_name) IN ({table}, {staging})
            UNION ALL
            SELECT (eltps_fold(view_name) = {table})::INTEGER, 'view', comment, NULL
            FROM duckdb_views() WHERE NOT internal AND {here} AND eltps_fold(view_name) IN ({table}, {staging})
            UNION ALL
            SELECT 1, CASE WHEN is_unique THEN 'unique index' ELSE 'index' END, index_name, sql
            FROM duckdb_indexes() WHERE {here} AND eltps_fold(table_name) = {table} AND sql IS NOT NULL
            UNION ALL
            {AllViews}
            """;
    }

    private const string AllViews =
        """
        SELECT
            NULL,
            'any view',
            '"' || replace(schema_name, '"', '""') || '"."' || replace(view_name, '"', '""') || '"',
            view_name || chr(31) || sql
        FROM duckdb_views() WHERE NOT internal
        """;

    private static string Row(TableName name, int position, IdentifierRules rules)
    {
        var database = name.Database is { } named ? Folded(named) : "NULL";
        return string.Create(CultureInfo.InvariantCulture, $"({position}, {database}, {Folded(name.Schema)}, {Folded(name.Table)})");

        string Folded(Identifier part) => TransactionalDialect.Literal(rules.Fold(part));
    }
}
