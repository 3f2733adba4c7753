using System.Collections;
using System.Management.Automation;

namespace EltPs.Views;

/// <summary>The properties of an object that is shown, live or as a picture of one: both have them under the same names.</summary>
internal sealed class ViewedObject(PSObject value)
{
    /// <summary>Whether it came out of a file, a job or another session.</summary>
    public bool IsPicture { get; init; }

    /// <summary>The value of a property; null if it has none.</summary>
    public object? Value(string property) => value.Properties[property]?.Value switch
    {
        PSObject { BaseObject: not PSCustomObject } wrapped => wrapped.BaseObject,
        var plain => plain,
    };

    /// <summary>A property as text; null if it has no value, or an empty one.</summary>
    public string? Text(string property) => Value(property)?.ToString() is { Length: > 0 } text ? text : null;

    /// <summary>A number of seconds; null if it has no value.</summary>
    public string? Seconds(string property) => Value(property) is double seconds ? ViewText.Seconds(seconds) : null;

    /// <summary>A count; null if it has no value.</summary>
    public long? Count(string property) => Value(property) switch
    {
        long count => count,
        int count => count,
        _ => null,
    };

    /// <summary>Whether a property is true.</summary>
    public bool Is(string property) => Value(property) is true;

    /// <summary>The items of a list; none if it has no value.</summary>
    public IReadOnlyList<ViewedObject> Items(string property) => Value(property) is IEnumerable items
        ? [.. items.Cast<object?>().Where(item => item is not null).Select(item => new ViewedObject(PSObject.AsPSObject(item!)))]
        : [];

    /// <summary>The texts of the items of a list; of a single text that one, as Import-Csv and a job of one item may have it.</summary>
    public IReadOnlyList<string> Texts(string property) => Value(property) switch
    {
        string text => [text],
        IEnumerable items => [.. items.Cast<object?>().Select(item => item?.ToString() ?? string.Empty)],
        _ => [],
    };

    /// <inheritdoc/>
    public override string ToString() => value.ToString();
}
