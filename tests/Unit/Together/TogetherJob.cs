using EltPs.Engine.Journal;
using EltPs.Engine.Runs;
using EltPs.Tests.Cmdlets;
using Xunit;

namespace EltPs.Tests.Together;

/// <summary>A job on DuckDB whose five tables are published together; the rows of each tell which run they are of.</summary>
internal sealed class TogetherJob : IDisposable
{
    public const string Keys = "; PublishTogether = $true";
    public static readonly string[] Names = ["a", "b", "c", "d", "e"];

    private readonly Job _job = new(Keys, Tables(1));

    public Job Job => _job;

    public StateFolder State => _job.State;

    public IReadOnlyList<JournaledRun> Runs => new RunHistory(State).Read(out _);

    /// <summary>The tables of one generation.</summary>
    public static (string Table, string Sql)[] Tables(int generation) => [.. Names.Select(name => (name, Sql(generation)))];

    /// <summary>The same, with another SQL for one of them.</summary>
    public static (string Table, string Sql)[] Tables(int generation, int other, string sql) =>
        [.. Names.Select((name, place) => (name, place == other ? sql : Sql(generation)))];

    /// <summary>Everything that is in the database: tables with markers and rows, indexes, views.</summary>
    public IReadOnlyList<string> Everything()
    {
        using var database = _job.Database.Open();
        return
        [
            .. database.Rows("SELECT schema_name, table_name, comment FROM duckdb_tables() ORDER BY ALL"),
            .. database.Rows("SELECT table_name, sql FROM duckdb_indexes() ORDER BY ALL"),
            .. database.Rows("SELECT view_name, sql FROM duckdb_views() WHERE NOT internal ORDER BY ALL"),
            .. database.Names().Where(name => !name.Contains(".v_", StringComparison.Ordinal))
                .SelectMany(name => database.Rows($"SELECT * FROM {name} ORDER BY ALL").Select(row => $"{name}: {row}")),
        ];
    }

    /// <summary>Runs the file, which must succeed.</summary>
    public RunResult Publish(int generation)
    {
        _job.Write(Tables(generation));
        return _job.Run("Invoke-EltPipeline job.psd1").Single<RunResult>();
    }

    /// <summary>Runs the file, which must fail.</summary>
    public RunResult Fail(string parameters = "")
    {
        var run = _job.Run($"Invoke-EltPipeline job.psd1 {parameters}");
        Assert.Single(run.Errors);
        return Assert.IsType<RunResult>(Assert.Single(run.Output));
    }

    public void Dispose() => _job.Dispose();

    private static string Sql(int generation) => $"SELECT {generation} AS g, range AS n, 'x' AS extra FROM range(3)";
}
