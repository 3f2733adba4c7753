using System.Management.Automation;
using EltPs.Engine.Warehouses;

namespace EltPs.Rows;

/// <summary>Turns rows into objects that have a property for each column, in the columns' order.</summary>
/// <param name="names">The properties' names.</param>
internal sealed class RowObjects(IReadOnlyList<string> names)
{
    /// <summary>The object of a row.</summary>
    public PSObject Of(object?[] row)
    {
        ArgumentNullException.ThrowIfNull(row);
        var made = new PSObject();
        for (var column = 0; column < row.Length; column++)
        {
            Add(made, names[column], row[column]);
        }

        return made;
    }

    // The names differ already, and looking for a like one costs more than the rest of a wide row.
    private static void Add(PSObject made, string name, object? value) =>
        made.Properties.Add(new PSNoteProperty(name, Plain(value)), preValidated: true);

    private static object? Plain(object? value) => value switch
    {
        RowRecord record => Of(record),
        object?[] items => Array.ConvertAll(items, Plain),
        OrderedDictionary<object, object?> map => Of(map),
        _ => value,
    };

    private static PSObject Of(RowRecord record)
    {
        var (fields, _) = RowProperties.Of([.. record.Fields.Select(field => field.Key)]);
        var made = new PSObject();
        for (var field = 0; field < fields.Count; field++)
        {
            Add(made, fields[field], record.Fields[field].Value);
        }

        return made;
    }

    // With text as keys, PowerShell reads $row.map.key as well.
    private static object Of(OrderedDictionary<object, object?> map)
    {
        if (map.Keys.All(key => key is string))
        {
            var named = new OrderedDictionary<string, object?>(map.Count, StringComparer.Ordinal);
            foreach (var (key, value) in map)
            {
                named.Add((string)key, Plain(value));
            }

            return named;
        }

        for (var place = 0; place < map.Count; place++)
        {
            map.SetAt(place, Plain(map.GetAt(place).Value));
        }

        return map;
    }
}
