using System.Globalization;

using EltPs.Engine.Definitions;
using EltPs.Engine.Names;
using EltPs.Engine.Sql;
using EltPs.Engine.Warehouses;

namespace EltPs.Warehouses.Snowflake;

/// <summary>Snowflake's SQL for each verb.</summary>
/// <remarks>
/// Every DDL statement is a transaction of its own there (Snowflake documentation, "Transactions"), so nothing is gained by BEGIN and
/// COMMIT. What must not come apart is one statement (SWAP WITH, RENAME, CREATE OR REPLACE), and <see cref="GuardedBlock"/> puts the
/// compare in front of it.
/// </remarks>
internal sealed class SnowflakeDialect : IDialect
{
    // Unquoted names are stored in upper case, quoted ones as they are, and none has more than 255 characters
    // (Snowflake documentation, "Identifier requirements").
    /// <inheritdoc/>
    public IdentifierRules Identifiers { get; } = new(SnowflakeText.Fold, 255);

    /// <inheritdoc/>
    public SqlSyntax Syntax => SqlSyntax.Snowflake;

    /// <inheritdoc/>
    public bool HasTransactionalDdl => false;

    /// <inheritdoc/>
    public IReadOnlyList<Statement> BeginTogether => [];

    /// <inheritdoc/>
    /// <remarks>What was replaced and is not to be kept goes when nothing can fail any more: until then it may have to come back.</remarks>
    public IReadOnlyList<Statement> EndTogether(IReadOnlyList<(PublishRequest Request, CatalogEntry? Target)> published)
    {
        ArgumentNullException.ThrowIfNull(published);
        return
        [
            .. published
                .Where(table => table is { Request.KeepPrevious: false, Target: not null })
                .Select(table => new Statement(DropPrevious(table.Request), StatementRole.Drop)),
        ];
    }

    /// <inheritdoc/>
    /// <remarks>
    /// Privileges belong to the table object, so the published name gets those of the staging table with the swap. COPY GRANTS takes them
    /// from the table that is replaced, and from LIKE's source only where none is (Snowflake documentation, "CREATE TABLE"): so the staging
    /// table of the last run, with its stale grants, is dropped first, then made like the published one, and replaced by the query's
    /// result.
    /// </remarks>
    public IReadOnlyList<Statement> Stage(StageRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        var staging = request.Target.Staging;
        var kind = Kind(request.TargetEntry?.IsTransient ?? request.Transient);
        var clusterBy = request.ClusterBy.Count == 0 ? string.Empty : $"\nCLUSTER BY ({string.Join(", ", request.ClusterBy)})";

        // A clone takes the grants of the table that it replaces by itself.
        var takesGrants = request.TargetEntry is not null && request.Method == PublishMethod.Swap;

        // The line break ends a comment that the query may end with.
        var create = new Statement(
            $"""
            CREATE OR REPLACE {kind} {staging}{clusterBy}{(takesGrants ? "\nCOPY GRANTS" : string.Empty)}
            COMMENT = {SnowflakeText.Literal(request.Comment)}
            AS
            {request.Sql}

            """,
            StatementRole.Stage);
        return takesGrants
            ?
            [
                new Statement(Drop(staging), StatementRole.Drop),
                new Statement($"CREATE TABLE {staging} LIKE {request.Target} COPY GRANTS", StatementRole.Claim),
                new Statement(Comment(staging, request.UnfinishedComment), StatementRole.Marker),
                create,
            ]
            : [create];
    }

    /// <inheritdoc/>
    /// <remarks>The rows and, in the same request, what stands at both names.</remarks>
    public Statement Count(TableName target)
    {
        ArgumentNullException.ThrowIfNull(target);
        return new Statement(
            $"""
            SELECT
                (SELECT COUNT(*) FROM {target.Staging}) AS row_count,
                {SnowflakeCatalog.Columns}
            FROM {SnowflakeText.InformationSchema(target)}.tables
            WHERE {SnowflakeCatalog.IsPair(target, target.Staging)}
            """,
            StatementRole.Count);
    }

    /// <inheritdoc/>
    public IReadOnlyList<Statement> Publish(PublishRequest request, CatalogEntry? target) =>
        [new Statement(PublishBlock(request, target), StatementRole.Publish)];

