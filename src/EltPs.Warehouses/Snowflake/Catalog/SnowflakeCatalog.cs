using EltPs.Engine.Names;
using EltPs.Engine.Warehouses;

namespace EltPs.Warehouses.Snowflake;

/// <summary>The queries that ask what stands under names, and what their rows say.</summary>
/// <remarks>Source: Snowflake documentation, "TABLES view", "SCHEMATA view" and "POLICY_REFERENCES" of the Information Schema.</remarks>
internal static class SnowflakeCatalog
{
    /// <summary>The columns of a table's row; <see cref="Entry"/> reads them.</summary>
    public const string Columns = "table_schema, table_name, table_type, is_transient, is_dynamic, is_iceberg, clustering_key, comment";

    private const int ColumnCount = 8;

    /// <summary>The condition that finds a table and its staging table, which may have another name for a while.</summary>
    public static string IsPair(TableName target, TableName staged) =>
        $"table_schema = {Folded(target.Schema)} AND table_name IN ({Folded(target.Table)}, {Folded(staged.Table)})";

    /// <summary>
    /// One query for all names: which of their schemas are there, and what stands under them. The first column is the place of the name's
    /// database.
    /// </summary>
    /// <param name="names">The names.</param>
    /// <param name="databases">Gets the databases in their places; null is the session's own.</param>
    public static string LookUp(IEnumerable<TableName> names, out IReadOnlyList<Identifier?> databases)
    {
        var groups = names.GroupBy(name => name.Database is { } database ? SnowflakeText.Fold(database) : null).ToList();
        databases = [.. groups.Select(group => group.First().Database)];
        return string.Join("\nUNION ALL\n", groups.SelectMany((group, place) => Queries(place, [.. group])));
    }

    /// <summary>One query for the masking and row access policies of several tables. The first column is the table's place.</summary>
    public static string Policies(IReadOnlyList<TableName> tables) => string.Join(
        "\nUNION ALL\n",
        tables.Select((table, place) =>
        {
            var references = $"{SnowflakeText.InformationSchema(table)}.policy_references";
            return $"""
                SELECT {place}, policy_kind, policy_name, ref_column_name
                FROM TABLE({references}(ref_entity_name => {SnowflakeText.Literal(table.ToString())}, ref_entity_domain => 'TABLE'))
                """;
        }));

    /// <summary>What a row of <see cref="Columns"/> says; the columns begin at <paramref name="first"/>.</summary>
    public static CatalogEntry Entry(TableName name, IReadOnlyList<string?> row, int first)
    {
        var description = (row[first + 2], row[first + 4], row[first + 5]) switch
        {
            (_, "YES", _) => "a dynamic table",
            (_, _, "YES") => "an Iceberg table",
            ("BASE TABLE", _, _) => null,
            ("TEMPORARY TABLE", _, _) => "a temporary table",
            ("EXTERNAL TABLE", _, _) => "an external table",
            ("EVENT TABLE", _, _) => "an event table",
            ("MATERIALIZED VIEW", _, _) => "a materialized view",
            _ => "a view",
        };
        return new CatalogEntry(name, description is null ? ObjectKind.Table : ObjectKind.View, row[first + 7])
        {
            Description = description ?? "a table",
            IsTransient = row[first + 3] == "YES",
            ClusteringKey = string.IsNullOrEmpty(row[first + 6]) ? null : row[first + 6],
        };
    }

    /// <summary>What a row of <see cref="Policies"/> says, in words.</summary>
    public static string Policy(IReadOnlyList<string?> row) =>
        $"the {row[1]?.Replace('_', ' ').ToLowerInvariant()} {row[2]}{(row[3] is { } column ? $" on {column}" : string.Empty)}";

    private static IEnumerable<string> Queries(int place, IReadOnlyList<TableName> names)
    {
        var informationSchema = SnowflakeText.InformationSchema(names[0]);
        var schemas = string.Join(", ", names.Select(name => Folded(name.Schema)).Distinct(StringComparer.Ordinal));
        var tables = string.Join(", ", names.Select(name => Folded(name.Table)).Distinct(StringComparer.Ordinal));
        yield return
            $"""
            SELECT {place} AS place, schema_name AS table_schema, {string.Join(", ", Enumerable.Repeat("NULL", ColumnCount - 1))}
            FROM {informationSchema}.schemata
            WHERE schema_name IN ({schemas})
            """;

        // Two plain conditions, which the view can filter by, and not one on pairs: what else they find was not asked for and is passed
        // over.
        yield return
            $"""
            SELECT {place}, {Columns}
            FROM {informationSchema}.tables
            WHERE table_schema IN ({schemas}) AND table_name IN ({tables})
            """;
    }

    private static string Folded(Identifier identifier) => SnowflakeText.Literal(SnowflakeText.Fold(identifier));
}
