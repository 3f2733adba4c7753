using System.Collections;

using EltPs.Engine.Definitions;
using EltPs.Engine.Errors;
using EltPs.Engine.Warehouses;

namespace EltPs.Connections;

/// <summary>What -Connection was given: a name, a database file, a table of keys and values, or a connection.</summary>
public sealed class ConnectionArgument
{
    private const string TypeKey = "Type";

    private readonly Hashtable? _table;
    private readonly ConnectionDefinition? _definition;

    /// <summary>A connection's name, or the path of a DuckDB file.</summary>
    public ConnectionArgument(string name) => Name = name;

    /// <summary>A table such as <c>@{ Type = 'DuckDb'; Path = 'mau.duckdb' }</c>.</summary>
    public ConnectionArgument(Hashtable table) => _table = table;

    /// <summary>A connection.</summary>
    public ConnectionArgument(ConnectionDefinition definition) => _definition = definition;

    /// <summary>The name; null for a table or a connection.</summary>
    public string? Name { get; }

    /// <summary>The name, or what stands for it.</summary>
    public override string ToString() => Name ?? _definition?.ToString() ?? "table";

    /// <summary>The connection that it describes; null if it is a name that has to be looked up.</summary>
    /// <exception cref="EltException">The table describes no connection.</exception>
    internal ConnectionDefinition? ToDefinition(string currentFolder, IWarehouseRegistry registry)
    {
        if (_definition is not null)
        {
            var known = registry.Find(_definition.Type) ?? throw Invalid($"-Connection: there is no warehouse of type '{_definition.Type}'.");
            return Checked(_definition, known);
        }

        if (Name is not null)
        {
            return IsDatabaseFile(Name) ? ConnectionDefinition.Embedded(Name, currentFolder, Name) : null;
        }

        return FromTable(_table!, currentFolder, registry);
    }

    private static bool IsDatabaseFile(string name) =>
        name == ":memory:" || name.EndsWith(".duckdb", StringComparison.OrdinalIgnoreCase);

    private static ConnectionDefinition FromTable(Hashtable table, string currentFolder, IWarehouseRegistry registry)
    {
        var values = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (DictionaryEntry entry in table)
        {
            values[entry.Key.ToString()!] = Convert.ToString(entry.Value, System.Globalization.CultureInfo.InvariantCulture) ?? string.Empty;
        }

        var types = string.Join(", ", registry.Providers.Select(known => $"'{known.Type}'"));
        var isNamed = values.Remove(TypeKey, out var type);
        var provider = isNamed
            ? registry.Find(type!)
            : registry.Providers.FirstOrDefault(known => known.ImplyingKeys.Any(values.ContainsKey));
        if (provider is null)
        {
            throw Invalid(isNamed
                ? $"-Connection: there is no warehouse of type '{type}'; write Type = one of {types}."
                : $"-Connection: the table does not say which warehouse; write Type = one of {types}.");
        }

        if (values.Keys.FirstOrDefault(key => !provider.ConnectionKeys.Contains(key, StringComparer.OrdinalIgnoreCase)) is { } unknown)
        {
            throw Invalid($"-Connection: '{unknown}' is no key of a {provider.Type} connection; known: Type, {string.Join(", ", provider.ConnectionKeys)}.");
        }

        return Checked(new ConnectionDefinition(provider.Type.ToLowerInvariant(), provider.Type, values, currentFolder), provider);
    }

    private static ConnectionDefinition Checked(ConnectionDefinition definition, IWarehouseProvider provider)
    {
        var complaints = provider.Validate(definition);
        return complaints.Count == 0
            ? definition
            : throw Invalid(string.Join(" ", complaints.Select(complaint => $"-Connection: {complaint.Key}: {complaint.Message}")));
    }

    private static EltException Invalid(string message) => new(EltErrorKind.InvalidConnection, message);
}
