using EltPs.Engine.Definitions;
using EltPs.Engine.Errors;
using EltPs.Engine.Events;
using EltPs.Engine.Warehouses;
using EltPs.Warehouses.AdoNet;

namespace EltPs.Warehouses.DuckDb;

/// <summary>A source as a view over its file.</summary>
internal static class SourceView
{
    /// <summary>What a source view's comment begins with; the rest is the query, so that an unchanged view is not written again.</summary>
    public const string CommentPrefix = "[eltps source] ";

    private static readonly Dictionary<string, string> Readers = new(StringComparer.OrdinalIgnoreCase)
    {
        // A first line of names, types from the data: the same file gives the same table wherever it is read.
        [".csv"] = "read_csv({0}, header = true)",
        [".tsv"] = "read_csv({0}, header = true, delim = '\\t')",
        [".json"] = "read_json({0})",
        [".ndjson"] = "read_json({0}, format = 'newline_delimited')",
        [".jsonl"] = "read_json({0}, format = 'newline_delimited')",
        [".parquet"] = "read_parquet({0})",
    };

    /// <summary>What is wrong with a source's path; null if nothing is.</summary>
    public static string? Validate(SourceDefinition source)
    {
        if (source.Path.Contains("://", StringComparison.Ordinal))
        {
            return $"'{source.Path}' is an address; a source of the embedded warehouse is a file on this machine.";
        }

        return ReaderOf(source.Path) is null
            ? $"'{source.Path}' has no known file type; known: {string.Join(", ", Readers.Keys)}, and the text types with .gz behind."
            : null;
    }

    /// <summary>The files' absolute path with wildcards, as DuckDB reads it.</summary>
    public static string Pattern(SourceDefinition source) =>
        Path.IsPathRooted(source.Path)
            ? source.Path
            : Path.Combine(Escape(Path.GetFullPath(source.BaseFolder)), source.Path.Replace('/', Path.DirectorySeparatorChar));

    /// <summary>The view's query.</summary>
    public static string Query(SourceDefinition source) =>
        "SELECT * FROM " + string.Format(
            System.Globalization.CultureInfo.InvariantCulture,
            ReaderOf(source.Path) ?? throw new ArgumentException(Validate(source), nameof(source)),
            TransactionalDialect.Literal(Pattern(source)));

    /// <summary>Whether the view stands there already, with this query.</summary>
    /// <exception cref="EltException">Something that EltPs did not make has the source's name.</exception>
    public static bool IsCurrent(SourceDefinition source, CatalogEntry? entry)
    {
        if (entry is not null && entry.Comment?.StartsWith(CommentPrefix, StringComparison.Ordinal) is not true)
        {
            throw new EltException(
                EltErrorKind.SourceTaken,
                $"{source.Name} is a {entry.Kind.ToString().ToLowerInvariant()} that EltPs did not make.")
            {
                Location = source.Location,
                Consequences = ["Nothing was changed."],
                Advice = [Advice.Say("Drop or rename it, or take the source out of the file to read it as it is.")],
            };
        }

        return entry?.Comment == CommentPrefix + Query(source);
    }

    /// <summary>The statements that make the view.</summary>
    public static IReadOnlyList<Statement> Create(SourceDefinition source, TransactionalDialect dialect)
    {
        var query = Query(source);
        return
        [
            dialect.CreateSchema(source.Name),
            new Statement($"CREATE OR REPLACE VIEW {source.Name} AS {query}", StatementRole.Source),
            new Statement($"COMMENT ON VIEW {source.Name} IS {TransactionalDialect.Literal(CommentPrefix + query)}", StatementRole.Source),
        ];
    }

    /// <summary>The error of a source whose file is there and cannot be read.</summary>
    public static EltException Unreadable(SourceDefinition source, EltException failure) =>
        failure.With(
            kind: EltErrorKind.SourceMissing,
            what: $"{source.Path} cannot be read: {failure.What}",
            subject: $"source {source.Name}",
            location: source.Location);

    private static string? ReaderOf(string path)
    {
        var extension = Path.GetExtension(path);
        if (extension.Equals(".gz", StringComparison.OrdinalIgnoreCase))
        {
            extension = Path.GetExtension(Path.GetFileNameWithoutExtension(path));
            return extension.Equals(".parquet", StringComparison.OrdinalIgnoreCase) ? null : Readers.GetValueOrDefault(extension);
        }

        return Readers.GetValueOrDefault(extension);
    }

    // The folder is a place, not a pattern: what looks like a wildcard in its name is meant as it stands.
    private static string Escape(string folder) =>
        string.Concat(folder.Select(character => character is '[' or '*' or '?' ? $"[{character}]" : character.ToString()));
}
