using System.Text.Json;
using EltPs.Engine.Events;
using EltPs.Engine.Runs;
using Xunit;

namespace EltPs.Tests.Together;

/// <summary>What the cmdlets say, ask and write down of a run that publishes all tables or none.</summary>
public sealed class RunTests : IDisposable
{
    private readonly TogetherJob _job = new();

    public void Dispose() => _job.Dispose();

    [Fact]
    public void Nothing_is_called_published_before_the_commit()
    {
        const string Run = "Invoke-EltPipeline job.psd1 -Verbose -Debug 4>&1 5>&1 | ForEach-Object { \"$_\" }";
        var verbose = _job.Job.Run(Run).Succeeded().Output.Cast<string>().ToList();

        var commit = verbose.FindIndex(line => line.EndsWith(": COMMIT", StringComparison.Ordinal));
        Assert.True(commit > 0);
        Assert.Single(verbose, line => line.Contains("BEGIN TRANSACTION", StringComparison.Ordinal));
        Assert.All(TogetherJob.Names, name =>
            Assert.True(verbose.FindIndex(line => line.StartsWith($"analytics.{name}: publish done", StringComparison.Ordinal)) > commit));

        _job.Job.Write(TogetherJob.Tables(2, 4, "SELECT nonsense"));
        var failed = _job.Job.Run($"$ErrorActionPreference = 'SilentlyContinue'; {Run}").Output.Cast<string>().ToList();
        Assert.DoesNotContain(failed, line =>
            line.Contains("publish done", StringComparison.Ordinal) || line.EndsWith(": COMMIT", StringComparison.Ordinal));
        Assert.Contains(failed, line => line.EndsWith(": ROLLBACK", StringComparison.Ordinal));
    }

    [Fact]
    public void The_journal_and_the_ledger_call_published_only_what_is()
    {
        var good = _job.Publish(1);
        _job.Job.Write(TogetherJob.Tables(2, 3, "SELECT nonsense"));
        var failed = _job.Fail();

        var (last, first) = (_job.Runs[0], _job.Runs[1]);
        Assert.Equal((5, RunStatus.Succeeded, 0, RunStatus.Failed), (first.Done, first.Status, last.Done, last.Status));
        Assert.Equal(good.Tables.Select(table => table.Generation), Ledger());
        Assert.Equal(failed.Tables.Select(table => table.Status), last.Tables.Select(table => table.Status));
        Assert.Equal(failed.Tables.Take(3).Select(table => table.Generation), last.Tables.Take(3).Select(table => table.Generation));
        Assert.Equal([3L, 3L, 3L, null, null], last.Tables.Select(table => table.Rows));
        Assert.All(last.Tables.Take(3), table =>
            Assert.True(table is { Step: null, StageTime: not null, CheckTime: not null, PublishTime: null }));
        Assert.Equal(("analytics.d", EltStep.Stage), (last.FailedTable, last.FailedStep));
        Assert.Contains("No table of job was published", last.Message, StringComparison.Ordinal);
        Assert.Equal(["tableNotPublished", "tableNotPublished", "tableNotPublished", "runFinished"], Events(last.JournalPath)[^4..]);
    }

    [Fact]
    public void An_undo_brings_all_back_and_one_of_a_run_that_published_nothing_does_nothing()
    {
        _job.Publish(1);
        _job.Publish(2);

        var undo = _job.Job.Run("Get-EltRun job.psd1 -Last 1 | Switch-EltTable -Undo").Succeeded();

        Assert.Equal(
            ["analytics.e", "analytics.d", "analytics.c", "analytics.b", "analytics.a"],
            undo.Output.Select(table => table.ToString()));
        Assert.Equal(["1|1|1|1|1"], Generations());

        _job.Job.Write(TogetherJob.Tables(3, 4, "SELECT 1 AS n WHERE 1 = 0"));
        _job.Fail();
        Assert.Empty(_job.Job.Run("Get-EltRun job.psd1 -Last 1 | Switch-EltTable -Undo").Succeeded().Output);
        Assert.Equal(["1|1|1|1|1"], Generations());
    }

