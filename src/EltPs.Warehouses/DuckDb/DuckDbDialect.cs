using EltPs.Engine.Names;
using EltPs.Engine.Sql;
using EltPs.Engine.Warehouses;

namespace EltPs.Warehouses.DuckDb;

/// <summary>DuckDB's SQL for each verb.</summary>
public sealed class DuckDbDialect : IDialect
{
    internal const string Begin = "BEGIN TRANSACTION";
    internal const string Commit = "COMMIT";
    internal const string Rollback = "ROLLBACK";

    /// <summary>Gives a session <see cref="FoldText"/> in SQL; SQL's own lower() folds more than ASCII.</summary>
    internal const string FoldMacro =
        """
        CREATE OR REPLACE TEMP MACRO eltps_fold(name) AS translate(name, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ', 'abcdefghijklmnopqrstuvwxyz');
        """;

    // DuckDB compares names without case, quoted or not (DuckDB documentation, "Keywords and Identifiers"), but only in ASCII: "Ä" and "ä"
    // are two tables. It has no limit of length.
    /// <inheritdoc/>
    public IdentifierRules Identifiers { get; } = new(identifier => FoldText(identifier.Text), int.MaxValue);

    /// <inheritdoc/>
    public SqlSyntax Syntax => SqlSyntax.Standard;

    /// <inheritdoc/>
    public bool HasTransactionalDdl => true;

    /// <inheritdoc/>
    public IReadOnlyList<string> BeginTogether { get; } = [Begin];

    /// <inheritdoc/>
    /// <remarks>The views at the end: one over two tables fits when both are the new ones.</remarks>
    public IReadOnlyList<string> EndTogether(IReadOnlyList<(PublishRequest Request, CatalogEntry? Target)> published)
    {
        ArgumentNullException.ThrowIfNull(published);
        return [.. published.SelectMany(table => table.Target?.DependentViews ?? []).Distinct(StringComparer.Ordinal).Select(Bind), Commit];
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> Stage(StageRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        var statements = new List<string>(3);
        if (request.CreateSchema)
        {
            statements.Add(CreateSchema(request.Target));
        }

        // The line break ends a comment that the query may end with.
        statements.Add(
            $"""
            CREATE OR REPLACE TABLE {request.Target.Staging} AS
            {request.Sql}

            """);
        statements.Add(Comment(request.Target.Staging, request.Comment));
        return request.Together ? statements : [Begin, .. statements, Commit];
    }

    /// <inheritdoc/>
    public string RowCount => "count(*)";

    /// <inheritdoc/>
    public string Measure(TableName target, IReadOnlyList<string> aggregates)
    {
        ArgumentNullException.ThrowIfNull(target);
        return $"SELECT {string.Join(", ", aggregates)} FROM {target.Staging}";
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> Publish(PublishRequest request, CatalogEntry? target)
    {
        ArgumentNullException.ThrowIfNull(request);
        string[] statements = target is null
            ? [Rename(request.Target.Staging, request.Target.Table)]
            :
            [
                .. Swap(request.Target, request.Generation, target),
                .. request.Together ? UniqueIndex.Probes(request.Target, target.Indexes) : target.DependentViews.Select(Bind),
                .. request.KeepPrevious ? Array.Empty<string>() : [DropStaging(request.Target)],
            ];
        return request.Together ? statements : [Begin, .. statements, Commit];
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> Undo(UndoRequest request, UndoPlan plan, CatalogEntry target)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(target);
        return
        [
            Begin,
            .. Swap(request.Target, plan.Restored, target),
            .. target.DependentViews.Select(Bind),
            Comment(request.Target, plan.RestoredComment),
            Commit,
        ];
    }

    /// <inheritdoc/>
    public string MarkStaging(TableName target, string comment)
    {
        ArgumentNullException.ThrowIfNull(target);
        return Comment(target.Staging, comment);
    }

    /// <inheritdoc/>
    public string DropStaging(TableName target)
    {
        ArgumentNullException.ThrowIfNull(target);
        return $"DROP TABLE {target.Staging}";
    }

    internal static string CreateSchema(TableName name) =>
        $"CREATE SCHEMA IF NOT EXISTS {(name.Database is { } database ? $"{database}." : string.Empty)}{name.Schema}";

    /// <summary>A name as DuckDB compares it.</summary>
    internal static string FoldText(string name) =>
        string.Concat(name.Select(static letter => char.IsAsciiLetterUpper(letter) ? (char)(letter | 0x20) : letter));

    internal static string Literal(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";

    // An index keeps its table from being renamed, and its name is unique in the schema: so it is dropped first and made again on the new
    // table.
    private static IEnumerable<string> Swap(TableName target, string generation, CatalogEntry entry)
    {
        var aside = target with { Table = Aside(generation) };
        return
        [
            .. entry.Indexes.Select(index => $"DROP INDEX {index.Name}"),
            Rename(target, aside.Table),
            Rename(target.Staging, target.Table),
            Rename(aside, target.Staging.Table),
            .. entry.Indexes.Select(index => index.Sql),
        ];
    }

    internal static string Bind(string view) => $"EXPLAIN SELECT * FROM {view}";

    private static Identifier Aside(string generation) =>
        Identifier.TryParse(Identifier.Quote($"eltps_{generation}"), out var name)
            ? name
            : throw new ArgumentException($"'{generation}' makes no table name.", nameof(generation));

    // Quoted, because a keyword is a name behind a schema's dot and none here; DuckDB compares it without case all the same.
    private static string Rename(TableName table, Identifier name) => $"ALTER TABLE {table} RENAME TO {Identifier.Quote(name.Text)}";

    private static string Comment(TableName table, string comment) => $"COMMENT ON TABLE {table} IS {Literal(comment)}";
}
