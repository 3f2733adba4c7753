namespace EltPs.Tests.Snowflake.StandIn;

/// <summary>CREATE TABLE in its variants, and the CREATE VIEW and CREATE SCHEMA that tests begin with.</summary>
internal sealed class CreateStatement(StandInState state)
{
    public QueryResult Run(string statement, StatementReader reader, StatementContext context, CancellationToken ct)
    {
        reader.Expect("CREATE");
        var orReplace = reader.Accept("OR", "REPLACE");
        if (TableDraftReader.TryRead(reader, orReplace, context) is { } draft)
        {
            return CreateTable(statement, draft, context, ct);
        }

        if (reader.Accept("VIEW"))
        {
            return CreateView(statement, reader, orReplace, context, ct);
        }

        reader.Expect("SCHEMA");
        var ifNotExists = reader.Accept("IF", "NOT", "EXISTS");
        var path = NameResolution.Schema(reader.ReadParts(), context);
        reader.ExpectEnd();
        return state.Change(statement, () =>
        {
            if (!state.Store.HasSchema(path.Database, path.Schema))
            {
                state.Store.AddSchema(path.Database, path.Schema);
            }
            else if (!ifNotExists)
            {
                throw Refusal.AlreadyThere(path.SchemaName);
            }

            return $"Schema {path.Schema} successfully created.";
        }, ct);
    }

    private QueryResult CreateTable(string statement, TableDraft draft, StatementContext context, CancellationToken ct)
    {
        WarehouseObject made;
        string rows;
        lock (state.Gate)
        {
            if (EnsureFree(draft, context) is not null && draft.IfNotExists)
            {
                return QueryResult.Status($"{draft.Path.Name} already exists, statement succeeded.");
            }

            (made, rows) = Draw(draft, context);
        }

        // Not under the lock: a long query keeps nobody from reading.
        state.Rows.Run(rows, context, ct);
        return state.Change(statement, () =>
        {
            var role = NameResolution.Role(context);
            var schema = state.Store.Schema(draft.Path, role);
            var replaced = EnsureFree(draft, context);
            if (replaced is not null && draft.IfNotExists)
            {
                return $"{draft.Path.Name} already exists, statement succeeded.";
            }

            var source = draft.Source is { } from ? state.Store.Find(from, role) : null;
            Endow(made, draft.CopyGrants ? (replaced ?? source)?.Grants ?? WarehouseObject.NoGrants() : schema.FutureGrants);
            schema.Drop(draft.Path.Name);
            schema.Objects[draft.Path.Name] = made;
            return $"Table {draft.Path.Name} successfully created.";
        }, ct);
    }

    // The table as it will be, all but its grants, and the statement that gives it its rows.
    private (WarehouseObject Made, string Rows) Draw(TableDraft draft, StatementContext context)
    {
        var role = NameResolution.Role(context);
        var source = draft.Source is { } path ? SourceTable(draft, path, role) : null;
        var made = new WarehouseObject(state.Store.NextId())
        {
            Owner = role,
            Type = draft.IsTemporary ? WarehouseObject.TemporaryTable : WarehouseObject.BaseTable,
            IsTransient = draft.IsTransient,
            Comment = draft.Comment ?? source?.Comment,
            ClusteringKey = draft.ClusterBy is { } key ? $"LINEAR({key})" : source?.ClusteringKey,
            Policies = draft.IsClone ? [.. source!.Policies] : [],
        };
        var rows = (source, draft.Columns) switch
        {
            ({ } from, _) => $"AS SELECT * FROM {from.Store}{(draft.IsClone ? string.Empty : " LIMIT 0")}",
            (_, { } columns) => $"({columns})",
            _ => $"AS {state.Queries.Translate(draft.Query!, context)}",
        };
        return (made, $"CREATE TABLE {made.Store} {rows}");
    }

    private WarehouseObject SourceTable(TableDraft draft, ObjectPath path, string role)
    {
        var source = state.Store.Readable(path, role);
        if (source.IsView)
        {
            throw Refusal.WrongKind(source.Type, "TABLE");
        }

        // Snowflake documentation, "CREATE <object> … CLONE": a transient table is cloned to a transient or a temporary one, a temporary
        // one likewise.
        var isShortLived = source.IsTransient || source.Type == WarehouseObject.TemporaryTable;
        return draft.IsClone && isShortLived && !draft.IsTransient && !draft.IsTemporary
            ? throw new Refusal("002119", "0A000", "SQL compilation error:\nTransient object cannot be cloned to a permanent object.")
            : source;
    }

    // What stands at the name and may be replaced, or lets the statement do nothing.
    private WarehouseObject? EnsureFree(TableDraft draft, StatementContext context)
    {
        var (path, role) = (draft.Path, NameResolution.Role(context));
        if (!state.Store.Schema(path, role).Allows("CREATE TABLE", role))
        {
            throw Refusal.NoPrivilege("schema", path.Schema);
        }

        var there = state.Store.At(path, role);
        if (there is null || draft.IfNotExists)
        {
            return there;
        }

        if (!draft.OrReplace)
        {
            throw Refusal.AlreadyThere(path);
        }

        if (there.IsView || there.IsDynamic)
        {
            throw new Refusal(
                "001998",
                "42710",
                $"SQL compilation error:\nObject '{path.Name}' already exists as {(there.IsView ? "VIEW" : "DYNAMIC_TABLE")}");
        }

        return there.IsOwnedBy(role) ? there : throw Refusal.NoPrivilege("table", path.Name);
    }

    private static void Endow(WarehouseObject made, IEnumerable<Grant> grants)
    {
        foreach (var grant in grants)
        {
            if (grant.Privilege == "OWNERSHIP")
            {
                made.Owner = grant.Role;
            }
            else
            {
                made.Grants.Add(grant);
            }
        }
    }

    private QueryResult CreateView(string statement, StatementReader reader, bool orReplace, StatementContext context, CancellationToken ct)
    {
        var path = reader.ReadPath(context);
        reader.Expect("AS");
        var query = reader.ReadRest();
        state.Rows.Run($"EXPLAIN {state.Translate(query, context)}", context, ct);
        return state.Change(statement, () =>
        {
            var role = NameResolution.Role(context);
            var schema = state.Store.Schema(path, role);
            if (schema.Objects.TryGetValue(path.Name, out var there) && !(orReplace && there.IsView))
            {
                throw Refusal.AlreadyThere(path);
            }

            schema.Objects[path.Name] = new WarehouseObject(state.Store.NextId())
            {
                Owner = role,
                Type = WarehouseObject.View,
                Definition = (query, context),
            };
            return $"View {path.Name} successfully created.";
        }, ct);
    }
}
