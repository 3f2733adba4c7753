using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace EltPs.Engine.Definitions;

/// <summary>Tells whether a table would be built from the same definition again.</summary>
internal static class DefinitionHash
{
    private const int Characters = 32;

    /// <summary>
    /// What is no part of the hash, and why: properties of a definition and of what hangs on it, by their path. Options say it themselves.
    /// </summary>
    internal static IReadOnlyDictionary<string, string> Exempt { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["Session.Connection"] = "A resume compares the connection itself, and refuses another one.",
        ["Session.Sources.BaseFolder"] = "It is the folder of the pipeline file, whose journal the hash is in.",
        ["Session.Sources.Location"] = "A place in the file, for messages.",
        ["Location"] = "A place in the file, for messages.",
        ["Tags"] = "They choose tables, and change nothing in them.",
        ["Pipeline"] = "The name of the pipeline, for messages.",
        ["Alerts"] = "They tell of a run, and change nothing in its tables.",
        ["Values"] = "The values of a run; a resumed run has those of the run that it resumes.",
    };

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
            .. Slot(table, HashSlot.Rows),
            .. Slot(table, HashSlot.Publish),
            .. Slot(table, HashSlot.Kind).DefaultIfEmpty(),
            table.Session.TimeZone,
            .. Slot(table, HashSlot.Clustering).Prepend("cluster by"),
            .. table.Session.Sources.SelectMany(source => new[] { source.Name.ToString(), source.Path }).Prepend("sources"),
            .. Labelled("variables", Variables(table)),
            .. Labelled("options", More(table)),
        ];

        // Each with its length, so that no two lists make the same text.
        var text = new StringBuilder();
        foreach (var part in parts)
        {
            text.Append(CultureInfo.InvariantCulture, $"{part?.Length ?? -1}:{part}\n");
        }

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())))[..Characters];
    }

    // The options that every warehouse knows, and those of its own that a table has.
    private static IEnumerable<TableOption> Options(TableDefinition table) => TableOptions.All.Union(table.Options.Options);

    private static IEnumerable<string?> Slot(TableDefinition table, HashSlot slot) => Options(table)
        .Where(option => option.Hash is { Exemption: null } hash && hash.Slot == slot)
        .SelectMany(option => TableOption.HashParts(table.Options.Of(option)));

    // Of what a table does not use nothing at all, so that its hash stays what it always was.
    private static string?[] Labelled(string label, IEnumerable<string?> parts) => parts.ToArray() is [_, ..] used ? [label, .. used] : [];

    private static IEnumerable<string?> More(TableDefinition table) => Options(table)
        .Where(option => option.Hash == HashRule.WhenSet && !Equals(table.Options.Of(option), option.DefaultValue))
        .OrderBy(option => option.Key, StringComparer.Ordinal)
        .SelectMany(option => TableOption.HashParts(table.Options.Of(option)).Prepend(option.Key));

    private static IEnumerable<string?> Variables(TableDefinition table) => table.Variables
        .OrderBy(pair => pair.Key, StringComparer.OrdinalIgnoreCase)
        .SelectMany(pair => new[] { pair.Key.ToUpperInvariant(), pair.Value.Fingerprint() });
}
