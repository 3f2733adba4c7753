using EltPs.Engine.Definitions;
using EltPs.Engine.Names;
using EltPs.Engine.Sql;
using EltPs.Engine.Warehouses;

namespace EltPs.Engine.Validation;

/// <summary>
/// Finds out which tables and sources of a file its tables read, by what the session takes a name for that leaves its schema or database
/// out.
/// </summary>
internal sealed class FileReads
{
    private readonly IDialect _dialect;
    private readonly string? _database;
    private readonly string? _schema;
    private readonly Dictionary<string, int> _tables = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _sources = new(StringComparer.Ordinal);

    /// <param name="pipeline">The file.</param>
    /// <param name="dialect">The warehouse's SQL.</param>
    /// <param name="session">What the session says of its database and schema.</param>
    public FileReads(PipelineDefinition pipeline, IDialect dialect, ConnectionReport session)
    {
        _dialect = dialect;
        _database = Stored(session.Database);
        _schema = Stored(session.Schema);
        for (var index = 0; index < pipeline.Tables.Count; index++)
        {
            _tables.TryAdd(Key(pipeline.Tables[index].Name), index);
        }

        for (var index = 0; index < pipeline.Session.Sources.Count; index++)
        {
            _sources.TryAdd(Key(pipeline.Session.Sources[index].Name), index);
        }
    }

    /// <summary>What a table's SQL reads of the file, each once, in the order of the SQL.</summary>
    /// <param name="sql">The SQL, with something that is no name in the place of each placeholder.</param>
    public IReadOnlyList<FileRead> Of(string sql)
    {
        var reads = new List<FileRead>();
        foreach (var mention in TableMentions.Of(sql, _dialect.Syntax, _dialect.Identifiers.Fold))
        {
            if (Key(mention.Parts) is { } key
                && Find(key, mention.Offset) is { } read
                && !reads.Exists(other => other.Table == read.Table && other.Source == read.Source))
            {
                reads.Add(read);
            }
        }

        return reads;
    }

    private FileRead? Find(string key, int offset) =>
        _tables.TryGetValue(key, out var table) ? new FileRead(table, -1, offset)
        : _sources.TryGetValue(key, out var source) ? new FileRead(-1, source, offset)
        : null;

    private string Key(TableName name) =>
        Key(name.Database is { } database ? Fold(database) : _database, Fold(name.Schema), Fold(name.Table));

    private string? Key(IReadOnlyList<Identifier> parts) => parts switch
    {
        [var table] => _schema is null ? null : Key(_database, _schema, Fold(table)),
        [var schema, var table] => Key(_database, Fold(schema), Fold(table)),
        [var database, var schema, var table] => Key(Fold(database), Fold(schema), Fold(table)),
        _ => null,
    };

    private static string Key(string? database, string schema, string table) => string.Join('\u001f', database, schema, table);

    private string Fold(Identifier name) => _dialect.Identifiers.Fold(name);

    // The session tells the name as it is stored.
    private string? Stored(string? name) =>
        Identifier.TryParse(name is null ? null : Identifier.Quote(name), out var stored) ? Fold(stored) : null;
}
