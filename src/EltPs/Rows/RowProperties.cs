using System.Globalization;

namespace EltPs.Rows;

/// <summary>The names of a row's properties, from those of a result's columns.</summary>
/// <remarks>
/// A property's name is compared without case, has to be there and is one of its kind; a column's need not be any of that. PowerShell keeps
/// five names for itself (PSObject, and what looks at an object from another side).
/// </remarks>
internal static class RowProperties
{
    private static readonly string[] Reserved = ["PSObject", "PSBase", "PSAdapted", "PSExtended", "PSTypeNames"];

    /// <summary>The names, in the columns' order, and a sentence for each that is another than the column's.</summary>
    /// <param name="columns">The columns' names.</param>
    public static (IReadOnlyList<string> Names, IReadOnlyList<string> Renamed) Of(IReadOnlyList<string> columns)
    {
        ArgumentNullException.ThrowIfNull(columns);
        var names = new string[columns.Count];
        var renamed = new List<string>();

        // A column that has its name for itself keeps it, wherever the others stand.
        var taken = new HashSet<string>(Reserved, StringComparer.OrdinalIgnoreCase);
        for (var column = 0; column < names.Length; column++)
        {
            if (columns[column].Length > 0 && taken.Add(columns[column]))
            {
                names[column] = columns[column];
            }
        }

        for (var column = 0; column < names.Length; column++)
        {
            if (names[column] is null)
            {
                names[column] = columns[column].Length == 0 ? Free($"column_{Text(column + 1)}", taken) : Free(columns[column], taken);
                renamed.Add(Sentence(columns[column], names[column], column + 1));
            }
        }

        return (names, renamed);
    }

    private static string Free(string wanted, HashSet<string> taken)
    {
        var name = wanted;
        for (var number = 2; !taken.Add(name); number++)
        {
            name = $"{wanted}_{Text(number)}";
        }

        return name;
    }

    private static string Sentence(string column, string property, int place)
    {
        var isReserved = Reserved.Contains(column, StringComparer.OrdinalIgnoreCase);
        var what = column.Length == 0 ? $"Column {Text(place)} has no name"
            : isReserved ? $"Column {Text(place)}, {column}, has a name that PowerShell keeps"
            : $"Column {Text(place)} has the name of another one, {column}";
        return $"{what}; its property is {property}. Give it a name of its own with AS.";
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