    [Fact]
    public void A_resume_builds_all_again_though_one_table_failed()
    {
        _job.Publish(1);
        _job.Job.Write(TogetherJob.Tables(2, 3, "SELECT nonsense"));
        var failed = _job.Fail();
        _job.Job.Write(TogetherJob.Tables(2));

        var resumed = _job.Job.Run("Invoke-EltPipeline job.psd1 -Resume").Single<RunResult>();

        Assert.Equal(failed.RunId, resumed.ResumedFrom);
        Assert.All(resumed.Tables, table => Assert.Equal(TableStatus.Published, table.Status));
        Assert.Equal(["2|2|2|2|2"], Generations());
        Assert.Equal(RunStatus.NothingToDo, _job.Job.Run("Invoke-EltPipeline job.psd1 -Resume").Single<RunResult>().Status);
    }

    [Fact]
    public void A_run_that_died_right_after_its_commit_has_nothing_left_to_build()
    {
        var published = _job.Publish(1);
        Cut(line => line.Contains("stepFinished", StringComparison.Ordinal) && line.Contains("Publish", StringComparison.Ordinal));
        Assert.Equal((RunStatus.Interrupted, 0), (_job.Runs[0].Status, _job.Runs[0].Done));

        var resumed = _job.Job.Run("Invoke-EltPipeline job.psd1 -Resume").Single<RunResult>();

        Assert.All(resumed.Tables, table => Assert.Equal(TableStatus.UpToDate, table.Status));
        Assert.Equal(published.Tables.Select(table => table.Generation), resumed.Tables.Select(table => table.Generation));
    }

    [Fact]
    public void One_table_that_somebody_else_published_since_has_all_built_again()
    {
        var published = _job.Publish(1);
        Cut(line => line.Contains("runFinished", StringComparison.Ordinal));
        _job.Job.Run("Get-EltTable job.psd1 -Table d | Invoke-EltCtas | Test-EltRowCount | Switch-EltTable").Succeeded();

        var resumed = _job.Job.Run("Invoke-EltPipeline job.psd1 -Resume").Single<RunResult>();

        Assert.All(resumed.Tables.Zip(published.Tables), pair =>
            Assert.True(pair.First.Status == TableStatus.Published && pair.First.Generation != pair.Second.Generation));
    }

    [Fact]
    public void StartAt_is_refused_because_it_would_publish_a_part()
    {
        var error = _job
            .Job.Run("Invoke-EltPipeline job.psd1 -StartAt c")
            .FailedWith("EltInvalidInput,EltPs.Commands.InvokeEltPipelineCommand");

        Assert.Contains("-StartAt would publish a part", error.Exception.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(_job.Job.Database.Path));
    }

