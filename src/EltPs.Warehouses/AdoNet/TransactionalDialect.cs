using EltPs.Engine.Names;
using EltPs.Engine.Sql;
using EltPs.Engine.Warehouses;

namespace EltPs.Warehouses.AdoNet;

/// <summary>
/// The SQL of a warehouse that builds and swaps tables in transactions: what all of them say alike, and what each says in its own words.
/// </summary>
internal abstract class TransactionalDialect : IDialect
{
    /// <inheritdoc/>
    public abstract IdentifierRules Identifiers { get; }

    /// <inheritdoc/>
    public virtual SqlSyntax Syntax => SqlSyntax.Standard;

    /// <inheritdoc/>
    public bool HasTransactionalDdl => true;

    /// <summary>Begins a transaction.</summary>
    public Statement Begin { get; } = new("BEGIN TRANSACTION", StatementRole.Begin);

    /// <summary>Lets a transaction take effect.</summary>
    public Statement Commit { get; } = new("COMMIT", StatementRole.Commit);

    /// <summary>Takes a transaction back.</summary>
    public virtual string Rollback => "ROLLBACK";

    /// <inheritdoc/>
    public IReadOnlyList<Statement> BeginTogether => [Begin];

    /// <inheritdoc/>
    /// <remarks>The views at the end: one over two tables fits when both are the new ones.</remarks>
    public IReadOnlyList<Statement> EndTogether(IReadOnlyList<(PublishRequest Request, CatalogEntry? Target)> published)
    {
        ArgumentNullException.ThrowIfNull(published);
        return [.. published.SelectMany(table => table.Target?.DependentViews ?? []).Distinct(StringComparer.Ordinal).Select(Bind), Commit];
    }

    /// <inheritdoc/>
    public IReadOnlyList<Statement> Stage(StageRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        Statement[] statements =
        [
            .. request.CreateSchema ? [CreateSchema(request.Target)] : Array.Empty<Statement>(),
            .. Build(request.Target.Staging, request.Sql),
            Comment(request.Target.Staging, request.Comment),
        ];
        return request.Together ? statements : [Begin, .. statements, Commit];
    }

    /// <inheritdoc/>
    public string RowCount => "count(*)";

    /// <inheritdoc/>
    public Statement Measure(TableName target, IReadOnlyList<string> aggregates)
    {
        ArgumentNullException.ThrowIfNull(target);
        return new Statement($"SELECT {string.Join(", ", aggregates)} FROM {target.Staging}", StatementRole.Count);
    }

    /// <inheritdoc/>
    public IReadOnlyList<Statement> Publish(PublishRequest request, CatalogEntry? target)
    {
        ArgumentNullException.ThrowIfNull(request);
        Statement[] statements = target is null
            ? [Rename(request.Target.Staging, request.Target.Table, StatementRole.Publish)]
            :
            [
                .. Swap(request.Target, request.Generation, target, StatementRole.Publish),
                .. request.Together ? KeyTrials(request.Target, target.Indexes) : target.DependentViews.Select(Bind),
                .. request.KeepPrevious ? Array.Empty<Statement>() : [DropStaging(request.Target)],
            ];
        return request.Together ? statements : [Begin, .. statements, Commit];
    }

