using EltPs.Tests.Samples;

namespace EltPs.Tests.Snowflake.StandIn;

/// <summary>
/// Behaves like Snowflake for the statements that EltPs and the job before it send, and refuses all others with Snowflake's codes.
/// </summary>
/// <remarks>
/// Grants, comments and rows belong to an object, and a name only leads to it: that is what SWAP WITH, RENAME, COPY GRANTS and CLONE are
/// about. Queries run for real, in DuckDB with EltPs's own macros. Thread-safe.
/// </remarks>
internal sealed class StandInCatalogue : IStandInWarehouse, IDisposable
{
    /// <summary>The database of the contexts that <see cref="Run"/> uses.</summary>
    public const string Database = "PROD";

    private readonly StandInState _state = new();
    private readonly Lock _testSide = new();
    private readonly List<string> _executed = [];
    private readonly List<StatementHold> _holds = [];
    private readonly List<(Predicate<string> Matches, Refusal Refusal)> _refusals = [];

    /// <summary>A catalogue with one database and no schema but PUBLIC.</summary>
    public StandInCatalogue() => _state.Store.AddSchema(Database, "PUBLIC");

    /// <summary>What the administrator, or another role, sends from a worksheet.</summary>
    public static StatementContext As(string role = ObjectStore.Administrator, string? database = Database) =>
        new(Guid.Empty, role, "COMPUTE_WH", database, null, null, null);

    /// <summary>Every statement that <see cref="Execute"/> was given, in order; a block is one.</summary>
    public IReadOnlyList<string> Executed
    {
        get
        {
            lock (_testSide)
            {
                return [.. _executed];
            }
        }
    }

    /// <summary>The statements that changed something, in order; those within blocks too, blocks themselves not.</summary>
    public IReadOnlyList<string> Effects => _state.Effects;

    public StatementOutcome Execute(string statement, StatementContext context, CancellationToken cancellationToken)
    {
        lock (_testSide)
        {
            _executed.Add(statement);
        }

        try
        {
            var result = RunOne(statement, context, isInBlock: false, cancellationToken);
            return StatementOutcome.Success(result.Columns, result.Rows) with { Types = result.Types };
        }
        catch (Refusal refusal)
        {
            return StatementOutcome.Failure(refusal.Code, refusal.SqlState, refusal.Message);
        }
    }

    /// <summary>
    /// Runs a statement of the test itself, recorded nowhere but in <see cref="Effects"/>; as the administrator unless another context is
    /// given.
    /// </summary>
    /// <exception cref="Refusal">It was refused.</exception>
    public IReadOnlyList<IReadOnlyList<string?>> Run(string statement, StatementContext? context = null) =>
        new Dispatcher(_state, (_, _, _) => { }).Run(statement, context ?? As(), isInBlock: false, CancellationToken.None).Rows;

    /// <summary>What stands at a name now, whoever may see it; null for nothing.</summary>
    public WarehouseObject? Find(string name)
    {
        lock (_state.Gate)
        {
            return _state.Store.Find(new StatementReader(name).ReadPath(As()), ObjectStore.Administrator)?.Snapshot();
        }
    }

    /// <summary>The explicit grants on what stands at a name, as <c>SELECT TO REPORTER</c>.</summary>
    public IReadOnlyList<string> Grants(string name) => [.. Find(name)?.Grants.Select(grant => grant.ToString()) ?? []];

    /// <summary>Changes what stands at a name in a way that no statement does: its kind, its policies, its owner.</summary>
    public void Change(string name, Action<WarehouseObject> change)
    {
        lock (_state.Gate)
        {
            change(
                _state.Store.Find(new StatementReader(name).ReadPath(As()), ObjectStore.Administrator)
                    ?? throw Refusal.Missing("Object", name));
        }
    }

    /// <summary>Makes a table of a CSV file with a header, and its schema.</summary>
    public void LoadCsv(string table, string path)
    {
        var name = new StatementReader(table).ReadPath(As());
        Run($"CREATE SCHEMA IF NOT EXISTS {name.SchemaName}");
        Run($"CREATE TABLE {table} AS SELECT * FROM read_csv('{path.Replace(@"\", @"\\", StringComparison.Ordinal)}')");
    }

    /// <summary>The sample's raw tables, and the schema that its table is built in.</summary>
    public void LoadSample()
    {
        LoadCsv("raw_data.session_timestamp", Path.Combine(MauSample.DataFolder, "session_timestamp.csv"));
        LoadCsv("raw_data.user_session_channel", Path.Combine(MauSample.DataFolder, "user_session_channel.csv"));
        Run("CREATE SCHEMA analytics");
    }

    /// <summary>
    /// Holds the next statement that matches, one within a block too: before it takes effect, or when it has and nobody knows yet.
    /// </summary>
    public StatementHold Hold(Predicate<string> matches, bool afterEffect = false)
    {
        var hold = new StatementHold(matches, afterEffect);
        lock (_testSide)
        {
            _holds.Add(hold);
        }

        return hold;
    }

    /// <summary>Refuses the next statement that matches, one within a block too, and lets it have no effect.</summary>
    public void Refuse(Predicate<string> matches, string code, string sqlState, string message)
    {
        lock (_testSide)
        {
            _refusals.Add((matches, new Refusal(code, sqlState, message)));
        }
    }

    public void Dispose() => _state.Dispose();

    private QueryResult RunOne(string statement, StatementContext context, bool isInBlock, CancellationToken ct) =>
        new Dispatcher(_state, Pass).Run(statement, context, isInBlock, ct);

    private void Pass(string statement, bool isAfterEffect, CancellationToken ct)
    {
        List<StatementHold> holds;
        lock (_testSide)
        {
            holds = [.. _holds];
            var refused = isAfterEffect ? -1 : _refusals.FindIndex(entry => entry.Matches(statement));
            if (refused >= 0)
            {
                var (_, refusal) = _refusals[refused];
                _refusals.RemoveAt(refused);
                throw refusal;
            }
        }

        foreach (var hold in holds)
        {
            hold.Pass(statement, isAfterEffect, ct);
        }

        if (!isAfterEffect && ct.IsCancellationRequested)
        {
            throw Refusal.Canceled();
        }
    }
}
