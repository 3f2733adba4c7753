using System.Diagnostics;
using System.Globalization;
using EltPs.Engine.Definitions;
using EltPs.Engine.Events;
using EltPs.Engine.Runs;
using EltPs.Engine.Warehouses;
using EltPs.Tests.Snowflake.StandIn;
using EltPs.Warehouses;

namespace EltPs.Bench;

/// <summary>
/// What a table costs on Snowflake in requests, and in time where each of them takes a while: EltPs, and a job that signs in and sends its four
/// statements one by one. Both against the account that stands in for Snowflake in the tests, so its own speed is not Snowflake's.
/// </summary>
internal static class SnowflakeBench
{
    private const string Token = "bench-token";
    private const int Tables = 10;

    public static async Task RunAsync(string folder, BenchOptions options)
    {
        using var catalogue = new StandInCatalogue();
        catalogue.Run("CREATE SCHEMA analytics");
        catalogue.Run("CREATE SCHEMA plain");
        catalogue.Run("CREATE SCHEMA raw_data");
        catalogue.Run("CREATE TABLE raw_data.events AS SELECT 1 AS n");
        var file = Path.Combine(folder, "token");
        await File.WriteAllTextAsync(file, Token);
        foreach (var latency in new[] { 0, 20, 100 })
        {
            await using var server = SqlApiServer.Start(catalogue);
            server.SignIn.Accept("PROGRAMMATIC_ACCESS_TOKEN", Token);
            if (latency > 0)
            {
                server.Faults.On(_ => true, new Fault.Latency(TimeSpan.FromMilliseconds(latency)), times: FaultRules.Forever);
            }

            await CompareAsync(server, BenchPipeline.Of(Connection(server, file, folder), Names("analytics"), BenchPipeline.Source("raw_data.events", "-", folder)), latency, options.Rounds ?? 7);
        }
    }

    private static async Task CompareAsync(SqlApiServer server, PipelineDefinition pipeline, int latency, int rounds)
    {
        // The first run publishes for the first time; from the second one on all send the same.
        await RunOursAsync(pipeline);
        await RunOursAsync(pipeline);
        using var job = new PlainJob(server.Endpoint, Token);
        await job.RunAsync(Names("plain"));
        var (ours, theirs) = (new List<double>(), new List<double>());
        var (ourRequests, theirRequests) = (0, 0);
        for (var round = 0; round < rounds; round++)
        {
            (ourRequests, var elapsed) = await MeasureAsync(server, () => RunOursAsync(pipeline));
            ours.Add(elapsed);
            (theirRequests, elapsed) = await MeasureAsync(server, () => job.RunAsync(Names("plain")));
            theirs.Add(elapsed);
        }

        var prepare = ourRequests - (3 * Tables);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"snowflake: {Tables} tables, {latency} ms a request, {rounds} "
            + $"rounds; median (lowest to highest)"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  EltPs      {ourRequests,3} requests: {prepare} before the first "
            + $"table, then {(ourRequests - prepare) / (double)Tables:0.0} a table   {Spread.Of(ours).Show("0.000")} s"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  plain job  {theirRequests,3} requests: "
            + $"{theirRequests / (double)Tables:0.0} a table                               {Spread.Of(theirs).Show("0.000")} s"));
        Console.WriteLine($"  ratio      {Spread.Of(ours.Zip(theirs, (mine, other) => mine / other)).Show("0.00")}");
    }

    private static async Task<(int Requests, double Seconds)> MeasureAsync(SqlApiServer server, Func<Task> work)
    {
        var before = server.Requests.Count;
        var started = Stopwatch.GetTimestamp();
        await work();
        return (server.Requests.Count - before, Stopwatch.GetElapsedTime(started).TotalSeconds);
    }

    private static async Task RunOursAsync(PipelineDefinition pipeline)
    {
        var provider = new WarehouseRegistry().Find(pipeline.Session.Connection.Type)!;
        var result = await new PipelineRunner(provider, TimeProvider.System, SilentObserver.Instance).RunAsync(pipeline, new RunOptions(), CancellationToken.None);
        if (!result.IsSuccess)
        {
            throw new InvalidOperationException(result.Error?.Message ?? result.ToString());
        }
    }

    private static IEnumerable<(string Name, string Sql)> Names(string schema) =>
        Enumerable.Range(0, Tables).Select(i => ($"{schema}.t_{i}", $"SELECT n + {i} AS n FROM raw_data.events"));

    private static ConnectionDefinition Connection(SqlApiServer server, string tokenFile, string folder) => new(
        "bench",
        "Snowflake",
        new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
        {
            ["Account"] = "myorg-bench",
            ["Authenticator"] = "PROGRAMMATIC_ACCESS_TOKEN",
            ["Token"] = $"file:{tokenFile}",
            ["Host"] = server.Endpoint.Host,
            ["Port"] = server.Endpoint.Port.ToString(CultureInfo.InvariantCulture),
            ["Protocol"] = "http",
            ["Database"] = StandInCatalogue.Database,
        },
        folder);
}
