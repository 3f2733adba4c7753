using EltPs.Engine.Errors;
using EltPs.Engine.Events;
using EltPs.Engine.Runs;
using EltPs.Tests.Cmdlets;
using EltPs.Tests.Soak;
using Xunit;

namespace EltPs.Tests.Together;

/// <summary>On DuckDB: whatever goes wrong with whichever table, all tables and staging tables are what they were.</summary>
public sealed class AllOrNoneTests
{
    private static readonly (string Sql, EltStep Step, EltErrorKind Kind, string Words)[] Failures =
    [
        ("SELECT nonsense", EltStep.Stage, EltErrorKind.StatementFailed, "nonsense"),
        (
            "SELECT CAST(x AS INTEGER) AS n, 'x' AS extra FROM (VALUES ('no')) AS v(x)",
            EltStep.Stage,
            EltErrorKind.StatementFailed,
            "Could not convert"),
        ("SELECT * FROM read_csv('none.csv')", EltStep.Stage, EltErrorKind.StatementFailed, "none.csv"),
        ("SELECT 9 AS g, 1 AS n, 'x' AS extra WHERE 1 = 0", EltStep.Check, EltErrorKind.TooFewRows, "0 rows"),
        ("SELECT 9 AS g, 7 AS n, 'x' AS extra FROM range(2)", EltStep.Publish, EltErrorKind.PublishFailed, "Duplicate key (7)"),
        ("SELECT 9 AS g, 'x' AS extra", EltStep.Publish, EltErrorKind.PublishFailed, "does not fit an index"),
        ("SELECT 9 AS g, 1 AS n", EltStep.Publish, EltErrorKind.PublishFailed, "would break the view"),
    ];

    public static TheoryData<int> Positions => [0, 1, 2, 3, 4];

    [Theory]
    [MemberData(nameof(Positions))]
    public void Whichever_table_fails_all_five_are_exactly_what_they_were(int position)
    {
        using var job = new TogetherJob();
        job.Publish(1);
        job.Publish(2);
        job.Job.Database.Execute(string.Concat(TogetherJob.Names.Select(name =>
            $"""
            CREATE UNIQUE INDEX only_{name} ON analytics.{name}(n);
            CREATE VIEW analytics.v_{name} AS SELECT g, extra FROM analytics.{name};
            """)));

        var before = job.Everything();
        foreach (var failure in Of(position))
        {
            job.Job.Write(TogetherJob.Tables(3, position, failure.Sql));

            var result = job.Fail();

            Assert.Equal(before, job.Everything());
            EnsureTruth(result, position, failure.Step, failure.Kind, failure.Words);
        }

        job.Publish(4);
        using var database = job.Job.Database.Open();
        Assert.All(TogetherJob.Names, name =>
            Assert.Equal(["4|3"], database.Rows($"SELECT g, count(*) FROM analytics.{name} GROUP BY g")));
        Assert.All(TogetherJob.Names, name =>
            Assert.Equal(["2|3"], database.Rows($"SELECT g, count(*) FROM analytics.temp_{name} GROUP BY g")));
        Assert.Equal(
            ["5"],
            database.Rows("SELECT count(*) FROM duckdb_indexes() WHERE index_name LIKE 'only%' AND table_name NOT LIKE 'temp%'"));
    }

    [Theory]
    [MemberData(nameof(Positions))]
    public void A_first_run_that_fails_leaves_nothing_at_all(int position)
    {
        using var job = new TogetherJob();
        job.Job.Write(TogetherJob.Tables(1, position, "SELECT nonsense"));

        var result = job.Fail();

        EnsureTruth(result, position, EltStep.Stage, EltErrorKind.StatementFailed, "nonsense");
        Assert.Empty(job.Job.Database.Names());
        Assert.Equal(["0"], job.Job.Database.Rows("SELECT count(*) FROM duckdb_schemas() WHERE schema_name = 'analytics'"));
    }

    [Fact]
    public void A_later_table_reads_the_new_rows_of_an_earlier_one()
    {
        (string, string)[] Chain(int generation) =>
        [
            ("a", $"SELECT {generation} AS g"), ("b", "SELECT g FROM analytics.a"), ("c", "SELECT g FROM analytics.b"),
            ("d", "SELECT c.g FROM analytics.c JOIN analytics.a USING (g)"), ("e", "SELECT max(g) AS g FROM analytics.d"),
        ];
        using var job = new Job(TogetherJob.Keys, Chain(1));
        job.Run("Invoke-EltPipeline job.psd1").Succeeded();
        job.Write(Chain(2));

        var result = job.Run("Invoke-EltPipeline job.psd1").Single<RunResult>();

        Assert.All(result.Tables, table => Assert.Equal((TableStatus.Published, 1L), (table.Status, table.Rows)));
        Assert.Equal(
            ["2|2|2|2|2"],
            job.Database.Rows("SELECT a.g, b.g, c.g, d.g, e.g FROM analytics.a, analytics.b, analytics.c, analytics.d, analytics.e"));
        Assert.Equal(["1|1"], job.Database.Rows("SELECT a.g, e.g FROM analytics.temp_a a, analytics.temp_e e"));
    }

