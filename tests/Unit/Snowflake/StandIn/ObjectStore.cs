namespace EltPs.Tests.Snowflake.StandIn;

/// <summary>All schemas and what stands at each name. Not thread-safe: the catalogue locks it.</summary>
internal sealed class ObjectStore
{
    /// <summary>The role that sees all and may do all; also that of a context without one.</summary>
    public const string Administrator = "ACCOUNTADMIN";

    /// <summary>What is granted to it, everybody has.</summary>
    public const string Public = "PUBLIC";

    private readonly SortedDictionary<(string Database, string Schema), SchemaObjects> _schemas = [];
    private int _lastId;

    public IEnumerable<KeyValuePair<(string Database, string Schema), SchemaObjects>> Schemas => _schemas;

    public int NextId() => ++_lastId;

    public bool HasDatabase(string database) => _schemas.Keys.Any(key => key.Database == database);

    public bool HasSchema(string database, string schema) => _schemas.ContainsKey((database, schema));

    public void AddSchema(string database, string schema) => _schemas.Add((database, schema), new SchemaObjects());

    public SchemaObjects Schema(ObjectPath path, string role)
    {
        if (!HasDatabase(path.Database))
        {
            throw Refusal.Missing("Database", path.Database);
        }

        return _schemas.TryGetValue((path.Database, path.Schema), out var schema) && schema.IsSeenBy(role)
            ? schema
            : throw Refusal.Missing("Schema", path.SchemaName);
    }

    /// <summary>What the role sees at a name; null for nothing.</summary>
    public WarehouseObject? Find(ObjectPath path, string role) =>
        Schema(path, role).Objects.TryGetValue(path.Name, out var found) && found.IsSeenBy(role) ? found : null;

    /// <summary>What stands at a name, whoever asks: a name is taken also by what the role does not see.</summary>
    public WarehouseObject? At(ObjectPath path, string role) => Schema(path, role).Objects.GetValueOrDefault(path.Name);

    /// <summary>The table that a statement changes: it takes OWNERSHIP.</summary>
    public WarehouseObject OwnedTable(ObjectPath path, string role)
    {
        var found = Find(path, role) ?? throw Refusal.Missing("Table", path);
        if (found.IsView)
        {
            throw Refusal.WrongKind(found.Type, "TABLE");
        }

        return found.IsOwnedBy(role) ? found : throw Refusal.NoPrivilege("table", path.Name);
    }

    /// <summary>The object that a query reads: it takes SELECT.</summary>
    public WarehouseObject Readable(ObjectPath path, string role)
    {
        var found = Find(path, role) ?? throw Refusal.Missing("Object", path);
        return found.Allows("SELECT", role) ? found : throw Refusal.NoPrivilege(found.IsView ? "view" : "table", path.Name);
    }
}
