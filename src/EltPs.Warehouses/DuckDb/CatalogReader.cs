using System.Globalization;
using EltPs.Engine.Events;
using EltPs.Engine.Names;
using EltPs.Engine.Sql;
using EltPs.Engine.Warehouses;

namespace EltPs.Warehouses.DuckDb;

/// <summary>Reads what stands under names: kind, comment, and what a swap has to take along.</summary>
internal sealed class CatalogReader(StatementRunner runner, IdentifierRules rules)
{
    // Between a view's name and its text; stands in no name (chr(31) in the queries below).
    private const char Separator = '\u001f';


    // By the view's text: every table of a run asks for every view, and there may be a thousand of both.
    private readonly Dictionary<string, HashSet<string>> _mentions = new(StringComparer.Ordinal);

    /// <summary>Everything about many names, in one query.</summary>
    public async Task<WarehouseCatalog> ReadAsync(
        IReadOnlyCollection<TableName> names,
        IRunObserver observer,
        CancellationToken cancellationToken)
    {
        var asked = names.DistinctBy(rules.Key).ToList();
        if (asked.Count == 0)
        {
            return new WarehouseCatalog(rules, [], []);
        }

        var rows = await QueryAsync(
            $"""
            WITH asked AS (
                SELECT position, coalesce(database, eltps_fold(current_database())) AS database, schema, name
                FROM (VALUES
                    {string.Join(",\n        ", asked.Select(Row))}
                ) AS given(position, database, schema, name)
            ),
            objects AS (
                SELECT 'table' AS kind, database_name, schema_name, table_name AS name, comment FROM duckdb_tables()
                UNION ALL
                SELECT 'view', database_name, schema_name, view_name, comment FROM duckdb_views() WHERE NOT internal
            )
            SELECT position, kind, comment, NULL
            FROM asked JOIN objects ON eltps_fold(database_name) = database AND eltps_fold(schema_name) = schema AND eltps_fold(objects.name) = asked.name
            UNION ALL
            SELECT position, 'loss', CASE constraint_type WHEN 'NOT NULL' THEN constraint_column_names[1] || ' NOT NULL' ELSE constraint_text END, NULL
            FROM asked JOIN duckdb_constraints() ON eltps_fold(database_name) = database AND eltps_fold(schema_name) = schema AND eltps_fold(table_name) = name
            UNION ALL
            SELECT position, 'loss', column_name || ' DEFAULT ' || column_default, NULL
            FROM asked JOIN duckdb_columns() ON eltps_fold(database_name) = database AND eltps_fold(schema_name) = schema AND eltps_fold(table_name) = name
            WHERE column_default IS NOT NULL AND NOT internal
            UNION ALL
            SELECT position, 'reference', schema_name || '.' || table_name, NULL
            FROM asked JOIN duckdb_constraints() ON eltps_fold(database_name) = database AND eltps_fold(schema_name) = schema
            WHERE constraint_type = 'FOREIGN KEY' AND eltps_fold(referenced_table) = name
            UNION ALL
            SELECT position, 'index', index_name, sql
            FROM asked JOIN duckdb_indexes() ON eltps_fold(database_name) = database AND eltps_fold(schema_name) = schema AND eltps_fold(table_name) = name
            WHERE sql IS NOT NULL
            UNION ALL
            SELECT NULL, 'any view', '"' || replace(schema_name, '"', '""') || '"."' || replace(view_name, '"', '""') || '"', view_name || chr(31) || sql
            FROM duckdb_views() WHERE NOT internal
            UNION ALL
            SELECT position, 'missing schema', NULL, NULL
            FROM asked WHERE (database, schema) NOT IN (SELECT (eltps_fold(database_name), eltps_fold(schema_name)) FROM duckdb_schemas())
            """,
            observer,
            cancellationToken);

        return Assemble(asked, rows);
    }

    /// <summary>What stands at a table's two names, in one query; the target with its indexes and dependent views.</summary>
    public async Task<(CatalogEntry? Staging, CatalogEntry? Target)> ReadPairAsync(
        TableName target,
        IRunObserver observer,
        CancellationToken cancellationToken)
    {
        var database = target.Database is { } named ? $"eltps_fold({DuckDbDialect.Literal(named.Text)})" : "eltps_fold(current_database())";
        var schema = DuckDbDialect.Literal(rules.Fold(target.Schema));
        var table = DuckDbDialect.Literal(rules.Fold(target.Table));
        var staging = DuckDbDialect.Literal(rules.Fold(target.Staging.Table));
        var here = $"eltps_fold(database_name) = {database} AND eltps_fold(schema_name) = {schema}";
        var rows = await QueryAsync(
            $"""
            SELECT (eltps_fold(table_name) = {table})::INTEGER, 'table', comment, NULL FROM duckdb_tables() WHERE {here} AND eltps_fold(table_name) IN ({table}, {staging})
            UNION ALL
            SELECT (eltps_fold(view_name) = {table})::INTEGER, 'view', comment, NULL FROM duckdb_views() WHERE NOT internal AND {here} AND eltps_fold(view_name) IN ({table}, {staging})
            UNION ALL
            SELECT 1, 'index', index_name, sql FROM duckdb_indexes() WHERE {here} AND eltps_fold(table_name) = {table} AND sql IS NOT NULL
            UNION ALL
            SELECT NULL, 'any view', '"' || replace(schema_name, '"', '""') || '"."' || replace(view_name, '"', '""') || '"', view_name || chr(31) || sql
            FROM duckdb_views() WHERE NOT internal
            """,
            observer,
            cancellationToken);
        var catalog = Assemble([target.Staging, target], rows);
        return (catalog.Find(target.Staging), catalog.Find(target));
    }

