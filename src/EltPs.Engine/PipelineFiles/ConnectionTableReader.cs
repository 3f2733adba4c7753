using EltPs.Engine.Definitions;
using EltPs.Engine.Errors;
using EltPs.Engine.Files;
using EltPs.Engine.Warehouses;

namespace EltPs.Engine.PipelineFiles;

/// <summary>Reads a table of name to connection, entry by entry, so that a mistake in one does not concern the others.</summary>
/// <param name="file">The file's path as complaints show it.</param>
/// <param name="folder">The folder that relative paths start from.</param>
/// <param name="registry">The types of warehouse that are there.</param>
internal sealed class ConnectionTableReader(string file, string folder, IWarehouseRegistry registry)
{
    private const string TypeKey = "Type";

    /// <summary>The entries in the table's order, each name once.</summary>
    public IReadOnlyList<ConnectionEntry> Read(TableNode table)
    {
        var entries = new Dictionary<string, ConnectionEntry>(StringComparer.OrdinalIgnoreCase);
        foreach (var item in table.Entries)
        {
            if (entries.TryGetValue(item.Key, out var first))
            {
                // Which of the two is meant, nobody knows: neither can be used.
                var twice = Complaint(item, $"The connection {ComplaintList.Show(item.Key)} is here twice; remove one.");
                entries[item.Key] = first with { Definition = null, Complaints = [.. first.Complaints, twice] };
            }
            else
            {
                entries.Add(item.Key, ReadOne(item));
            }
        }

        return [.. entries.Values];
    }

    private ConnectionEntry ReadOne(TableEntry item)
    {
        var complaints = new ComplaintList(file);
        if (string.IsNullOrWhiteSpace(item.Key)
            || string.Equals(item.Key, ConnectionDefinition.EmbeddedName, StringComparison.OrdinalIgnoreCase))
        {
            complaints.Add(
                item.Line,
                item.Column,
                $"The name {ComplaintList.Show(item.Key)} is reserved for the embedded warehouse; choose another.");
            return new ConnectionEntry(item.Key, null, null, complaints.All);
        }

        if (item.Value is not TableNode table)
        {
            complaints.Add(
                item.Value,
                $"The connection {ComplaintList.Show(item.Key)} is {NodeValue.Describe(item.Value)}; write @{{ Type = '…'; … }}.");
            return new ConnectionEntry(item.Key, null, null, complaints.All);
        }

        var provider = FindProvider(table, item, complaints);
        var definition = provider is null ? null : ReadValues(item.Key, table, provider, complaints);
        return new ConnectionEntry(item.Key, provider?.Type, complaints.Count == 0 ? definition : null, complaints.All);
    }

    private ConnectionDefinition ReadValues(string name, TableNode table, IWarehouseProvider provider, ComplaintList complaints)
    {
        var keyed = new KeyedNode(
            table,
            [TypeKey, .. provider.ConnectionKeys],
            complaints,
            written => string.Equals(written, TypeKey, StringComparison.OrdinalIgnoreCase) ? TypeKey : provider.FindKey(written));
        var values = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var key in provider.ConnectionKeys)
        {
            if (keyed.TextOrNumber(key) is { } value)
            {
                values[key] = value;
            }
        }

        var connection = new ConnectionDefinition(name, provider.Type, values, folder);
        foreach (var (key, message) in provider.Validate(connection))
        {
            // A key whose value has a complaint already is not missing.
            var place = keyed.Find(key);
            if (place is null || values.ContainsKey(key))
            {
                complaints.Add(place?.Line ?? table.Line, place?.Column ?? table.Column, $"{key}: {message}");
            }
        }

        return connection;
    }

    private IWarehouseProvider? FindProvider(TableNode table, TableEntry item, ComplaintList complaints)
    {
        var types = string.Join(" or ", registry.Providers.Select(provider => $"'{provider.Type}'"));
        var typed = table.Entries.FirstOrDefault(entry => string.Equals(entry.Key, TypeKey, StringComparison.OrdinalIgnoreCase));
        if (typed is null)
        {
            var implied = registry.Providers.FirstOrDefault(
                provider => table.Entries.Any(entry => provider.FindKey(entry.Key) is { } key && provider.ImplyingKeys.Contains(key)));
            if (implied is null)
            {
                complaints.Add(item.Line, item.Column, $"The connection {ComplaintList.Show(item.Key)} has no Type; add Type = {types}.");
            }

            return implied;
        }

        if (NodeValue.Text(typed.Value, TypeKey, complaints) is not { Value: string type })
        {
            return null;
        }

        var provider = registry.Find(type);
        if (provider is null)
        {
            complaints.Add(typed.Value, $"There is no warehouse type {ComplaintList.Show(type)}; write {types}.");
        }

        return provider;
    }

    private Complaint Complaint(TableEntry item, string message) => new(new SourceLocation(file, item.Line, item.Column), message);
}
