using EltPs.Engine.Definitions;
using EltPs.Engine.Errors;
using EltPs.Engine.Warehouses;

namespace EltPs.Engine.PipelineFiles;

/// <summary>Reads Connections and Connection, and decides which warehouse the pipeline runs on.</summary>
internal sealed class ConnectionReader(PipelineFileContext context, ComplaintList complaints)
{
    private const string TypeKey = "Type";
    private readonly Dictionary<string, ConnectionDefinition?> _connections = new(StringComparer.OrdinalIgnoreCase);

    private ConnectionDefinition Embedded =>
        ConnectionDefinition.Embedded($"{Path.GetFileNameWithoutExtension(context.FullPath)}.duckdb", context.Folder);

    /// <summary>The connection that the override or the file names; the embedded one if neither does.</summary>
    /// <exception cref="EltException"><see cref="EltErrorKind.UnknownConnection"/>: the override is a name that nobody knows.</exception>
    public ConnectionDefinition Read(KeyedNode root)
    {
        ReadAll(root);
        var chosen = Embedded;
        if (root.Text("Connection") is { Value: string name } node && !TryFind(name, out chosen))
        {
            complaints.Add(node, $"There is no connection {ComplaintList.Show(name)}; known are {Known()}.");
        }

        if (context.Connection is { } given)
        {
            return given;
        }

        if (context.ConnectionName is { } named && !TryFind(named, out chosen))
        {
            throw new EltException(
                EltErrorKind.UnknownConnection,
                $"There is no connection {ComplaintList.Show(named)} for {context.File}; known are {Known()}.");
        }

        return chosen;
    }

    private bool TryFind(string name, out ConnectionDefinition connection)
    {
        var isKnown = _connections.TryGetValue(name, out var found) || string.Equals(name, ConnectionDefinition.EmbeddedName, StringComparison.OrdinalIgnoreCase);

        // A connection with complaints of its own counts as known, so that one mistake makes one complaint.
        connection = found ?? Embedded;
        return isKnown;
    }

    private string Known() => string.Join(", ", _connections.Keys.Append(ConnectionDefinition.EmbeddedName).Select(ComplaintList.Show));

    private void ReadAll(KeyedNode root)
    {
        if (root.Find("Connections") is not { } entry)
        {
            return;
        }

        if (entry.Value is not TableNode table)
        {
            complaints.Add(entry.Value, $"Connections is {KeyedNode.Describe(entry.Value)}; write @{{ name = @{{ Type = 'DuckDb'; Path = 'file.duckdb' }} }}.");
            return;
        }

        foreach (var item in table.Entries)
        {
            if (string.IsNullOrWhiteSpace(item.Key) || string.Equals(item.Key, ConnectionDefinition.EmbeddedName, StringComparison.OrdinalIgnoreCase))
            {
                complaints.Add(item.Line, item.Column, $"The name {ComplaintList.Show(item.Key)} is reserved for the embedded warehouse; choose another.");
            }
            else if (!_connections.TryAdd(item.Key, null))
            {
                complaints.Add(item.Line, item.Column, $"The connection {ComplaintList.Show(item.Key)} is here twice; remove one.");
            }
            else
            {
                _connections[item.Key] = ReadOne(item);
            }
        }
    }

    private ConnectionDefinition? ReadOne(TableEntry item)
    {
        if (item.Value is not TableNode table)
        {
            complaints.Add(item.Value, $"The connection {ComplaintList.Show(item.Key)} is {KeyedNode.Describe(item.Value)}; write @{{ Type = '…'; … }}.");
            return null;
        }

        if (FindProvider(table, item) is not { } provider)
        {
            return null;
        }

        var keyed = new KeyedNode(table, [TypeKey, .. provider.ConnectionKeys], complaints);
        var values = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var key in provider.ConnectionKeys)
        {
            if (keyed.Text(key) is { Value: string value })
            {
                values[key] = value;
            }
        }

        var connection = new ConnectionDefinition(item.Key, provider.Type, values, context.Folder);
        var problems = complaints.Count;
        foreach (var (key, message) in provider.Validate(connection))
        {
            var place = keyed.Find(key);
            complaints.Add(place?.Line ?? table.Line, place?.Column ?? table.Column, message);
        }

        return problems == complaints.Count ? connection : null;
    }

    private IWarehouseProvider? FindProvider(TableNode table, TableEntry item)
    {
        var types = string.Join(" or ", context.Registry.Providers.Select(provider => $"'{provider.Type}'"));
        var typed = table.Entries.FirstOrDefault(entry => string.Equals(entry.Key, TypeKey, StringComparison.OrdinalIgnoreCase));
        if (typed is null)
        {
            var implied = context.Registry.Providers.FirstOrDefault(
                provider => table.Entries.Any(entry => provider.ImplyingKeys.Contains(entry.Key, StringComparer.OrdinalIgnoreCase)));
            if (implied is null)
            {
                complaints.Add(item.Line, item.Column, $"The connection {ComplaintList.Show(item.Key)} has no Type; add Type = {types}.");
            }

            return implied;
        }

        if (KeyedNode.AsText(typed.Value, TypeKey, complaints) is not { Value: string type })
        {
            return null;
        }

        var provider = context.Registry.Find(type);
        if (provider is null)
        {
            complaints.Add(typed.Value, $"There is no warehouse type {ComplaintList.Show(type)}; write {types}.");
        }

        return provider;
    }
}
