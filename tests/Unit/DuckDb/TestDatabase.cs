using DuckDB.NET.Data;
using EltPs.Engine.Definitions;
using EltPs.Engine.Events;
using EltPs.Engine.Names;
using EltPs.Engine.Warehouses;
using EltPs.Tests.Support;
using EltPs.Warehouses;
using Xunit;

namespace EltPs.Tests.DuckDb;

/// <summary>A real DuckDB file in a folder of its own, the session under test on it, and a plain connection beside it.</summary>
internal sealed class TestDatabase : IAsyncDisposable
{
    private readonly DuckDBConnection _side;

    private TestDatabase(TemporaryFolder folder, SessionSettings settings, IWarehouse warehouse)
    {
        Folder = folder;
        Settings = settings;
        Warehouse = warehouse;
        _side = Connect();
    }

    public static IWarehouseProvider Provider { get; } = new WarehouseRegistry().Find("duckdb")!;

    public TemporaryFolder Folder { get; }

    public SessionSettings Settings { get; }

    public IWarehouse Warehouse { get; }

    public TraceObserver Trace { get; } = new();

    public WorkScope Scope => new(Trace);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<TestDatabase> OpenAsync(string timeZone = "UTC", string folderName = "")
    {
        var folder = new TemporaryFolder(folderName);
        var settings = new SessionSettings(ConnectionDefinition.Embedded("test.duckdb", folder.Path), timeZone, []);
        var warehouse = await Provider.OpenAsync(settings, SessionMode.ReadWrite, new WorkScope(SilentObserver.Instance), Token);
        return new TestDatabase(folder, settings, warehouse);
    }

    public static TableName Name(string text) =>
        TableName.TryParse(text, out var name) ? name : throw new ArgumentException(text, nameof(text));

    /// <summary>Another connection of this process to the same database.</summary>
    public DuckDBConnection Connect()
    {
        var connection = new DuckDBConnection($"Data Source={Folder.File("test.duckdb")}");
        connection.Open();
        return connection;
    }

    /// <summary>Runs SQL as somebody else would.</summary>
    public void Run(string sql)
    {
        using var command = _side.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    /// <summary>Reads one value as somebody else would.</summary>
    public object? Read(string sql)
    {
        using var command = _side.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }

    /// <summary>The only value of a query, in the session under test (where its functions and its time zone are), as text.</summary>
    public async Task<string?> EvaluateAsync(string expression)
    {
        var name = Name("main.evaluated");
        await Warehouse.StageAsync(new StageRequest(name, $"SELECT CAST({expression} AS VARCHAR) AS it", "", null, false), Scope, Token);
        return Read("SELECT it FROM main.temp_evaluated") as string;
    }

    public async Task<CatalogEntry?> FindAsync(string name) =>
        (await Warehouse.LookUpAsync([Name(name)], Scope, Token)).Find(Name(name));

    /// <summary>Stages as the engine does, and gives the request that publishes it.</summary>
    public async Task<PublishRequest> StageAsync(string table, string sql, bool keepPrevious = true, CancellationToken? token = null)
    {
        var name = Name(table);
        var catalog = await Warehouse.LookUpAsync([name, name.Staging], Scope, Token);
        var target = catalog.Find(name);
        var marker = new GenerationMarker(name.ToString(), Guid.CreateVersion7().ToString(), GenerationRule.Replaces(target), "run-1");
        var comment = marker.ToComment(GenerationMarker.UserComment(target?.Comment));
        await Warehouse.StageAsync(new StageRequest(name, sql, comment, target, catalog.IsSchemaMissing(name)), Scope, token ?? Token);
        return new PublishRequest(name, marker.Generation, marker.Replaces, keepPrevious);
    }

    public Task PublishAsync(PublishRequest request) => Warehouse.PublishAsync(request, Scope, Token);

    public async Task<PublishRequest> BuildAsync(string table, string sql, bool keepPrevious = true)
    {
        var request = await StageAsync(table, sql, keepPrevious);
        await PublishAsync(request);
        return request;
    }

    public Task<UndoPlan> UndoAsync(string table, string? generation = null) =>
        Warehouse.UndoAsync(new UndoRequest(Name(table), generation), Scope, Token);

    /// <summary>Fails unless the session under test can begin a transaction: one is open at most.</summary>
    public async Task AssertNoOpenTransactionAsync()
    {
        await Warehouse.StageAsync(new StageRequest(Name("main.probe"), "SELECT 1 AS i", "", null, false), Scope, Token);
        await Warehouse.StageAsync(new StageRequest(Name("main.probe"), "SELECT 2 AS i", "", null, false), Scope, Token);
        Assert.Equal(2, Read("SELECT i FROM main.temp_probe"));
    }

    public async ValueTask DisposeAsync()
    {
        await _side.DisposeAsync();
        await Warehouse.DisposeAsync();
        Folder.Dispose();
    }
}
