namespace EltPs.Tests.Snowflake.StandIn;

/// <summary>GRANT and REVOKE on a table, on a schema's future tables and on a schema.</summary>
/// <remarks>Source: Snowflake documentation, "GRANT &lt;privileges&gt; … TO ROLE".</remarks>
internal sealed class GrantStatement(StandInState state)
{
    public QueryResult Run(string statement, StatementReader reader, StatementContext context, CancellationToken ct)
    {
        var isGrant = reader.Accept("GRANT");
        if (!isGrant)
        {
            reader.Expect("REVOKE");
        }

        var privileges = new List<string>();
        do
        {
            var start = reader.At;
            while (!reader.IsAtEnd && !reader.IsNext(",") && !reader.IsNext("ON"))
            {
                reader.At++;
            }

            privileges.Add(reader.Slice(start, reader.At).ToUpperInvariant());
        }
        while (reader.Accept(","));

        reader.Expect("ON");
        var find = ReadHolder(reader, context);
        reader.Expect(isGrant ? "TO" : "FROM");
        reader.Accept("ROLE");
        var role = reader.ReadName();
        reader.ExpectEnd();
        return state.Change(statement, () =>
        {
            var (grants, table) = find();
            foreach (var privilege in privileges)
            {
                Apply(isGrant, new Grant(privilege, role), grants, table);
            }

            return "Statement executed successfully.";
        }, ct);
    }

    private Func<(SortedSet<Grant> Grants, WarehouseObject? Table)> ReadHolder(StatementReader reader, StatementContext context)
    {
        var role = NameResolution.Role(context);
        var isFuture = reader.Accept("FUTURE", "TABLES", "IN", "SCHEMA");
        if (isFuture || reader.Accept("SCHEMA"))
        {
            var schema = NameResolution.Schema(reader.ReadParts(), context);
            return () => (isFuture ? state.Store.Schema(schema, role).FutureGrants : state.Store.Schema(schema, role).Grants, null);
        }

        reader.Accept("TABLE");
        var path = reader.ReadPath(context);
        return () =>
        {
            var table = state.Store.OwnedTable(path, role);
            return (table.Grants, table);
        };
    }

    private static void Apply(bool isGrant, Grant grant, SortedSet<Grant> grants, WarehouseObject? table)
    {
        if (table is not null && isGrant && grant.Privilege == "OWNERSHIP")
        {
            table.Owner = grant.Role;
        }
        else if (isGrant)
        {
            grants.Add(grant);
        }
        else
        {
            grants.Remove(grant);
        }
    }
}
