using System.Globalization;
using System.Text.RegularExpressions;

namespace EltPs.Warehouses.Snowflake;

/// <summary>The place in a statement that an error of Snowflake's names.</summary>
internal static partial class ErrorPlace
{
    /// <summary>The place in a query, counted from 0 in UTF-16 code units; null if the message names none.</summary>
    /// <remarks>Snowflake counts lines from 1, places in a line from 0.</remarks>
    /// <param name="sql">The query.</param>
    /// <param name="message">What Snowflake said.</param>
    /// <param name="linesBefore">The lines of the statement in front of the query.</param>
    public static int? Offset(string sql, string message, int linesBefore)
    {
        if (Place().Match(message) is not { Success: true } place
            || !int.TryParse(place.Groups["line"].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var line)
            || !int.TryParse(place.Groups["position"].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var position))
        {
            return null;
        }

        var first = linesBefore + 1;
        var start = 0;
        for (var down = line - first; down > 0; down--)
        {
            start = sql.IndexOf('\n', start) + 1;
            if (start == 0)
            {
                return null;
            }
        }

        return line >= first && start + position <= sql.Length ? start + position : null;
    }

    [GeneratedRegex(@"\berror line (?<line>\d+) at position (?<position>\d+)")]
    private static partial Regex Place();
}
