using System.Management.Automation;
using EltPs.Tests.Snowflake;
using EltPs.Tests.Snowflake.StandIn;
using EltPs.Tests.Support;
using Xunit;

namespace EltPs.Tests.Cmdlets;

/// <summary>Invoke-EltQuery and Get-EltRow, as users have them.</summary>
public sealed class RowCmdletTests : IDisposable
{
    private readonly Job _job = new(("t", "SELECT range AS n, 'x' || range AS s FROM range(20) ORDER BY n"), ("u", "SELECT 1 AS n"));

    public void Dispose() => _job.Dispose();

    [Fact]
    public void A_row_is_an_object_with_a_property_for_each_column_in_their_order()
    {
        Given();

        var output = _job.Run(
            """
            $sql = "SELECT n AS number, s, NULL AS nothing, [1, NULL] AS l, {'a': 1, 'A2': 'x'} AS r, MAP {'k': 2} AS m FROM analytics.t"
            $row = Invoke-EltQuery $sql -Config job.psd1 -First 1
            $row.psobject.TypeNames[0]; ($row.psobject.Properties.Name) -join ' '; $row.Number.GetType().Name; $null -eq $row.Nothing
            $row.l.Count; $row.r.A2; $row.m.k; $row.m['k']
            """).Succeeded().Output;

        Assert.Equal(
            ["System.Management.Automation.PSCustomObject", "number s nothing l r m", "Int64", true, 2, "x", 2, 2], output);
    }

