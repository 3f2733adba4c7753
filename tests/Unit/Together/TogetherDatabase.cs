using System.Globalization;
using EltPs.Engine.Definitions;
using EltPs.Engine.Events;
using EltPs.Engine.Runs;
using EltPs.Engine.Sql;
using EltPs.Engine.Templates;
using EltPs.Tests.DuckDb;
using Xunit;

namespace EltPs.Tests.Together;

/// <summary>A database that other connections of the process read while the engine runs three tables together on it.</summary>
internal sealed class TogetherDatabase : IAsyncDisposable
{
    public static readonly string[] Names = ["a", "b", "c"];

    private TogetherDatabase(TestDatabase database) => Database = database;

    public TestDatabase Database { get; }

    public static async Task<TogetherDatabase> OpenAsync() => new(await TestDatabase.OpenAsync());

    /// <summary>A run of one generation, of whose table one may fail.</summary>
    /// <param name="generation">What the rows of all tables say; each table has so many rows and a hundred.</param>
    /// <param name="fails">The place of the table whose SQL is refused at its last row; -1 for none.</param>
    /// <param name="observer">Who sees it.</param>
    /// <param name="token">Cancels.</param>
    /// <param name="timeout">How long a table may take.</param>
    public Task<RunResult> RunAsync(
        int generation,
        int fails = -1,
        IRunObserver? observer = null,
        CancellationToken? token = null,
        TimeSpan? timeout = null) =>
        new PipelineRunner(TestDatabase.Provider, TimeProvider.System, observer ?? SilentObserver.Instance).RunAsync(
            Pipeline(generation, fails, timeout ?? TableOptions.Timeout.IfMissing),
            new RunOptions(),
            token ?? TestContext.Current.CancellationToken);

    public ValueTask DisposeAsync() => Database.DisposeAsync();

    private PipelineDefinition Pipeline(int generation, int fails, TimeSpan timeout) => new()
    {
        Name = "job",
        Path = Database.Folder.File("job.psd1"),
        Session = Database.Settings,
        Schedule = new ScheduleDefinition(null, null, null, false),
        PublishTogether = true,
        Tables =
        [
            .. Names.Select((name, place) => new TableDefinition
            {
                Name = TestDatabase.Name($"analytics.{name}"),
                Query = SqlTemplate.Of(
                    Sql(generation, place) + (place == fails ? " UNION ALL SELECT CAST('no' AS INTEGER), 0" : string.Empty),
                    SqlSyntax.Standard),
                Session = Database.Settings,
                Timeout = timeout,
            }),
        ],
    };

    // The first table makes the rows, each other one reads the one before it.
    private static string Sql(int generation, int place) => place == 0
        ? string.Create(CultureInfo.InvariantCulture, $"SELECT {generation} AS generation, range AS i FROM range(100 + {generation})")
        : $"SELECT generation, i FROM analytics.{Names[place - 1]}";
}
