using System.Diagnostics.CodeAnalysis;

namespace EltPs.Engine.Names;

/// <summary>The name of a table: <c>schema.table</c> or <c>database.schema.table</c>.</summary>
/// <param name="Database">The database, where the author named one.</param>
/// <param name="Schema">The schema.</param>
/// <param name="Table">The table itself.</param>
public sealed record TableName(Identifier? Database, Identifier Schema, Identifier Table)
{
    /// <summary>What a staging table's name begins with.</summary>
    public const string StagingPrefix = "temp_";

    /// <summary>The table in the same schema that is built and checked before it takes this one's place.</summary>
    /// <remarks>The same schema, because Snowflake grants future privileges by schema.</remarks>
    public TableName Staging => this with { Table = Table.WithPrefix(StagingPrefix) };

    /// <summary>Reads <c>schema.table</c> or <c>database.schema.table</c>; each part plain or quoted.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out TableName? name)
    {
        name = null;
        if (!TryParseParts(text, out var parts) || parts.Count is < 2 or > 3)
        {
            return false;
        }

        name = parts.Count == 2
            ? new TableName(null, parts[0], parts[1])
            : new TableName(parts[0], parts[1], parts[2]);
        return true;
    }

    /// <summary>Puts a name together from a schema (<c>schema</c> or <c>database.schema</c>) and a table.</summary>
    public static bool TryCreate(string? schema, string? table, [NotNullWhen(true)] out TableName? name)
    {
        name = null;
        if (!TryParseParts(schema, out var parts) || parts.Count > 2 || !Identifier.TryParse(table, out var last))
        {
            return false;
        }

        name = parts.Count == 1
            ? new TableName(null, parts[0], last)
            : new TableName(parts[0], parts[1], last);
        return true;
    }

    /// <summary>The name as SQL.</summary>
    public override string ToString() =>
        Database is { } database ? $"{database}.{Schema}.{Table}" : $"{Schema}.{Table}";

    private static bool TryParseParts(string? text, out List<Identifier> parts)
    {
        parts = [];
        if (string.IsNullOrEmpty(text))
        {
            return false;
        }

        var start = 0;
        var inQuotes = false;
        for (var at = 0; at <= text.Length; at++)
        {
            if (at < text.Length && text[at] == '"')
            {
                inQuotes = !inQuotes;
            }

            if (at < text.Length && (inQuotes || text[at] != '.'))
            {
                continue;
            }

            if (!Identifier.TryParse(text[start..at], out var part))
            {
                return false;
            }

            parts.Add(part);
            start = at + 1;
        }

        return true;
    }
}
