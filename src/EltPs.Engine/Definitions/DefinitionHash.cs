using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace EltPs.Engine.Definitions;

/// <summary>Tells whether a table would be built from the same definition again.</summary>
public static class DefinitionHash
{
    private const int Characters = 32;

    /// <summary>
    /// The hash of all that decides what a table holds and what it must be to be published: its SQL with the variables that this uses,
    /// minimum of rows and kind, the time zone, the sources. Time limits, retries and tags are not in it; nor is the data.
    /// </summary>
    /// <returns>32 hexadecimal digits.</returns>
    public static string Of(TableDefinition table)
    {
        ArgumentNullException.ThrowIfNull(table);
        string?[] parts =
        [
            table.Name.ToString(),
            table.Sql,
            table.MinimumRows.ToString(CultureInfo.InvariantCulture),
            table.Publish.ToString(),
            table.Transient?.ToString(),
            table.Session.TimeZone,
            .. table.ClusterBy.Prepend("cluster by"),
            .. table.Session.Sources.SelectMany(source => new[] { source.Name.ToString(), source.Path }).Prepend("sources"),
            .. Variables(table),
        ];

        // Each with its length, so that no two lists make the same text.
        var text = new StringBuilder();
        foreach (var part in parts)
        {
            text.Append(CultureInfo.InvariantCulture, $"{part?.Length ?? -1}:{part}\n");
        }

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())))[..Characters];
    }

    // Nothing at all without variables, so that the hash of such a table stays what it always was.
    private static IEnumerable<string> Variables(TableDefinition table) => table.Variables.Count == 0
        ? []
        : table.Variables
            .OrderBy(pair => pair.Key, StringComparer.OrdinalIgnoreCase)
            .SelectMany(pair => new[] { pair.Key.ToUpperInvariant(), pair.Value.Fingerprint() })
            .Prepend("variables");
}
