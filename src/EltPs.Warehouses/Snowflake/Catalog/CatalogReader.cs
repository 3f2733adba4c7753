using System.Globalization;
using EltPs.Engine.Errors;
using EltPs.Engine.Events;
using EltPs.Engine.Names;
using EltPs.Engine.Warehouses;

namespace EltPs.Warehouses.Snowflake;

/// <summary>Reads what stands under names.</summary>
/// <param name="query">Runs a query and gives its rows.</param>
/// <param name="rules">How Snowflake compares names.</param>
internal sealed class CatalogReader(
    Func<string, WorkScope, CancellationToken, Task<IReadOnlyList<IReadOnlyList<string?>>>> query, IdentifierRules rules)
{
    // Each table is a table function of its own in one query; a statement has a size that can be compiled in reasonable time.
    private const int PolicyBatch = 50;
    private readonly Dictionary<string, CatalogEntry> _known = new(StringComparer.Ordinal);

    /// <summary>Everything about many names: what they are, and the policies of the published tables among them.</summary>
    public async Task<WarehouseCatalog> ReadAsync(
        IReadOnlyCollection<TableName> names,
        WorkScope scope,
        CancellationToken cancellationToken)
    {
        var catalog = await FindAsync(names, scope, cancellationToken);
        var asked = names.Select(rules.Key).ToHashSet(StringComparer.Ordinal);
        var published = names
            .Where(name => asked.Contains(rules.Key(name.Staging)) && catalog.Find(name) is { Kind: ObjectKind.Table })
            .DistinctBy(rules.Key)
            .ToList();
        if (published.Count == 0)
        {
            return catalog;
        }

        var policies = await ReadPoliciesAsync(published, scope, cancellationToken);
        return policies.Count == 0
            ? catalog
            : new WarehouseCatalog(
                rules,
                catalog.Entries.Select(entry =>
                    policies.TryGetValue(rules.Key(entry.Name), out var losses) ? entry with { NotCarriedOver = losses } : entry),
                catalog.MissingSchemas(names))
            {
                CreatesSchemas = false,
            };
    }

    /// <summary>What the names are, in one query.</summary>
    public async Task<WarehouseCatalog> FindAsync(
        IReadOnlyCollection<TableName> names,
        WorkScope scope,
        CancellationToken cancellationToken)
    {
        var asked = names.DistinctBy(rules.Key).ToList();
        if (asked.Count == 0)
        {
            return new WarehouseCatalog(rules, [], []) { CreatesSchemas = false };
        }

        var rows = await query(SnowflakeCatalog.LookUp(asked, out var databases), scope, cancellationToken);
        var found = new Dictionary<string, IReadOnlyList<string?>>(StringComparer.Ordinal);
        foreach (var row in rows)
        {
            found[Place(databases[int.Parse(row[0]!, CultureInfo.InvariantCulture)], row[1]!, row[2] ?? string.Empty)] = row;
        }

        var entries = asked
            .Where(name => found.ContainsKey(Place(name)))
            .Select(name => SnowflakeCatalog.Entry(name, found[Place(name)], first: 1));
        var missing = asked.Where(name => !found.ContainsKey(Place(name.Database, SnowflakeText.Fold(name.Schema), string.Empty)));
        return new WarehouseCatalog(rules, entries, missing) { CreatesSchemas = false };
    }

    /// <summary>What a table and its staging table are.</summary>
    public async Task<(CatalogEntry? Staging, CatalogEntry? Target)> ReadPairAsync(
        TableName target,
        WorkScope scope,
        CancellationToken cancellationToken)
    {
        var catalog = await FindAsync([target, target.Staging], scope, cancellationToken);
        return Remember(target, catalog.Find(target.Staging), catalog.Find(target));
    }

    /// <summary>What rows of <see cref="SnowflakeCatalog.Columns"/> say about a table and its staging table.</summary>
    public (CatalogEntry? Staging, CatalogEntry? Target) Pair(TableName target, IReadOnlyList<IReadOnlyList<string?>> rows, int firstColumn)
    {
        return Remember(target, Find(target.Staging), Find(target));

        CatalogEntry? Find(TableName name) =>
            rows.FirstOrDefault(row => row[firstColumn + 1] == SnowflakeText.Fold(name.Table)) is { } row
                ? SnowflakeCatalog.Entry(name, row, firstColumn)
                : null;
    }

    /// <summary>What was published when this session last looked at the table by itself; null if it never did.</summary>
    public CatalogEntry? LastKnown(TableName target) => _known.GetValueOrDefault(rules.Key(target));

    private (CatalogEntry? Staging, CatalogEntry? Target) Remember(TableName name, CatalogEntry? staging, CatalogEntry? target)
    {
        if (target is null)
        {
            _known.Remove(rules.Key(name));
        }
        else
        {
            _known[rules.Key(name)] = target;
        }

        return (staging, target);
    }

    // An edition without policies, or a role that may not see them, is no reason not to build: the look-up only serves a warning.
    private async Task<Dictionary<string, IReadOnlyList<string>>> ReadPoliciesAsync(
        IReadOnlyList<TableName> tables, WorkScope scope, CancellationToken cancellationToken)
    {
        var policies = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        foreach (var batch in tables.Chunk(PolicyBatch))
        {
            try
            {
                var rows = await query(SnowflakeCatalog.Policies(batch), scope, cancellationToken);
                foreach (var table in rows.GroupBy(row => int.Parse(row[0]!, CultureInfo.InvariantCulture)))
                {
                    policies[rules.Key(batch[table.Key])] = [.. table.Select(row => SnowflakeCatalog.Policy(row))];
                }
            }
            catch (EltException failure) when (failure.Kind == EltErrorKind.StatementFailed)
            {
                var detail =
                    $"Masking and row access policies could not be looked up, so nothing warns if a table has one: {failure.What}";
                await scope.Observer.OnEventAsync(new MessageRaised(MessageLevel.Detail, detail), cancellationToken);
                break;
            }
        }

        return policies;
    }

    private static string Place(TableName name) => Place(name.Database, SnowflakeText.Fold(name.Schema), SnowflakeText.Fold(name.Table));

    private static string Place(Identifier? database, string schema, string table) =>
        string.Join('\u001f', database is { } named ? SnowflakeText.Fold(named) : string.Empty, schema, table);
}