    /// <inheritdoc/>
    public IReadOnlyList<Statement> Undo(UndoRequest request, UndoPlan plan, CatalogEntry target)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(target);
        return
        [
            Begin,
            .. Swap(request.Target, plan.Restored, target, StatementRole.Undo),
            .. target.DependentViews.Select(Bind),
            Comment(request.Target, plan.RestoredComment),
            Commit,
        ];
    }

    /// <inheritdoc/>
    public Statement MarkStaging(TableName target, string comment)
    {
        ArgumentNullException.ThrowIfNull(target);
        return Comment(target.Staging, comment);
    }

    /// <inheritdoc/>
    public Statement DropStaging(TableName target)
    {
        ArgumentNullException.ThrowIfNull(target);
        return new Statement($"DROP TABLE {target.Staging}", StatementRole.Drop);
    }

    /// <summary>A name that stands in the catalog, as the warehouse compares it.</summary>
    public abstract string Fold(string name);

    /// <summary>A text as SQL.</summary>
    public static string Literal(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";

    /// <summary>The query for all that stands under names; it gives <see cref="CatalogRow"/>s.</summary>
    public abstract string LookUp(IReadOnlyList<TableName> names);

    /// <summary>The query for what stands at a table's two names, the staging table at position 0 and the published one at 1.</summary>
    public abstract string LookUpPair(TableName target);

    /// <summary>Makes a table's schema.</summary>
    public virtual Statement CreateSchema(TableName name)
    {
        var database = name.Database is { } named ? $"{named}." : string.Empty;
        return new Statement($"CREATE SCHEMA IF NOT EXISTS {database}{name.Schema}", StatementRole.Schema);
    }

    /// <summary>Builds a staging table; replaces what stood there.</summary>
    /// <remarks>A line break behind the query ends a comment that it may end with.</remarks>
    protected abstract IEnumerable<Statement> Build(TableName staging, string sql);

    /// <summary>Fails if a view does not work.</summary>
    public virtual Statement Bind(string view) => new($"EXPLAIN SELECT * FROM {view}", StatementRole.ViewTrial) { Subject = view };

    /// <summary>
    /// Fail where a transaction would make a unique index over rows that do not fit it, and only its commit would say so; none where the
    /// index itself fails.
    /// </summary>
    protected virtual IEnumerable<Statement> KeyTrials(TableName table, IReadOnlyList<IndexDefinition> indexes) => [];

    /// <summary>Tries a query alone.</summary>
    /// <param name="sql">The query.</param>
    /// <param name="before">The number of characters in front of it.</param>
    public virtual Statement TryQuery(string sql, out int before) => Around("EXPLAIN\n", sql, "\n", StatementRole.QueryTrial, out before);

    /// <summary>Makes a table of a query without any rows, so that nothing is read.</summary>
    /// <inheritdoc cref="TryQuery"/>
    public abstract Statement TryTable(TableName table, string sql, out int before);

    /// <summary>A statement around a query, whose place in it is asked for.</summary>
    protected static Statement Around(string front, string sql, string behind, StatementRole role, out int before)
    {
        before = front.Length;
        return new Statement($"{front}{sql}{behind}", role);
    }

    /// <summary>Gives a table another name.</summary>
    /// <remarks>
    /// Quoted, because a keyword is a name behind a schema's dot and none here; a warehouse for which quotes make another name overrides
    /// it.
    /// </remarks>
    protected virtual Statement Rename(TableName table, Identifier name, StatementRole role) =>
        new($"ALTER TABLE {table} RENAME TO {Identifier.Quote(name.Text)}", role);

    /// <summary>Gives a table a comment.</summary>
    protected virtual Statement Comment(TableName table, string comment) =>
        new($"COMMENT ON TABLE {table} IS {Literal(comment)}", StatementRole.Marker);

    // An index keeps its table from being renamed, and its name is unique in the schema: so it is dropped first and made again on the new
    // table.
    private IEnumerable<Statement> Swap(TableName target, string generation, CatalogEntry entry, StatementRole role)
    {
        var aside = target with { Table = Aside(generation) };
        return
        [
            .. entry.Indexes.Select(index => new Statement($"DROP INDEX {index.Name}", StatementRole.Drop)),
            Rename(target, aside.Table, role),
            Rename(target.Staging, target.Table, role),
            Rename(aside, target.Staging.Table, role),
            .. entry.Indexes.Select(index => index.Create),
        ];
    }

    private static Identifier Aside(string generation) =>
        Identifier.TryParse(Identifier.Quote($"eltps_{generation}"), out var name)
            ? name
            : throw new ArgumentException($"'{generation}' makes no table name.", nameof(generation));
}