    [Fact]
    public void A_plan_is_one_transaction_in_the_order_of_the_run()
    {
        _job.Job.Write(("a", "SELECT 1 AS n"), ("b", "SELECT n FROM analytics.a"));
        _job.Job.Run("Invoke-EltPipeline job.psd1").Succeeded();
        _job.Job.Database.Execute(
            "CREATE UNIQUE INDEX once ON analytics.a(n, lower(n::VARCHAR)); CREATE VIEW analytics.v AS SELECT a.n FROM analytics.a JOIN "
                + "analytics.b USING (n)");
        var before = _job.Job.Snapshot();

        var run = _job.Job.Run("Invoke-EltPipeline job.psd1 -WhatIf").Succeeded();

        var generations = _job.Runs[0].Tables.Select(table => table.Generation).ToList();
        Assert.Equal(
            $"""
            What if: -- prepare
            BEGIN TRANSACTION;
            -- stage analytics.a
            CREATE OR REPLACE TABLE analytics.temp_a AS
            SELECT 1 AS n;
            COMMENT ON TABLE analytics.temp_a IS '[eltps table=analytics.a generation=<generation id> replaces={generations[
                0
            ]} run=<run id>]';
            -- check analytics.a
            SELECT count(*) FROM analytics.temp_a;
            -- publish analytics.a
            DROP INDEX analytics."once";
            ALTER TABLE analytics.a RENAME TO "eltps_<generation id>";
            ALTER TABLE analytics.temp_a RENAME TO "a";
            ALTER TABLE analytics."eltps_<generation id>" RENAME TO "temp_a";
            CREATE UNIQUE INDEX once ON analytics.a(n, (lower(CAST(n AS VARCHAR))));
            SELECT error('Duplicate key ' || eltps_key::VARCHAR || ' of the index analytics."once"') FROM (
                SELECT row(n, (lower(CAST(n AS VARCHAR)))) AS eltps_key
                FROM analytics.a
                WHERE (n) IS NOT NULL AND ((lower(CAST(n AS VARCHAR)))) IS NOT NULL
                GROUP BY ALL HAVING count(*) > 1
                LIMIT 1
            );
            -- stage analytics.b
            CREATE OR REPLACE TABLE analytics.temp_b AS
            SELECT n FROM analytics.a;
            COMMENT ON TABLE analytics.temp_b IS '[eltps table=analytics.b generation=<generation id> replaces={generations[
                1
            ]} run=<run id>]';
            -- check analytics.b
            SELECT count(*) FROM analytics.temp_b;
            -- publish analytics.b
            ALTER TABLE analytics.b RENAME TO "eltps_<generation id>";
            ALTER TABLE analytics.temp_b RENAME TO "b";
            ALTER TABLE analytics."eltps_<generation id>" RENAME TO "temp_b";
            -- publish
            EXPLAIN SELECT * FROM "analytics"."v";
            COMMIT;

            """.ReplaceLineEndings("\n"),
            run.HostText);
        Assert.Empty(run.Output);
        Assert.Equal(before, _job.Job.Snapshot());
        _job.Job.Run("Invoke-EltPipeline job.psd1").Succeeded();
    }

    [Theory]
    [InlineData(0, RunStatus.Succeeded)]
    [InlineData(2, RunStatus.Cancelled)]
    public void Confirm_asks_once_for_all_tables(int answer, RunStatus status)
    {
        using var session = _job.Job.Session();
        session.Answers.Enqueue(answer);

        var run = session.Run("Invoke-EltPipeline job.psd1 -Confirm");

        var result = Assert.IsType<RunResult>(Assert.Single(run.Output));
        Assert.Equal(status, result.Status);
        Assert.Contains("Build all 5 tables, and publish them together?", Assert.Single(session.Questions), StringComparison.Ordinal);
        if (status == RunStatus.Cancelled)
        {
            Assert.Contains(
                "job: the run was declined.\nAll tables were left as they were.",
                Assert.Single(run.Errors).Exception.Message,
                StringComparison.Ordinal);
            Assert.All(result.Tables, table => Assert.Equal((TableStatus.Skipped, null), (table.Status, table.Message)));
            Assert.Empty(_job.Job.Database.Names());
        }
    }

    [Fact]
    public void Single_steps_publish_a_table_by_itself()
    {
        _job.Job.Run("Get-EltTable job.psd1 -Table b | Invoke-EltCtas | Test-EltRowCount | Switch-EltTable").Succeeded();

        Assert.Equal(["analytics.b"], _job.Job.Database.Names());
    }

    private IReadOnlyList<string> Generations() =>
        _job.Job.Database.Rows($"SELECT {string.Join(", ", TogetherJob.Names.Select(name => $"(SELECT max(g) FROM analytics.{name})"))}");

    private List<string?> Ledger() =>
        [
            .. File.ReadAllLines(_job.State.PathOf("published.jsonl"))
                .Select(line => JsonDocument.Parse(line).RootElement.GetProperty("generation").GetString()),
        ];

    private static List<string?> Events(string journal) =>
        [.. File.ReadAllLines(journal).Select(line => JsonDocument.Parse(line).RootElement.GetProperty("event").GetString())];

    private void Cut(Func<string, bool> from)
    {
        var path = _job.Runs[0].JournalPath;
        File.WriteAllLines(path, File.ReadAllLines(path).TakeWhile(line => !from(line)));
    }
}
