using EltPs.Engine.Events;
using EltPs.Engine.Names;
using EltPs.Engine.Warehouses;
using EltPs.Tests.DuckDb;
using EltPs.Tests.Snowflake.StandIn;
using EltPs.Tests.Support;
using EltPs.Warehouses.Snowflake;
using EltPs.Warehouses.Snowflake.SqlApi;
using Xunit;

namespace EltPs.Tests.Snowflake;

/// <summary>The client under test against a stand-in, both on a clock on which nobody waits.</summary>
internal sealed class ClientTest : IAsyncDisposable
{
    public const string Ctas = "CREATE OR REPLACE TABLE analytics.temp_t AS SELECT 1 AS i";

    public ClientTest(IStandInWarehouse? warehouse = null, ITokenSource? tokens = null, SqlApiLimits? limits = null, string timeZone = "UTC")
    {
        Server = SqlApiServer.Start(warehouse ?? ScriptedWarehouse.Accepting, Clock);
        Options = CreateOptions(Server.Endpoint);
        var key = TestKey.Create();
        Server.SignIn.Register("XY12345.LOADER", key);
        Client = new SqlApiClient(
            Options,
            timeZone,
            tokens ?? new KeyPairTokens(Options.Account, Options.User!, key, Clock),
            Clock,
            limits ?? SqlApiLimits.Default);
    }

    public SkippingClock Clock { get; } = new();

    public SqlApiServer Server { get; }

    public SnowflakeOptions Options { get; }

    public SqlApiClient Client { get; }

    public TraceObserver Trace { get; } = new();

    public IEnumerable<LoggedRequest> Submits => Server.Requests.Where(request => request.IsSubmit);

    public static SnowflakeOptions CreateOptions(Uri endpoint) => new()
    {
        Name = "snowflake_conn",
        Account = "xy12345.eu-central-1",
        Endpoint = endpoint,
        Authenticator = SnowflakeAuthenticator.KeyPair,
        UsesDriver = false,
        User = "loader",
        Role = "ELT",
        Warehouse = "ELT_WH",
        Database = "PROD",
        BaseFolder = AppContext.BaseDirectory,
    };

    public WorkScope Scope(TimeSpan? limit = null) => new(Trace)
    {
        Pipeline = "RunELT_Alert",
        RunId = "20261124T030000-abcd",
        Table = TableName.TryParse("analytics.t", out var name) ? name : null,
        Step = EltStep.Stage,
        Deadline = Deadline.In(limit ?? TimeSpan.FromHours(1), Clock),
    };

    public Task<SnowflakeResult> ChangeAsync(string statement = Ctas, TimeSpan? limit = null, CancellationToken? token = null) =>
        Client.ExecuteAsync(SnowflakeRequest.Change(statement), Scope(limit), token ?? TestContext.Current.CancellationToken);

    public Task<SnowflakeResult> QueryAsync(string statement = "SELECT 1", TimeSpan? limit = null, CancellationToken? token = null) =>
        Client.ExecuteAsync(SnowflakeRequest.Query(statement), Scope(limit), token ?? TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        await Client.DisposeAsync();
        await Server.DisposeAsync();
    }
}
