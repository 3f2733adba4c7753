using System.Globalization;
using EltPs.Engine.Names;

namespace EltPs.Progress;

/// <summary>Names of tables in a sentence.</summary>
internal static class NameList
{
    /// <summary>The names, or the first ones and how many more there are.</summary>
    /// <param name="tables">The tables.</param>
    /// <param name="most">How many names are listed.</param>
    public static string Of(IReadOnlyCollection<TableName> tables, int most)
    {
        var names = string.Join(", ", tables.Take(most));
        return tables.Count <= most ? names : string.Create(CultureInfo.InvariantCulture, $"{names} and {tables.Count - most} more");
    }
}