    [Fact]
    public void A_view_over_two_tables_that_fits_only_when_both_are_new_is_no_obstacle()
    {
        using var job = new Job(TogetherJob.Keys, [("a", "SELECT 1 AS n"), ("b", "SELECT 2 AS n")]);
        job.Run("Invoke-EltPipeline job.psd1").Succeeded();
        job.Write(("a", "SELECT 3 AS n, 'x' AS t"), ("b", "SELECT 4 AS n, 'y' AS t"));

        // DuckDB remembers a view's columns, so it is one that does not name the tables'.
        job.Database.Execute("CREATE VIEW analytics.v AS SELECT count(*) AS rows FROM (FROM analytics.a UNION ALL FROM analytics.b)");
        job.Run("Invoke-EltPipeline job.psd1").Succeeded();
        Assert.Equal(["2"], job.Database.Rows("SELECT rows FROM analytics.v"));

        job.Write(("a", "SELECT 5 AS n"), ("b", "SELECT 6 AS n, 'y' AS t"));
        var error = job.Run("Invoke-EltPipeline job.psd1").FailedWith("EltPublishFailed,EltPs.Commands.InvokeEltPipelineCommand");
        Assert.Contains("would break the view \"analytics\".\"v\"", error.Exception.Message, StringComparison.Ordinal);
        Assert.Equal(["3|4"], job.Database.Rows("SELECT a.n, b.n FROM analytics.a, analytics.b"));
    }

    [Fact]
    public void A_view_that_was_broken_before_keeps_nothing_from_being_published()
    {
        using var job = new Job(TogetherJob.Keys, [("a", "SELECT 1 AS n"), ("b", "SELECT 2 AS n")]);
        job.Run("Invoke-EltPipeline job.psd1").Succeeded();
        job.WriteText("gone.csv", "n\n1\n");
        var file = Path.Combine(job.Folder, "gone.csv");
        job.Database.Execute(
            $"CREATE VIEW analytics.v AS SELECT a.n FROM analytics.a JOIN read_csv('{file.Replace("'", "''", StringComparison.Ordinal)}') "
                + "USING (n)");
        File.Delete(file);
        job.Write(("a", "SELECT 3 AS n"), ("b", "SELECT 4 AS n"));

        var run = job.Run("Invoke-EltPipeline job.psd1").Succeeded();

        Assert.Contains("did not work before this swap", Assert.Single(run.Warnings), StringComparison.Ordinal);
        Assert.Equal(["3|4"], job.Database.Rows("SELECT a.n, b.n FROM analytics.a, analytics.b"));
    }

    [Fact]
    public void Without_KeepPrevious_the_previous_rows_go_with_the_commit_and_not_without_it()
    {
        using var job = new Job($"{TogetherJob.Keys}; KeepPrevious = $false", [("a", "SELECT 1 AS n"), ("b", "SELECT 2 AS n")]);
        job.Run("Invoke-EltPipeline job.psd1").Succeeded();
        job.Write(("a", "SELECT 3 AS n"), ("b", "SELECT nonsense"));
        Assert.Single(job.Run("Invoke-EltPipeline job.psd1").Errors);
        Assert.Equal(["1|2"], job.Database.Rows("SELECT a.n, b.n FROM analytics.a, analytics.b"));

        job.Write(("a", "SELECT 3 AS n"), ("b", "SELECT 4 AS n"));
        job.Run("Invoke-EltPipeline job.psd1").Succeeded();

        Assert.Equal(["analytics.a", "analytics.b"], job.Database.Names());
        Assert.Equal(["3|4"], job.Database.Rows("SELECT a.n, b.n FROM analytics.a, analytics.b"));
    }

    // Normally three of the failures, in full all of them. Over all positions each of them occurs twice.
    private static IEnumerable<(string Sql, EltStep Step, EltErrorKind Kind, string Words)> Of(int position) =>
        Enumerable.Range(0, Rounds.Of(Failures.Length, normal: 3)).Select(place => Failures[((3 * position) + place) % Failures.Length]);

    private static void EnsureTruth(RunResult result, int position, EltStep step, EltErrorKind kind, string words)
    {
        Assert.Equal((RunStatus.Failed, kind, step), (result.Status, result.Error!.Kind, result.FailedStep));
        Assert.Equal($"analytics.{TogetherJob.Names[position]}", result.FailedTable?.ToString());
        Assert.Contains(words, result.Error.Message, StringComparison.Ordinal);
        Assert.Contains("No table of job was published", result.Error.Message, StringComparison.Ordinal);
        var isLate = result.Error.Message.Contains("would break the view", StringComparison.Ordinal);
        for (var place = 0; place < result.Tables.Count; place++)
        {
            var table = result.Tables[place];
            Assert.Equal(place == position ? TableStatus.Failed : TableStatus.Skipped, table.Status);
            if (place != position && (place < position || isLate))
            {
                Assert.Equal($"built and checked, but not published, because {result.FailedTable} failed", table.Message);
                Assert.Equal((3L, 1), (table.Rows, table.Attempts));
                Assert.True(table.StageTime > TimeSpan.Zero && table.CheckTime > TimeSpan.Zero);
            }
            else if (place > position)
            {
                Assert.Equal((null, null, 0), (table.Message, table.Rows, table.Attempts));
            }
        }
    }
}
