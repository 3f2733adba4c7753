using System.Collections.ObjectModel;
using EltPs.Engine.Templates;

namespace EltPs.Objects;

/// <summary>Values by their names, which nobody can change, and which are readable as text, as in a cell of Export-Csv.</summary>
public sealed class EltValues : ReadOnlyDictionary<string, object?>
{
    internal EltValues(IEnumerable<KeyValuePair<string, object?>> values)
        : base(new Dictionary<string, object?>(values, StringComparer.OrdinalIgnoreCase))
    {
    }

    /// <summary>Each name with its value.</summary>
    public override string ToString() => string.Join("; ", this.Select(pair => $"{pair.Key} = {pair.Value}"));

    // As text: a number of any size, a date and a time with its zone would not all come back from a file as what they were.
    internal static EltValues Of(IReadOnlyDictionary<string, SqlValue> values) =>
        new(values.Select(pair => KeyValuePair.Create(pair.Key, (object?)pair.Value.ToString())));
}
