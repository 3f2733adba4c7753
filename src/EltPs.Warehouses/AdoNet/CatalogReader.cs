using System.Globalization;
using EltPs.Engine.Events;
using EltPs.Engine.Names;
using EltPs.Engine.Sql;
using EltPs.Engine.Warehouses;

namespace EltPs.Warehouses.AdoNet;

/// <summary>Reads what stands under names: kind, comment, and what a swap has to take along.</summary>
/// <param name="runner">Runs the queries.</param>
/// <param name="dialect">Their text.</param>
internal sealed class CatalogReader(StatementRunner runner, TransactionalDialect dialect)
{
    private readonly IdentifierRules _rules = dialect.Identifiers;

    // By the view's text: every table of a run asks for every view, and there may be a thousand of both.
    private readonly Dictionary<string, HashSet<string>> _mentions = new(StringComparer.Ordinal);

    /// <summary>Everything about many names, in one query.</summary>
    public async Task<WarehouseCatalog> ReadAsync(
        IReadOnlyCollection<TableName> names,
        IRunObserver observer,
        CancellationToken cancellationToken)
    {
        var asked = names.DistinctBy(_rules.Key).ToList();
        if (asked.Count == 0)
        {
            return new WarehouseCatalog(_rules, [], []);
        }

        return Assemble(asked, await QueryAsync(dialect.LookUp(asked), observer, cancellationToken));
    }

    /// <summary>What stands at a table's two names, in one query; the target with its indexes and dependent views.</summary>
    public async Task<(CatalogEntry? Staging, CatalogEntry? Target)> ReadPairAsync(
        TableName target,
        IRunObserver observer,
        CancellationToken cancellationToken)
    {
        var rows = await QueryAsync(dialect.LookUpPair(target), observer, cancellationToken);
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
        var views = rows.Where(row => row.Kind == CatalogRow.AnyView).ToList();
        var byName = rows.Where(row => row.Position >= 0).ToLookup(row => row.Position);
        var entries = byName
            .Where(about => about.Any(row => row.IsObject))
            .Select(about => Entry(asked[about.Key], [.. about], views));
        return new WarehouseCatalog(
            _rules,
            entries,
            rows.Where(row => row.Kind == CatalogRow.MissingSchema).Select(row => asked[row.Position]));
    }

    private CatalogEntry Entry(TableName name, List<CatalogRow> about, List<CatalogRow> views)
    {
        var self = about.First(row => row.IsObject);
        return new CatalogEntry(name, self.Kind == CatalogRow.Table ? ObjectKind.Table : ObjectKind.View, self.Text)
        {
            NotCarriedOver = Texts(about, CatalogRow.Loss),
            ReferencedBy = Texts(about, CatalogRow.Reference),
            Indexes = [.. about.Where(row => row.Kind is CatalogRow.Index or CatalogRow.UniqueIndex).Select(row => Index(name, row))],
            DependentViews = DependentViews(name, views),
        };
    }

    private static List<string> Texts(List<CatalogRow> about, string kind) =>
        [.. about.Where(row => row.Kind == kind).Select(row => row.Text!).Distinct(StringComparer.Ordinal)];

    private static IndexDefinition Index(TableName table, CatalogRow row)
    {
        var schema = table.Database is { } database ? $"{database}.{table.Schema}" : table.Schema.ToString();
        var name = $"{schema}.{Identifier.Quote(row.Text!)}";
        return new IndexDefinition(name, row.Detail!.TrimEnd().TrimEnd(';'), IsUnique: row.Kind == CatalogRow.UniqueIndex);
    }

    // Not every warehouse keeps a record of what a view reads (DuckDB does not). A view that mentions the table's name, or such a view's,
    // is taken for dependent: to bind one too many costs a moment, to miss one breaks it.
    private List<string> DependentViews(TableName name, List<CatalogRow> views)
    {
        if (views.Count == 0)
        {
            return [];
        }

        var dependent = new List<string>();
        var left = views.ConvertAll(view => (View: view, Mentions: Mentions(view)));
        var mentioned = new Queue<string>([_rules.Fold(name.Table)]);
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
            mentions = SqlText.References(view.Detail![(view.Detail!.IndexOf(CatalogRow.Separator) + 1)..], dialect.Syntax)
                .SkipWhile(parts => parts is not [{ IsQuoted: false } word] || !word.Text.Equals("AS", StringComparison.OrdinalIgnoreCase))
                .SelectMany(parts => parts)
                .Select(_rules.Fold)
                .ToHashSet(StringComparer.Ordinal);
            _mentions.Add(view.Detail!, mentions);
        }

        return mentions;
    }

    private string ViewName(CatalogRow view) => dialect.Fold(view.Detail![..view.Detail!.IndexOf(CatalogRow.Separator)]);
}
