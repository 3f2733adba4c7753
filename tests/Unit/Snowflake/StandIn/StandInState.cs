namespace EltPs.Tests.Snowflake.StandIn;

/// <summary>What the statements of a stand-in share.</summary>
internal sealed class StandInState : IDisposable
{
    private readonly List<string> _effects = [];

    public StandInState() => Queries = new QueryText(Store, (name, context) => SessionFunctions.GetValueOrDefault(name)?.Invoke(context));

    /// <summary>Guards <see cref="Store"/>. Held for the moment of a change, never while a query runs.</summary>
    public Lock Gate { get; } = new();

    public ObjectStore Store { get; } = new();

    public RowEngine Rows { get; } = new();

    public QueryText Queries { get; }

    /// <summary>The statements that changed something, those within blocks too.</summary>
    public IReadOnlyList<string> Effects
    {
        get
        {
            lock (Gate)
            {
                return [.. _effects];
            }
        }
    }

    /// <summary>What the context functions give, as literals of DuckDB's.</summary>
    public Dictionary<string, Func<StatementContext, string>> SessionFunctions { get; } = new(StringComparer.Ordinal)
    {
        ["CURRENT_ORGANIZATION_NAME"] = _ => "'MYORG'",
        ["CURRENT_ACCOUNT_NAME"] = _ => "'MYACCOUNT'",
        ["CURRENT_ACCOUNT"] = _ => "'AB12345'",
        ["CURRENT_REGION"] = _ => "'AWS_EU_CENTRAL_1'",
        ["CURRENT_VERSION"] = _ => "'10.2.1'",
        ["CURRENT_TIMESTAMP"] = _ => "current_timestamp",
        ["CURRENT_DATE"] = _ => "current_date",
        ["CURRENT_USER"] = _ => "'ELT_USER'",
        ["CURRENT_ROLE"] = context => Literal(NameResolution.Role(context)),
        ["CURRENT_WAREHOUSE"] = context => Literal(context.Warehouse),
        ["CURRENT_DATABASE"] = context => Literal(context.Database),
        ["CURRENT_SCHEMA"] = context => Literal(context.Schema),
    };

    /// <summary>Changes the catalogue: at once for all others, and told of in <see cref="Effects"/>.</summary>
    public QueryResult Change(string statement, Func<string> change, CancellationToken ct)
    {
        lock (Gate)
        {
            if (ct.IsCancellationRequested)
            {
                throw Refusal.Canceled();
            }

            var status = change();
            _effects.Add(statement);
            return QueryResult.Status(status);
        }
    }

    /// <summary>A query's text in DuckDB's words.</summary>
    public string Translate(string query, StatementContext context)
    {
        lock (Gate)
        {
            return Queries.Translate(query, context);
        }
    }

    public void Dispose() => Rows.Dispose();

    private static string Literal(string? value) => value is null ? "CAST(NULL AS VARCHAR)" : SnowflakeLiteral.ForDuckDb(value);
}
