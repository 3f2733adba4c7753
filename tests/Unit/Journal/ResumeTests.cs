using EltPs.Engine.Events;
using EltPs.Engine.Journal;
using EltPs.Engine.Runs;
using EltPs.Tests.Cmdlets;
using EltPs.Tests.Host;
using EltPs.Tests.Support;
using Xunit;

namespace EltPs.Tests.Journal;

public sealed class ResumeTests : IDisposable
{
    private const string Refused = "EltResumeRefused,EltPs.Commands.InvokeEltPipelineCommand";
    private static readonly (string Table, string Sql)[] Good = [("a", "SELECT 1 AS n"), ("b", "SELECT 2 AS n"), ("c", "SELECT 3 AS n")];

    private readonly Job _job = new(Good);

    public void Dispose() => _job.Dispose();

    [Fact]
    public void A_resume_builds_from_the_table_that_failed_on()
    {
        var failed = FailAtB();

        var resumed = Resume();

        Assert.Equal((RunStatus.Succeeded, failed.RunId), (resumed.Status, resumed.ResumedFrom));
        Assert.Equal([TableStatus.UpToDate, TableStatus.Published, TableStatus.Published], resumed.Tables.Select(table => table.Status));
        Assert.Equal(failed.Tables[0].Generation, resumed.Tables[0].Generation);
        Assert.Equal(failed.RunId, Runs()[0].ResumedFrom);
        Assert.Equal(3, Runs()[0].Done);
        Assert.Equal(["3"], _job.Database.Rows("SELECT n FROM analytics.c"));
    }

    [Fact]
    public void A_resume_of_a_resume_keeps_what_the_first_run_published()
    {
        var first = FailAtB();
        _job.Write(Good[0], Good[1], ("c", "SELECT nonsense"));
        var second = Assert.IsType<RunResult>(Assert.Single(_job.Run("Invoke-EltPipeline job.psd1 -Resume").Output));
        _job.Write(Good);

        var third = Resume();

        Assert.Equal((RunStatus.Failed, first.RunId, second.RunId), (second.Status, second.ResumedFrom, third.ResumedFrom));
        Assert.Equal([TableStatus.UpToDate, TableStatus.UpToDate, TableStatus.Published], third.Tables.Select(table => table.Status));
        Assert.Equal(first.Tables[0].Generation, third.Tables[0].Generation);
    }

    [Fact]
    public void A_table_whose_definition_has_changed_is_built_again_and_all_behind_it()
    {
        FailAtB();
        _job.Write(("a", "SELECT 10 AS n"), Good[1], Good[2]);

        Assert.All(Resume().Tables, table => Assert.Equal(TableStatus.Published, table.Status));
        Assert.Equal(["10"], _job.Database.Rows("SELECT n FROM analytics.a"));
    }

    [Fact]
    public void A_table_that_somebody_else_published_since_is_built_again()
    {
        FailAtB();
        _job.Run("Get-EltTable job.psd1 -Table a | Invoke-EltCtas | Test-EltRowCount | Switch-EltTable").Succeeded();

        Assert.All(Resume().Tables, table => Assert.Equal(TableStatus.Published, table.Status));
    }

    [Fact]
    public void A_table_that_was_published_though_the_journal_ends_before_is_not_built_again()
    {
        var failed = FailAtB();
        var path = Runs()[0].JournalPath;
        var lines = File.ReadAllLines(path);
        File.WriteAllLines(
            path,
            lines.TakeWhile(line =>
                !(line.Contains("stepFinished", StringComparison.Ordinal) && line.Contains("Publish", StringComparison.Ordinal))));
        Assert.Equal((RunStatus.Interrupted, 0), (Runs()[0].Status, Runs()[0].Done));

        var resumed = Resume();

        Assert.Equal([TableStatus.UpToDate, TableStatus.Published, TableStatus.Published], resumed.Tables.Select(table => table.Status));
        Assert.Equal(failed.Tables[0].Generation, resumed.Tables[0].Generation);
    }

    [Theory]
    [InlineData("")]
    [InlineData("$null = Invoke-EltPipeline job.psd1")]
    public void Nothing_to_resume_is_no_failure(string before)
    {
        _job.Run(before).Succeeded();
        var runs = Runs().Count;

        var run = _job.Run("Invoke-EltPipeline job.psd1 -Resume");

        Assert.Equal(RunStatus.NothingToDo, run.Single<RunResult>().Status);
        Assert.Contains("no run to resume", run.Single<RunResult>().Message, StringComparison.Ordinal);
        Assert.Empty(run.Warnings);
        Assert.Equal(0, EltInProcess.RunIn(_job.Folder, "Invoke-EltPipeline job.psd1 -Resume").ExitCode);
        Assert.Equal(runs, Runs().Count);
    }

    [Fact]
    public void It_keeps_the_connection_of_the_run()
    {
        _job.Write(Good[0], ("b", "SELECT nonsense"), Good[2]);
        _job.Run("Invoke-EltPipeline job.psd1 -Connection other.duckdb");
        _job.Write(Good);

        Assert.Equal("other.duckdb (DuckDb)", Resume().Connection);
        Assert.False(File.Exists(_job.Database.Path));
    }

