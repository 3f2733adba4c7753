using System.Globalization;
using EltPs.Engine.Definitions;
using EltPs.Engine.Errors;
using EltPs.Engine.Events;
using EltPs.Engine.Names;
using EltPs.Engine.Runs;
using EltPs.Engine.Sql;
using EltPs.Engine.Steps;
using EltPs.Engine.Templates;
using EltPs.Engine.Warehouses;
using EltPs.Tests.DuckDb;
using EltPs.Tests.Snowflake.StandIn;
using EltPs.Tests.Support;
using EltPs.Warehouses;
using Xunit;

namespace EltPs.Tests.Snowflake.Faults;

/// <summary>
/// An account with one raw table, and a pipeline of one table over it. Its runs are real ones over real HTTP, on a clock on which nobody
/// waits and which the server shares.
/// </summary>
internal sealed class PipelineScene : IAsyncDisposable
{
    public const string Table = "analytics.mau";
    public const string Staging = "analytics.temp_mau";
    private const string Role = "ELT";

    private readonly TemporaryFolder _folder = new();

    public PipelineScene()
    {
        using var key = TestKey.Create();
        Server = SqlApiServer.Start(Catalogue, Clock);
        Server.SignIn.Register("MYORG-TEST.ELTPS", key);
        _folder.File("eltps.p8", TestKey.Pem);
        foreach (var statement in (string[])
            [
                "CREATE SCHEMA raw_data", "CREATE SCHEMA analytics", "CREATE TABLE raw_data.events AS SELECT range AS n FROM range(100)",
                $"GRANT USAGE ON SCHEMA raw_data TO ROLE {Role}", $"GRANT SELECT ON TABLE raw_data.events TO ROLE {Role}",
                $"GRANT USAGE, CREATE TABLE ON SCHEMA analytics TO ROLE {Role}",
            ])
        {
            Catalogue.Run(statement);
        }
    }

    public SkippingClock Clock { get; } = new();

    public StandInCatalogue Catalogue { get; } = new();

    public SqlApiServer Server { get; }

    /// <summary>What the runs say; of all machines together.</summary>
    public TraceObserver Trace { get; } = new();

    /// <summary>The generation and the rows of the published table; null where there is none.</summary>
    public (string Generation, int Rows)? Published =>
        Catalogue.Find(Table) is { } table ? (GenerationMarker.Parse(table.Comment)!.Generation, Rows(Table)) : null;

    /// <summary>A pipeline whose table gets so many rows, so that the rows tell whose table it is.</summary>
    public PipelineDefinition Pipeline(int rows, TimeSpan? timeout = null)
    {
        var connection = new ConnectionDefinition(
            "snowflake_conn",
            "Snowflake",
            new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
            {
                ["Account"] = "myorg-test",
                ["User"] = "eltps",
                ["PrivateKeyFile"] = "eltps.p8",
                ["Role"] = Role,
                ["Warehouse"] = "COMPUTE_WH",
                ["Database"] = StandInCatalogue.Database,
                ["Protocol"] = "http",
                ["Host"] = "127.0.0.1",
                ["Port"] = Server.Endpoint.Port.ToString(CultureInfo.InvariantCulture),
            },
            _folder.Path);
        var limit = timeout ?? TableOptions.Timeout.IfMissing;
        var session = new SessionSettings(
            connection,
            SessionSettings.DefaultTimeZone,
            [new SourceDefinition(Name("raw_data.events"), "events.csv", _folder.Path, new SourceLocation("job.psd1", 3, 5))]);
        return new PipelineDefinition
        {
            Name = "job",
            Path = _folder.File("job.psd1"),
            Session = session,
            Schedule = new ScheduleDefinition(null, null, null, false),
            Timeout = limit,
            Tables =
            [
                new TableDefinition
                {
                    Name = Name(Table),
                    Query = SqlTemplate.Of($"SELECT n FROM raw_data.events WHERE n < {rows}", SqlSyntax.Snowflake),
                    Session = session,
                    Pipeline = "job",
                    Timeout = limit,
                },
            ],
        };
    }

    /// <summary>Runs a pipeline as a machine of its own does: with nothing kept from any other run.</summary>
    public Task<RunResult> RunAsync(PipelineDefinition pipeline, IRunObserver? observer = null, CancellationToken? token = null) =>
        new PipelineRunner(Provider(), Clock, observer ?? Trace).RunAsync(
            pipeline,
            new RunOptions(),
            token ?? TestContext.Current.CancellationToken);

    /// <summary>Swaps the previous generation back.</summary>
    public Task<PublishedTable> UndoAsync(CancellationToken? token = null)
    {
        var table = Pipeline(rows: 0).Tables[0];
        return new TableSwap(Clock, Trace).UndoAsync(
            table,
            new WarehouseSession(table.Session, Provider()),
            publishedGeneration: null,
            token ?? TestContext.Current.CancellationToken);
    }

    /// <summary>Runs a pipeline that must succeed.</summary>
    /// <returns>The generation that it published.</returns>
    public async Task<string> PublishAsync(int rows)
    {
        var result = await RunAsync(Pipeline(rows), SilentObserver.Instance);
        Assert.True(result.IsSuccess, result.Error?.Message);
        return result.Tables[0].Generation!;
    }

    /// <summary>The number of rows of a table.</summary>
    public int Rows(string table) => int.Parse(Catalogue.Run($"SELECT COUNT(*) FROM {table}")[0][0]!, CultureInfo.InvariantCulture);

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        Catalogue.Dispose();
        _folder.Dispose();
    }

    private IWarehouseProvider Provider() => new WarehouseRegistry(vault: null, Clock, _folder.File("no drivers")).Find("Snowflake")!;

    private static TableName Name(string text) =>
        TableName.TryParse(text, out var name) ? name : throw new ArgumentException(text, nameof(text));
}
