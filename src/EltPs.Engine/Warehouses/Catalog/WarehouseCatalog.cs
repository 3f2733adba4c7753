using EltPs.Engine.Names;

namespace EltPs.Engine.Warehouses;

/// <summary>What the warehouse holds under the names of one run, as read by one look-up.</summary>
internal sealed class WarehouseCatalog
{
    private readonly Dictionary<string, CatalogEntry> _entries;
    private readonly HashSet<string> _missingSchemas;

    /// <summary>Makes a catalog.</summary>
    /// <param name="rules">How the warehouse compares names.</param>
    /// <param name="entries">The names that stand for something.</param>
    /// <param name="missingSchemas">Names (any table in it will do) whose schema does not exist.</param>
    public WarehouseCatalog(IdentifierRules rules, IEnumerable<CatalogEntry> entries, IEnumerable<TableName> missingSchemas)
    {
        Identifiers = rules;
        _entries = entries.ToDictionary(entry => rules.Key(entry.Name), StringComparer.Ordinal);
        _missingSchemas = missingSchemas.Select(SchemaKey).ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>How the warehouse compares names.</summary>
    public IdentifierRules Identifiers { get; }

    /// <summary>Whether staging a table makes its schema, where that does not exist.</summary>
    public bool CreatesSchemas { get; init; } = true;

    /// <summary>Everything that stands under one of the names.</summary>
    public IReadOnlyCollection<CatalogEntry> Entries => _entries.Values;

    /// <summary>Those of the names whose schema does not exist.</summary>
    public IEnumerable<TableName> MissingSchemas(IEnumerable<TableName> names) => names.Where(IsSchemaMissing);

    /// <summary>What stands under the name; null if nothing does.</summary>
    public CatalogEntry? Find(TableName name) => _entries.GetValueOrDefault(Identifiers.Key(name));

    /// <summary>Whether the name's schema does not exist.</summary>
    public bool IsSchemaMissing(TableName name) => _missingSchemas.Contains(SchemaKey(name));

    private string SchemaKey(TableName name) =>
        (name.Database is { } database ? Identifiers.Fold(database) : string.Empty) + '\u001f' + Identifiers.Fold(name.Schema);
}
