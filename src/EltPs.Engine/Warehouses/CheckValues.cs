using System.Globalization;

namespace EltPs.Engine.Warehouses;

/// <summary>The values of aggregates over a staging table, as text that does not depend on a culture.</summary>
/// <param name="texts">The values; null for NULL.</param>
internal sealed class CheckValues(IReadOnlyList<string?> texts)
{
    /// <summary>A value as it is written; null for NULL.</summary>
    public string? Text(int place) => texts[place];

    /// <summary>A number of rows; 0 for NULL.</summary>
    public long Count(int place) => texts[place] is { } text ? long.Parse(text, CultureInfo.InvariantCulture) : 0;

    /// <summary>A number; null for NULL.</summary>
    public double? Number(int place) => texts[place] is { } text ? double.Parse(text, CultureInfo.InvariantCulture) : null;

    /// <summary>Some of the values.</summary>
    internal CheckValues At(IEnumerable<int> places) => new([.. places.Select(place => texts[place])]);
}