    [Fact]
    public void A_column_without_a_name_of_its_own_is_warned_of()
    {
        var run = _job.Run("(Invoke-EltQuery 'SELECT 1 AS id, 2 AS Id' -Connection ':memory:').Id_2").Succeeded();

        Assert.Equal([2], run.Output);
        Assert.Contains("its property is Id_2", Assert.Single(run.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void A_pipeline_that_wants_no_more_rows_ends_a_query_without_an_end_and_lets_go_of_the_database()
    {
        Given();

        var run = _job.Run(
            """
            try {
                Invoke-EltQuery 'SELECT a.n FROM analytics.t a, range(100000000) b, range(1000000) c' -Config job.psd1 |
                    ForEach-Object { throw 'enough' }
            }
            catch { "$_" }
            (Invoke-EltQuery 'FROM range(100000000000)' -Connection ':memory:' -First 5).Count
            Invoke-EltPipeline job.psd1
            """).Succeeded();

        Assert.Equal(["enough", 5], run.Output.Take(2));
    }

    [Theory]
    [InlineData("Invoke-EltQuery 'DELETE FROM analytics.t' -Config job.psd1", "EltInvalidSql", "SQL(1,1): DELETE is refused")]
    [InlineData("Invoke-EltQuery \"SELECT 1`n; DROP TABLE analytics.t\" -Config job.psd1", "EltInvalidSql", "SQL(2,3): A second statement")]
    [InlineData("Invoke-EltQuery '' -Config job.psd1", "EltInvalidSql", "SQL(1,1): The SQL is empty")]
    [InlineData("Invoke-EltQuery \"SELECT n,`n  nope FROM analytics.t\" -Config job.psd1", "EltStatementFailed", "SQL(2,3): ")]
    [InlineData("Invoke-EltQuery 'SELECT {{ ds }}, nope FROM analytics.t' -Config job.psd1", "EltStatementFailed", "SQL(1,18): ")]
    [InlineData("Invoke-EltQuery 'SELECT {{ nope }}' -Config job.psd1", "EltPlaceholderUnfilled", "SQL(1,8): ")]
    [InlineData("Invoke-EltQuery 'SELECT {{ run_id }}' -Config job.psd1", "EltPlaceholderUnfilled", "SQL(1,8): ")]
    [InlineData("Invoke-EltQuery 'SELECT 1' -Connection nix.duckdb", "EltDatabaseMissing", "there is no database file")]
    [InlineData("Invoke-EltQuery 'SELECT 1' -Connection job.duckdb -LogicalDate 2025-01-01", "EltInvalidInput", "-Config")]
    [InlineData("Invoke-EltQuery 'SELECT 1' -Config job.psd1 -Variable @{ x = 1 }", "EltInvalidVariable", "x")]
    public void A_query_that_cannot_be_is_told_with_its_place(string script, string id, string message)
    {
        Given();

        var error = _job.Run(script).FailedWith($"{id},EltPs.Commands.InvokeEltQueryCommand");

        Assert.Contains(message, error.Exception.Message, StringComparison.Ordinal);
        Assert.Equal(["0"], _job.Database.Rows("SELECT min(n) FROM analytics.t"));
        Assert.False(File.Exists(Path.Combine(_job.Folder, "nix.duckdb")));
    }

    [Fact]
    public void A_query_has_the_values_the_time_zone_and_the_sources_of_the_file()
    {
        _job.WriteText("raw.csv", "id,moment\n1,2025-01-09 23:30:00+00\n2,2025-01-10 23:30:00+00\n");
        _job.Keys =
            "; Schedule = '@daily'; TimeZone = 'Europe/Berlin'; Variables = @{ least = 2 }; Sources = @{ 'raw.events' = 'raw.csv' }";
        _job.Write(("t", "SELECT 1 AS n"));

        // Before the first run: there is no database yet.
        var output = _job.Run(
            """
            $sql = "SELECT id, moment::DATE = {{ ds }} AS today, moment FROM raw.events WHERE id < {{ least }} OR {{ least }} = 5"
            $rows = $sql | Invoke-EltQuery -Config job.psd1 -LogicalDate 2025-01-10 -Variable @{ least = 5 }
            $rows.id -join ' '; $rows.today -join ' '; $rows[0].moment.ToString('o')
            @(Invoke-EltQuery $sql -Config job.psd1 -LogicalDate 2025-01-10).Count
            [System.IO.File]::Exists("$pwd/job.duckdb")
            """).Succeeded().Output;

        Assert.Equal(["1 2", "True False", "2025-01-10T00:30:00.0000000+01:00", 1, false], output);
    }

    [Fact]
    public void A_table_shows_its_first_rows_of_the_generation_that_is_asked_for()
    {
        Given();
        _job.Write(("t", "SELECT range + 100 AS n FROM range(3)"));
        _job.Run("Invoke-EltPipeline job.psd1").Succeeded();

        var output = _job.Run(
            """
            (Get-EltRow analytics.t -First 1).n
            (Get-EltRow t -Config job.psd1 -Generation Previous).n -join ' '
            (Get-EltRow -Schema analytics -Table t -Connection job.duckdb -Generation Previous -All).Count
            $null = Get-EltTable job.psd1 | Invoke-EltCtas
            (Get-EltRow t -Config job.psd1 -Generation Staged -First 1).n
            """).Succeeded().Output;

        Assert.Equal([100L, "0 1 2 3 4 5 6 7 8 9", 20, 100L], output);
    }

    [Fact]
    public void Tables_come_from_every_step_from_a_run_and_by_property_name()
    {
        var output = _job.Run(
            """
            $sums = { $sum = 0; foreach ($row in $input) { $sum += $row.n }; "$sum" }
            Get-EltTable job.psd1 -Table t | Invoke-EltCtas | Get-EltRow -All | & $sums
            $staged = Get-EltTable job.psd1 -Table t | Invoke-EltCtas
            $staged | Get-EltRow -All | & $sums
            $verified = $staged | Test-EltRowCount
            $verified | Get-EltRow -All | & $sums
            $published = $verified | Switch-EltTable
            $published | Get-EltRow -All | & $sums
            Get-EltTable job.psd1 -Table t | Invoke-EltCtas | Test-EltRowCount | Switch-EltTable | Get-EltRow -All | & $sums
            $run = Invoke-EltPipeline job.psd1
            $run.Tables | Get-EltRow -All | & $sums
            (Get-EltRun job.psd1 -Last 1).Tables | Get-EltRow -All -Config job.psd1 | & $sums
            Get-EltTable job.psd1 | Get-EltRow -First 2 | & $sums
            [pscustomobject]@{ Schema = 'analytics'; Table = 't' }, [pscustomobject]@{ Table = 'analytics.u' }, 'u' |
                Get-EltRow -Config job.psd1 -All | & $sums
            """).Succeeded().Output;

        Assert.Equal(["190", "190", "190", "190", "190", "191", "191", "2", "192"], output);
    }

    [Theory]
    [InlineData("Get-EltRow analytics.nix -Config job.psd1", "EltTableNotFound", "Neither analytics.nix nor analytics.temp_nix is there.")]
    [InlineData("Get-EltRow nix -Config job.psd1", "EltTableNotFound", "lists no table 'nix'")]
    [InlineData("Get-EltRow t -Config job.psd1 -Generation Previous", "EltTableNotFound", "Only the published analytics.t is there.")]
    [InlineData("Get-EltRow u -Config job.psd1", "EltTableNotFound", "Look at that one with -Generation Staged.")]
    [InlineData("Get-EltRow t -Connection job.duckdb", "EltInvalidName", "write schema.table")]
    [InlineData("Get-EltRow t -Config job.psd1 -All -First 3", "EltInvalidInput", "-All")]
    [InlineData("[pscustomobject]@{ Name = 1 } | Get-EltRow -Config job.psd1", "EltInvalidInput", "property Table")]
    [InlineData("Remove-Item job.psd1; Get-EltRow analytics.t", "EltInvalidConnection", "Which warehouse?")]
    [InlineData("'@{ Tables = @() }' > other.psd1; Get-EltRow analytics.t", "EltInvalidInput", "2 pipeline files")]
    public void A_table_that_cannot_be_shown_is_told_with_what_there_is(string script, string id, string message)
    {
        _job.Run("Invoke-EltPipeline job.psd1 -Table t; $null = Get-EltTable job.psd1 -Table u | Invoke-EltCtas").Succeeded();

        var error = _job.Run(script).FailedWith($"{id},EltPs.Commands.GetEltRowCommand");

        Assert.Contains(message, error.Exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stop_interrupts_a_query()
    {
        using var job = new Job(("t", "SELECT 1 AS n"));
        LongQuery.Prepare(job.Database);
        using var session = job.Session();
        using var shell = session.Create($"Invoke-EltQuery '{LongQuery.Sql}' -Connection job.duckdb");
        var shown = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        shell.Streams.Progress.DataAdded += (_, _) => shown.TrySetResult();

        var ended = Task.Factory.FromAsync(shell.BeginInvoke(), shell.EndInvoke);
        await (await Task.WhenAny(shown.Task, ended).WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken));
        Assert.True(shown.Task.IsCompleted, "The query ended before anybody stopped it.");
        await Task.Run(shell.Stop, TestContext.Current.CancellationToken)
            .WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);

        await Assert.ThrowsAsync<PipelineStoppedException>(() => ended);
        Assert.StartsWith("Query on job.duckdb", shell.Streams.Progress[0].Activity, StringComparison.Ordinal);
        Assert.Equal(["1000000"], job.Database.Rows($"SELECT count(*) FROM {LongQuery.Source}"));
    }

    [Fact]
    public async Task On_Snowflake_both_read_typed_rows_and_send_one_statement_that_reads()
    {
        await using var account = new SnowflakeAccount();
        account.Run("Invoke-EltPipeline mau.psd1 -Connection $connection").Succeeded();
        var before = account.Submits.Count;

        var output = account.Run(
            """
            $row = Invoke-EltQuery "SELECT month, mau, CAST({{ ds }} AS DATE) AS day FROM analytics.mau_summary ORDER BY month" `
                -Config mau.psd1 -Connection $connection -LogicalDate 2025-01-10 -First 1
            ($row.psobject.Properties.Name -join ' ').ToLower(); $row.mau.GetType().Name; $row.day.ToString('yyyy-MM-dd')
            @(Get-EltRow analytics.mau_summary -Config mau.psd1 -Connection $connection).Count
            """).Succeeded().Output;

        Assert.Equal(["month mau day", "Int64", "2025-01-10", 10], output);
        Assert.Equal(2, account.Submits.Count - before);
        Assert.Equal("SELECT * FROM analytics.mau_summary\nLIMIT 10", account.Submits[^1].Statement);
        account.Run("Invoke-EltQuery 'DROP TABLE analytics.mau_summary' -Connection $connection")
            .FailedWith("EltInvalidSql,EltPs.Commands.InvokeEltQueryCommand");
        Assert.Equal(2, account.Submits.Count - before);
    }

    [Fact]
    public async Task On_Snowflake_the_generations_are_those_of_the_markers()
    {
        await using var account = new SnowflakeAccount();
        account.Run(
            "Invoke-EltPipeline mau.psd1 -Connection $connection; Invoke-EltPipeline mau.psd1 -Connection $connection").Succeeded();

        var run = account.Run(
            """
            @(Get-EltRow mau_summary -Config mau.psd1 -Connection $connection -Generation Previous).Count
            Get-EltRow mau_summary -Config mau.psd1 -Connection $connection -Generation Staged
            """);

        Assert.Equal([10], run.Output);
        Assert.Contains(
            "analytics.temp_mau_summary holds the generation that was published before.",
            run.FailedWith("EltTableNotFound,EltPs.Commands.GetEltRowCommand").Exception.Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task On_Snowflake_a_stop_cancels_the_query_there()
    {
        await using var account = new SnowflakeAccount();
        account.Server.Faults.On("SELECT 42", new Fault.Hold());
        using var session = new ScriptExecutor(account.Folder.Path);
        using var shell = session.Create(account.Script("Invoke-EltQuery 'SELECT 42' -Connection $connection"));
        var ended = Task.Factory.FromAsync(shell.BeginInvoke(), shell.EndInvoke);

        await account.Server.Held.WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);
        await Task.Run(shell.Stop, TestContext.Current.CancellationToken)
            .WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);

        await Assert.ThrowsAsync<PipelineStoppedException>(() => ended);
        Assert.Equal(0, account.Server.Running);
    }

    private void Given() => _job.Run("Invoke-EltPipeline job.psd1").Succeeded();
}
