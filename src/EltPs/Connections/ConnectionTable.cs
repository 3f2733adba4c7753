using System.Collections;
using System.Globalization;
using System.Management.Automation;

using EltPs.Engine.Definitions;
using EltPs.Engine.Errors;
using EltPs.Engine.Warehouses;

namespace EltPs.Connections;

/// <summary>Reads a connection from a table of keys and values of the command line. No message shows a value: it may be a secret.</summary>
internal static class ConnectionTable
{
    private const string TypeKey = "Type";

    /// <summary>Reads and checks a connection.</summary>
    /// <exception cref="EltException"><see cref="EltErrorKind.InvalidConnection"/>, with all that is wrong.</exception>
    public static ConnectionDefinition Read(Hashtable table, string currentFolder, IWarehouseRegistry registry)
    {
        var written = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (DictionaryEntry entry in table)
        {
            var key = entry.Key.ToString()!;
            written[key] = Text(key, entry.Value);
        }

        var isTyped = written.Remove(TypeKey, out var type);
        var provider = isTyped
            ? Find(type!, registry)
            : registry.Providers.FirstOrDefault(known =>
                written.Keys.Any(key => known.FindKey(key) is { } found && known.ImplyingKeys.Contains(found))
            ) ?? throw Invalid($"-Connection: the table does not say which warehouse; write Type = one of {Types(registry)}.");

        var values = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (key, value) in written)
        {
            if (provider.FindKey(key) is not { } found)
            {
                throw Invalid(
                    $"-Connection: '{key}' is no key of a {provider.Type} connection; known: Type, "
                        + $"{string.Join(", ", provider.ConnectionKeys)}.");
            }

            if (!values.TryAdd(found, value))
            {
                throw Invalid($"-Connection: {found} is there twice, in two spellings; remove one.");
            }
        }

        return Check(
            new ConnectionDefinition(provider.Type.ToLowerInvariant(), provider.Type, values, currentFolder) { IsAdHoc = true },
            registry);
    }

    /// <summary>The connection, if nothing is wrong with it.</summary>
    /// <exception cref="EltException"><see cref="EltErrorKind.InvalidConnection"/>, with all that is wrong.</exception>
    public static ConnectionDefinition Check(ConnectionDefinition definition, IWarehouseRegistry registry)
    {
        var complaints = Find(definition.Type, registry).Validate(definition);
        return complaints.Count == 0
            ? definition
            : throw Invalid(string.Join(" ", complaints.Select(complaint => $"-Connection: {complaint.Key}: {complaint.Message}")));
    }

    private static IWarehouseProvider Find(string type, IWarehouseRegistry registry) => registry.Find(type)
        ?? throw Invalid($"-Connection: Type: there is no such warehouse; write Type = one of {Types(registry)}.");

    private static string Types(IWarehouseRegistry registry) => string.Join(", ", registry.Providers.Select(known => $"'{known.Type}'"));

    private static string Text(string key, object? value) => (value is PSObject wrapped ? wrapped.BaseObject : value) switch
    {
        null => throw Invalid($"-Connection: {key} is $null; leave the key out."),
        string text => text,
        bool flag => flag ? "true" : "false",
        FileSystemInfo file => file.FullName,
        IConvertible number and not DateTime => number.ToString(CultureInfo.InvariantCulture),
        var other => throw Invalid($"-Connection: {key} is a {other.GetType().Name}; write text, a number or $true or $false."),
    };

    private static EltException Invalid(string message) => new(EltErrorKind.InvalidConnection, message);
}
