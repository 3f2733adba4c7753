using DuckDB.NET.Data;

using EltPs.Tests.Cmdlets;
using EltPs.Tests.Host;
using EltPs.Tests.Support;
using EltPs.Validation;
using Xunit;

namespace EltPs.Tests.Validation;

/// <summary>A test of a file leaves every byte of its folder as it was.</summary>
public sealed class NothingChangesTests : IDisposable
{
    private readonly Job _job = new();

    public NothingChangesTests()
    {
        _job.Keys = "; Sources = @{ 'raw.s' = 's.csv' }";
        _job.WriteText("s.csv", "id\n1\n");
        _job.Write(
            ("t", "SELECT id, 'new' AS c FROM raw.s"), ("fresh", "SELECT id FROM analytics.t"), ("bad", "SELECT nope FROM analytics.fresh"),
            ("worse", "SELECT * FROM read_csv('gone.csv')"), ("last", "SELECT id FROM analytics.fresh"));
    }

    public void Dispose() => _job.Dispose();

    [Fact]
    public void No_database_is_made()
    {
        var before = _job.Snapshot();

        Assert.Equal(2, Test().Errors.Count);

        Assert.Equal(before, _job.Snapshot());
        Assert.False(File.Exists(_job.Database.Path));
    }

    [Fact]
    public void The_database_is_the_same_byte_for_byte()
    {
        _job.Database.Execute(
            """
            CREATE SCHEMA analytics;
            CREATE TABLE analytics.t AS SELECT range AS id, 'old' AS b FROM range(10000);
            CREATE INDEX by_id ON analytics.t(id);
            CREATE VIEW analytics.v AS SELECT id FROM analytics.t;
            """);
        var before = _job.Snapshot();

        Assert.Equal(2, Test().Errors.Count);

        Assert.Equal(before, _job.Snapshot());
    }

    [Fact]
    public void What_a_killed_run_has_left_in_the_databases_journal_is_left_there()
    {
        using (var elsewhere = new TemporaryFolder())
        {
            using var connection = new DuckDBConnection($"Data Source={elsewhere.File("job.duckdb")}");
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = "CREATE SCHEMA analytics; CREATE TABLE analytics.t AS SELECT 1 AS id";
            command.ExecuteNonQuery();

            // As they lie there while the database is open.
            File.Copy(elsewhere.File("job.duckdb"), _job.Database.Path);
            File.Copy(elsewhere.File("job.duckdb.wal"), $"{_job.Database.Path}.wal");
        }

        var before = _job.Snapshot();

        Assert.Equal(2, Test().Errors.Count);

        Assert.Equal(before, _job.Snapshot());
        Assert.Contains(before, file => file.Contains(".wal ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_database_that_another_process_holds_is_the_usual_error()
    {
        _job.Database.Execute("CREATE SCHEMA analytics");
        using var holder = EltProcess.Start(
            _job.Folder,
            "Invoke-EltCtas -Schema a -Table t -Sql 'SELECT 1 AS n' -Connection job.duckdb | ForEach-Object { 'held'; while ($true) { } }");
        Assert.Equal("held", await holder.LineAsync());

        var run = _job.Run("Test-EltPipeline job.psd1");

        var error = run.FailedWith("EltDatabaseHeld,EltPs.Commands.TestEltPipelineCommand");
        Assert.Contains($"locked by process {holder.Id}", error.Exception.Message, StringComparison.Ordinal);
        Assert.Equal("EltDatabaseHeld", Assert.Single(Assert.IsType<PipelineTestResult>(Assert.Single(run.Output)).Errors).ErrorId);
        _job.Run("Test-EltPipeline job.psd1 -Quiet").FailedWith("EltDatabaseHeld,EltPs.Commands.TestEltPipelineCommand");
        await holder.SignalAsync("TERM");
        await holder.EndAsync();
    }

    [Fact]
    public void The_same_pipeline_runs_as_it_was_before()
    {
        _job.Write(("t", "SELECT id FROM raw.s"));
        using var session = _job.Session();

        session
            .Run(
                "$null = Test-EltPipeline job.psd1; $null = Invoke-EltPipeline job.psd1; $null = Test-EltPipeline job.psd1; $null = "
                    + "Invoke-EltPipeline job.psd1")
            .Succeeded();

        Assert.Equal(["analytics.t", "analytics.temp_t", "raw.s"], _job.Database.Names());
    }

    private PipelineTestResult Test() =>
        Assert.IsType<PipelineTestResult>(Assert.Single(_job.Run("Test-EltPipeline job.psd1 -ErrorAction SilentlyContinue").Output));
}