    /// <summary>The one statement that publishes.</summary>
    public static string PublishBlock(PublishRequest request, CatalogEntry? target)
    {
        ArgumentNullException.ThrowIfNull(request);
        var name = request.Target;
        var claimed = GuardedBlock.Claimed(name, request.Generation);
        var guard = new GenerationGuard(request.Generation, request.Replaces)
        {
            Rows = request.Rows?.ToString(CultureInfo.InvariantCulture) ?? PublishRequest.RowsPlaceholder,
        };
        if (target is null)
        {
            return GuardedBlock.Text(name.Staging, name, claimed, guard, Rename(claimed, name), then: null);
        }

        var (swap, then) = request.Method switch
        {
            PublishMethod.Clone => (
                $"CREATE OR REPLACE {Kind(target.IsTransient ?? false)} {name} CLONE {claimed} COPY GRANTS", Drop(claimed)),
            _ => (
                Swap(name, claimed), request.KeepPrevious || request.Together ? Rename(claimed, name.Staging) : Drop(claimed)),
        };
        return GuardedBlock.Text(name.Staging, name, claimed, guard, swap, then);
    }

    /// <inheritdoc/>
    public IReadOnlyList<Statement> Undo(UndoRequest request, UndoPlan plan, CatalogEntry target) =>
        [new Statement(UndoBlock(request, plan, target), StatementRole.Undo)];

    /// <summary>The one statement that undoes.</summary>
    /// <remarks>The comment before the swap: if the swap then fails, the same undo can be tried again.</remarks>
    public static string UndoBlock(UndoRequest request, UndoPlan plan, CatalogEntry target)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(target);
        var guard = new GenerationGuard(target.Marker?.Replaces ?? GenerationMarker.Unmarked, plan.Withdrawn);
        var claimed = GuardedBlock.Claimed(request.Target, plan.Restored);
        return GuardedBlock.Text(
            request.Target.Staging,
            request.Target,
            claimed,
            guard,
            $"{Comment(claimed, plan.RestoredComment)};\n{Swap(request.Target, claimed)}",
            then: Rename(claimed, request.Target.Staging));
    }

    /// <inheritdoc/>
    public Statement MarkStaging(TableName target, string comment)
    {
        ArgumentNullException.ThrowIfNull(target);
        return new Statement(Comment(target.Staging, comment), StatementRole.Marker);
    }

    /// <inheritdoc/>
    public Statement DropStaging(TableName target)
    {
        ArgumentNullException.ThrowIfNull(target);
        return new Statement(Drop(target.Staging), StatementRole.Drop);
    }

    /// <summary>The statement that drops a staging table if it still is that generation.</summary>
    public static string DropGeneration(TableName target, string generation)
    {
        var claimed = GuardedBlock.Claimed(target, generation);
        return GuardedBlock.Text(
            target.Staging,
            target,
            claimed,
            new GenerationGuard(generation, Published: null),
            Drop(claimed),
            then: null);
    }

    /// <summary>The statement that drops what a publish replaced, if that still is what stands at the staging name.</summary>
    public static string DropPrevious(PublishRequest request)
    {
        var claimed = GuardedBlock.Claimed(request.Target, request.Generation);
        var guard = new GenerationGuard(request.Replaces, request.Generation);
        return GuardedBlock.Text(request.Target.Staging, request.Target, claimed, guard, Drop(claimed), then: null);
    }

    /// <summary>The statement that takes a publish back, if both sides still are what it made them.</summary>
    /// <remarks>Unlike an undo it changes no comment: what was published before is as if nothing had been.</remarks>
    public static string TakeBack(PublishRequest request)
    {
        var name = request.Target;
        var claimed = GuardedBlock.Claimed(name, request.Generation);
        return request.Replaces == GenerationMarker.First
            ? GuardedBlock.Text(
                name,
                name.Staging,
                claimed,
                new GenerationGuard(request.Generation, GenerationMarker.First),
                Rename(claimed, name.Staging),
                then: null)
            : GuardedBlock.Text(
                name.Staging,
                name,
                claimed,
                new GenerationGuard(request.Replaces, request.Generation),
                Swap(name, claimed),
                then: Rename(claimed, name.Staging));
    }

    /// <summary>The same for a person who has looked at the comments.</summary>
    public static string TakeBackByHand(PublishRequest request) => request.Replaces == GenerationMarker.First
        ? Rename(request.Target, request.Target.Staging)
        : Swap(request.Target, request.Target.Staging);

    private static string Kind(bool isTransient) => isTransient ? "TRANSIENT TABLE" : "TABLE";

    private static string Swap(TableName name, TableName other) => $"ALTER TABLE {name} SWAP WITH {other}";

    private static string Rename(TableName name, TableName other) => $"ALTER TABLE {name} RENAME TO {other}";

    private static string Drop(TableName name) => $"DROP TABLE IF EXISTS {name}";

    private static string Comment(TableName name, string comment) => $"COMMENT ON TABLE {name} IS {SnowflakeText.Literal(comment)}";
}
