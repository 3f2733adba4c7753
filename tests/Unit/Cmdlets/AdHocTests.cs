using EltPs.Engine.Steps;
using Xunit;

namespace EltPs.Tests.Cmdlets;

public sealed class AdHocTests : IDisposable
{
    private const string Ctas = "EltPs.Commands.InvokeEltCtasCommand";

    private readonly Job _job = new();

    public void Dispose() => _job.Dispose();

    [Theory]
    [InlineData("job.duckdb")]
    [InlineData("@{ Type = 'DuckDb'; Path = 'job.duckdb' }")]
    [InlineData("@{ type = 'duckdb'; path = 'job.duckdb' }")]
    [InlineData("@{ Path = 'job.duckdb' }")]
    [InlineData("([IO.Path]::Combine($PWD.ProviderPath, 'job.duckdb'))")]
    public void A_table_can_be_named_by_parameters(string connection)
    {
        var published = _job.Run(
                $"Invoke-EltCtas -Schema analytics -Table t -Sql 'SELECT 7 AS n;' -Connection {connection} | Test-EltRowCount | "
                    + "Switch-EltTable")
            .Single<PublishedTable>();

        Assert.Equal("analytics.t", published.Name.ToString());
        Assert.Equal(["7"], _job.Database.Rows("SELECT n FROM analytics.t"));
    }

    [Theory]
    [InlineData("-Schema a -Table t -Sql 'SELECT 1'", "EltInvalidConnection")]
    [InlineData("-Schema a -Table t -Sql 'SELECT 1' -Connection nowhere", "EltUnknownConnection")]
    [InlineData("-Schema a -Table t -Sql 'SELECT 1' -Connection @{ Type = 'Oracle' }", "EltInvalidConnection")]
    [InlineData("-Schema a -Table t -Sql 'SELECT 1' -Connection @{ }", "EltInvalidConnection")]
    [InlineData("-Schema a -Table t -Sql 'SELECT 1' -Connection @{ Type = 'DuckDb'; Pfad = 'x.duckdb' }", "EltInvalidConnection")]
    [InlineData("-Schema a -Table t -Sql 'SELECT 1' -Connection @{ Type = 'DuckDb' }", "EltInvalidConnection")]
    [InlineData("-Schema a -Table t -Sql 'SELECT 1' -Connection 5", "ParameterArgumentTransformationError")]
    [InlineData("-Schema a -Table 'a b' -Sql 'SELECT 1' -Connection x.duckdb", "EltInvalidName")]
    [InlineData("-Schema 'a; DROP TABLE x' -Table t -Sql 'SELECT 1' -Connection x.duckdb", "EltInvalidName")]
    [InlineData("-Schema a -Table t -Sql 'SELECT 1; DROP TABLE x' -Connection x.duckdb", "EltInvalidSql")]
    [InlineData("-Schema a -Table t -Sql '-- nothing' -Connection x.duckdb", "EltInvalidSql")]
    [InlineData("-Schema a -Table t -Sql 'SELECT {{ x }}' -Connection x.duckdb", "EltInvalidSql")]
    [InlineData("-Schema a -Table t -Sql 'SELECT {{ ds | upper }}' -Connection x.duckdb", "EltInvalidSql")]
    [InlineData("-Schema a -Table t -Sql 'SELECT {{ ds }}' -Connection x.duckdb", "EltPlaceholderUnfilled")]
    [InlineData("-Schema a -Table t -Sql '' -Connection x.duckdb", "ParameterArgumentValidationErrorEmptyStringNotAllowed")]
    public void A_bad_value_has_an_error_of_its_own_and_makes_no_file(string parameters, string id)
    {
        var before = _job.Snapshot();

        _job.Run($"Invoke-EltCtas {parameters}").FailedWith($"{id},{Ctas}");

        Assert.Equal(before, _job.Snapshot());
    }

    [Fact]
    public void SQL_may_ask_for_the_id_of_the_run_that_builds()
    {
        var staged = _job.Run("Invoke-EltCtas -Schema analytics -Table t -Sql 'SELECT {{ run_id }} AS r' -Connection job.duckdb")
            .Single<StagedTable>();

        Assert.Equal([staged.RunId], _job.Database.Rows("SELECT r FROM analytics.temp_t"));
    }

    [Fact]
    public void SQL_that_the_warehouse_refuses_leaves_no_staging_table()
    {
        _job.Run("Invoke-EltCtas -Schema analytics -Table t -Sql 'SELECT * FROM no_such_table' -Connection job.duckdb")
            .FailedWith($"EltStatementFailed,{Ctas}");

        Assert.Empty(_job.Database.Names());
    }

    [Fact]
    public void Something_else_than_a_table_cannot_be_switched()
    {
        _job.Run("1 | Switch-EltTable").FailedWith("EltInvalidInput,EltPs.Commands.SwitchEltTableCommand");
    }

    [Fact]
    public void An_in_memory_database_lives_within_one_pipeline()
    {
        var published = _job.Run(
                "Invoke-EltCtas -Schema analytics -Table t -Sql 'SELECT 7 AS n' -Connection :memory: | Test-EltRowCount | Switch-EltTable")
            .Single<PublishedTable>();

        Assert.Equal(1, published.Rows);
    }

    [Fact]
    public void A_table_of_an_in_memory_database_that_outlives_its_pipeline_says_so()
    {
        var run = _job.Run(
            """
            $staged = Invoke-EltCtas -Schema analytics -Table t -Sql 'SELECT 7 AS n' -Connection :memory:
            $staged | Test-EltRowCount
            """);

        var error = run.FailedWith("EltSessionEnded,EltPs.Commands.TestEltRowCountCommand");
        Assert.Equal("Do all steps in one pipeline, or name a database file.", error.ErrorDetails.RecommendedAction);
    }

    [Fact]
    public void A_staged_table_of_a_file_can_be_kept_in_a_variable()
    {
        using var session = _job.Session();
        session.Run("$staged = Invoke-EltCtas -Schema analytics -Table t -Sql 'SELECT 7 AS n' -Connection job.duckdb").Succeeded();

        // The pipeline has ended, so nothing holds the file.
        Assert.Equal(["analytics.temp_t"], _job.Database.Names());

        session.Run("$staged | Test-EltRowCount | Switch-EltTable").Succeeded();
        Assert.Equal(["7"], _job.Database.Rows("SELECT n FROM analytics.t"));
    }
}