    [Theory]
    [InlineData("other.duckdb")]
    [InlineData("@{ Type = 'DuckDb'; Path = 'other.duckdb' }")]
    public void It_keeps_the_file_of_the_run_also_in_another_folder(string connection)
    {
        _job.Write(Good[0], ("b", "SELECT nonsense"), Good[2]);
        _job.Run($"Invoke-EltPipeline job.psd1 -Connection {connection}");
        _job.Write(Good);
        using var elsewhere = new TemporaryFolder();
        elsewhere.File("other.duckdb", "another file of that name, and no database");

        var resumed = ScriptExecutor
            .RunIn(
                elsewhere.Path,
                $"Invoke-EltPipeline -Config '{_job.Folder.Replace("'", "''", StringComparison.Ordinal)}/job.psd1' -Resume")
            .Single<RunResult>();

        Assert.Equal(RunStatus.Succeeded, resumed.Status);
        Assert.False(File.Exists(_job.Database.Path));
    }

    [Fact]
    public void A_file_of_the_same_name_in_another_folder_is_another_connection()
    {
        _job.Write(Good[0], ("b", "SELECT nonsense"), Good[2]);
        _job.Run("Invoke-EltPipeline job.psd1 -Connection other.duckdb");

        var error = _job.Run("Invoke-EltPipeline job.psd1 -Resume -Connection @{ Type = 'DuckDb'; Path = 'third.duckdb' }")
            .FailedWith(Refused);

        Assert.Contains(
            $"used the connection other.duckdb (DuckDb) at {Path.Combine(_job.Folder, "other.duckdb")}, not duckdb (DuckDb) at ",
            error.Exception.Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Another_connection_is_refused()
    {
        FailAtB();

        var error = _job.Run("Invoke-EltPipeline job.psd1 -Resume -Connection other.duckdb").FailedWith(Refused);

        Assert.Contains(
            "used the connection duckdb (DuckDb), not other.duckdb (DuckDb)",
            error.Exception.Message,
            StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(_job.Folder, "other.duckdb")));
    }

    [Fact]
    public void A_later_run_whose_journal_cannot_be_read_is_not_passed_over()
    {
        FailAtB();
        var path = State.PathOf("runs", "20990101T000000Z-abcdef.jsonl");
        File.WriteAllText(path, """{"event":"runStarted","version":9,"at":"2099-01-01T00:00:00Z"}""" + "\n");

        var error = _job.Run("Invoke-EltPipeline job.psd1 -Resume").FailedWith(Refused);

        Assert.Contains("a newer EltPs wrote this journal (version 9", error.Exception.Message, StringComparison.Ordinal);
        Assert.True(File.Exists(path));
        Assert.Contains($"move {path} out of {State.PathOf("runs")}.", error.Exception.Message, StringComparison.Ordinal);

        File.Move(path, Path.Combine(_job.Folder, "moved.jsonl"));
        Assert.Equal(RunStatus.Succeeded, Resume().Status);
    }

    [Fact]
    public void StartAt_begins_there_and_a_resume_after_it_does_too()
    {
        FailAtB();
        _job.Write(Good[0], Good[1], ("c", "SELECT nonsense"));
        var started = Assert.IsType<RunResult>(Assert.Single(_job.Run("Invoke-EltPipeline job.psd1 -StartAt b").Output));
        _job.Write(Good);

        var resumed = Resume();

        Assert.Equal([TableStatus.Skipped, TableStatus.Published, TableStatus.Failed], started.Tables.Select(table => table.Status));
        Assert.Equal([TableStatus.UpToDate, TableStatus.UpToDate, TableStatus.Published], resumed.Tables.Select(table => table.Status));
    }

    [Theory]
    [InlineData("-StartAt nowhere", "EltTableNotFound")]
    [InlineData("-StartAt b -Resume", "ParameterBindingFailed")]
    public void A_StartAt_that_means_nothing_is_refused(string parameters, string id) =>
        _job.Run($"Invoke-EltPipeline job.psd1 {parameters}").FailedWith($"{id},EltPs.Commands.InvokeEltPipelineCommand");

    [Fact]
    public void A_StartAt_that_several_schemas_have_is_refused_and_one_with_its_schema_begins_there()
    {
        _job.WriteText("job.psd1", """
            @{ Tables = @(
                @{ Schema = 'one'; Table = 't'; Sql = 'SELECT 1 AS n' }
                @{ Schema = 'two'; Table = 't'; Sql = 'SELECT 2 AS n' }
            ) }
            """);

        var error = _job.Run("Invoke-EltPipeline job.psd1 -StartAt t")
            .FailedWith("EltInvalidInput,EltPs.Commands.InvokeEltPipelineCommand");

        Assert.Contains(
            "several tables are named 't': one.t, two.t. Give -StartAt the schema too.",
            error.Exception.Message,
            StringComparison.Ordinal);
        Assert.Equal(
            [TableStatus.Skipped, TableStatus.Published],
            _job.Run("Invoke-EltPipeline job.psd1 -StartAt two.t").Single<RunResult>().Tables.Select(table => table.Status));
    }

    [Fact]
    public void The_plan_of_a_resume_shows_only_what_it_would_build()
    {
        FailAtB();

        var plan = _job.Run("Invoke-EltPipeline job.psd1 -Resume -WhatIf").Succeeded().HostText;

        Assert.DoesNotContain("SELECT 1 AS n", plan, StringComparison.Ordinal);
        Assert.Contains("SELECT 2 AS n", plan, StringComparison.Ordinal);
    }

    private StateFolder State => _job.State;

    private IReadOnlyList<JournaledRun> Runs() => new RunHistory(State).Read(out _);

    private RunResult FailAtB()
    {
        _job.Write(Good[0], ("b", "SELECT nonsense"), Good[2]);
        var failed = Assert.IsType<RunResult>(Assert.Single(_job.Run("Invoke-EltPipeline job.psd1").Output));
        _job.Write(Good);
        return failed;
    }

    private RunResult Resume() => _job.Run("Invoke-EltPipeline job.psd1 -Resume").Single<RunResult>();
}