    private Task<List<CatalogRow>> QueryAsync(string sql, IRunObserver observer, CancellationToken cancellationToken) =>
        runner.QueryAsync(
            sql,
            static reader => new CatalogRow(
                reader.IsDBNull(0) ? -1 : Convert.ToInt32(reader.GetValue(0), CultureInfo.InvariantCulture),
                reader.GetString(1),
                reader.IsDBNull(2) ? null : reader.GetString(2),
                reader.IsDBNull(3) ? null : reader.GetString(3)),
            observer,
            cancellationToken);

    private WarehouseCatalog Assemble(List<TableName> asked, List<CatalogRow> rows)
    {
        var views = rows.Where(row => row.Kind == "any view").ToList();
        var byName = rows.Where(row => row.Position >= 0).ToLookup(row => row.Position);
        var entries = byName
            .Where(about => about.Any(row => row.Kind is "table" or "view"))
            .Select(about => Entry(asked[about.Key], [.. about], views));
        return new WarehouseCatalog(
            rules,
            entries,
            rows.Where(row => row.Kind == "missing schema").Select(row => asked[row.Position]));
    }

    private CatalogEntry Entry(TableName name, List<CatalogRow> about, List<CatalogRow> views)
    {
        var self = about.First(row => row.Kind is "table" or "view");
        return new CatalogEntry(name, self.Kind == "table" ? ObjectKind.Table : ObjectKind.View, self.Text)
        {
            NotCarriedOver = Texts(about, "loss"),
            ReferencedBy = Texts(about, "reference"),
            Indexes = [.. about.Where(row => row.Kind == "index").Select(row => Index(name, row))],
            DependentViews = DependentViews(name, views),
        };
    }

    private static List<string> Texts(List<CatalogRow> about, string kind) =>
        [.. about.Where(row => row.Kind == kind).Select(row => row.Text!).Distinct(StringComparer.Ordinal)];

    private static IndexDefinition Index(TableName table, CatalogRow row)
    {
        var schema = table.Database is { } database ? $"{database}.{table.Schema}" : table.Schema.ToString();
        return new IndexDefinition($"{schema}.{Identifier.Quote(row.Text!)}", row.Detail!.TrimEnd().TrimEnd(';'));
    }

    // DuckDB keeps no record of what a view reads. A view that mentions the table's name, or such a view's, is taken for dependent: to bind
    // one too many costs a moment, to miss one breaks it.
    private List<string> DependentViews(TableName name, List<CatalogRow> views)
    {
        if (views.Count == 0)
        {
            return [];
        }

        var dependent = new List<string>();
        var left = views.ConvertAll(view => (View: view, Mentions: Mentions(view)));
        var mentioned = new Queue<string>([rules.Fold(name.Table)]);
        while (mentioned.TryDequeue(out var word))
        {
            foreach (var (view, _) in left.FindAll(candidate => candidate.Mentions.Contains(word)))
            {
                left.RemoveAll(candidate => candidate.View == view);
                dependent.Add(view.Text!);
                mentioned.Enqueue(ViewName(view));
            }
        }

        return dependent;
    }

    // Everything behind AS: a view of the same name in another schema may well read the table.
    private HashSet<string> Mentions(CatalogRow view)
    {
        if (!_mentions.TryGetValue(view.Detail!, out var mentions))
        {
            mentions = SqlText.References(view.Detail![(view.Detail!.IndexOf(Separator) + 1)..], SqlSyntax.Standard)
                .SkipWhile(parts => parts is not [{ IsQuoted: false } word] || !word.Text.Equals("AS", StringComparison.OrdinalIgnoreCase))
                .SelectMany(parts => parts)
                .Select(rules.Fold)
                .ToHashSet(StringComparer.Ordinal);
            _mentions.Add(view.Detail!, mentions);
        }

        return mentions;
    }

    private static string ViewName(CatalogRow view) => DuckDbDialect.FoldText(view.Detail![..view.Detail!.IndexOf(Separator)]);

    private string Row(TableName name, int position)
    {
        var database = name.Database is { } named ? DuckDbDialect.Literal(rules.Fold(named)) : "NULL";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"({position}, {database}, {DuckDbDialect.Literal(rules.Fold(name.Schema))}, {DuckDbDialect.Literal(rules.Fold(name.Table))})");
    }

    private sealed record CatalogRow(int Position, string Kind, string? Text, string? Detail);
}
