using EltPs.Engine.Errors;
using EltPs.Engine.Warehouses;

using Xunit;

namespace EltPs.Tests.DuckDb;

public sealed class SwapTests
{
    private const string Table = "analytics.t";

    [Fact]
    public async Task A_first_publish_makes_schema_and_table_and_leaves_nothing_at_the_staging_name()
    {
        await using var database = await TestDatabase.OpenAsync();
        var request = await database.StageAsync(Table, "SELECT 1 AS i");
        Assert.Equal(GenerationMarker.First, request.Replaces);
        Assert.Null(await database.FindAsync(Table));

        await database.PublishAsync(request);

        Assert.Equal(1, database.Read("SELECT i FROM analytics.t"));
        Assert.Equal(request.Generation, (await database.FindAsync(Table))!.Marker!.Generation);
        Assert.Null(await database.FindAsync("analytics.temp_t"));
    }

    [Fact]
    public async Task A_second_publish_swaps_and_keeps_the_previous_rows_at_the_staging_name()
    {
        await using var database = await TestDatabase.OpenAsync();
        var first = await database.BuildAsync(Table, "SELECT 1 AS i");
        var second = await database.BuildAsync(Table, "SELECT 2 AS i");

        Assert.Equal(first.Generation, second.Replaces);
        Assert.Equal(2, database.Read("SELECT i FROM analytics.t"));
        Assert.Equal(1, database.Read("SELECT i FROM analytics.temp_t"));
        Assert.Equal(2L, database.Read("SELECT count(*) FROM duckdb_tables()"));
    }

    [Fact]
    public async Task Without_KeepPrevious_the_previous_rows_are_dropped()
    {
        await using var database = await TestDatabase.OpenAsync();
        await database.BuildAsync(Table, "SELECT 1 AS i");
        await database.BuildAsync(Table, "SELECT 2 AS i", keepPrevious: false);

        Assert.Equal(2, database.Read("SELECT i FROM analytics.t"));
        Assert.Equal(1L, database.Read("SELECT count(*) FROM duckdb_tables()"));
    }

    [Theory]
    [InlineData("analytics.\"order\"")]
    [InlineData("analytics.order")]
    [InlineData("analytics.\"a \"\"b\"\".c; DROP\"")]
    [InlineData("\"my schema.x\".\"Täble\"")]
    [InlineData("analytics.\"it's\"")]
    public async Task Any_name_can_be_staged_counted_published_and_undone(string table)
    {
        await using var database = await TestDatabase.OpenAsync();
        await database.BuildAsync(table, "SELECT 1 AS i");
        await database.BuildAsync(table, "SELECT 2 AS i UNION ALL SELECT 3");
        var reading = await database.Warehouse.MeasureAsync(
            TestDatabase.Name(table), [database.Warehouse.Dialect.RowCount], database.Scope, TestContext.Current.CancellationToken);
        Assert.Equal(1, reading.Rows);

        await database.UndoAsync(table);

        Assert.Equal(1L, database.Read($"SELECT count(*) FROM {table}"));
    }

    [Fact]
    public async Task Indexes_are_on_the_table_after_a_publish_and_after_an_undo()
    {
        await using var database = await TestDatabase.OpenAsync();
        await database.BuildAsync(Table, "SELECT 1 AS i, 'a' AS s");
        database.Run(""""CREATE UNIQUE INDEX "by ""i""" ON analytics.t(i); CREATE INDEX by_s ON analytics.t(lower(s))"""");
        const string indexes =
            "SELECT string_agg(table_name || ':' || index_name || ':' || is_unique, ' ' ORDER BY index_name) FROM duckdb_indexes()";
        var before = database.Read(indexes);

        await database.BuildAsync(Table, "SELECT 2 AS i, 'b' AS s");
        Assert.Equal(before, database.Read(indexes));
        Assert.Equal(2, database.Read("SELECT i FROM analytics.t"));

        await database.UndoAsync(Table);
        Assert.Equal(before, database.Read(indexes));
        Assert.Equal(1, database.Read("SELECT i FROM analytics.t"));
    }

    [Fact]
    public async Task A_unique_index_that_the_new_rows_break_fails_the_publish_and_leaves_all_as_it_was()
    {
        await using var database = await TestDatabase.OpenAsync();
        await database.BuildAsync(Table, "SELECT 1 AS i");
        database.Run("CREATE UNIQUE INDEX only_once ON analytics.t(i)");
        var request = await database.StageAsync(Table, "SELECT 2 AS i UNION ALL SELECT 2");

        var failure = await Assert.ThrowsAsync<EltException>(() => database.PublishAsync(request));

        Assert.Equal(EltErrorKind.PublishFailed, failure.Kind);
        Assert.Contains("only_once", failure.Message, StringComparison.Ordinal);
        Assert.Equal(1, database.Read("SELECT i FROM analytics.t"));
        Assert.Equal(2L, database.Read("SELECT count(*) FROM analytics.temp_t"));
        Assert.Equal("t", database.Read("SELECT table_name FROM duckdb_indexes() WHERE index_name = 'only_once'"));
        await database.AssertNoOpenTransactionAsync();
    }

    [Theory]
    [InlineData("CREATE VIEW analytics.v AS SELECT gone FROM analytics.t")]
    [InlineData("CREATE VIEW analytics.inner_v AS FROM analytics.t; CREATE VIEW main.v AS SELECT gone FROM analytics.inner_v")]
    [InlineData("USE analytics; CREATE VIEW v AS SELECT T.gone FROM T")]
    public async Task A_view_that_the_new_columns_break_fails_the_publish_and_leaves_all_as_it_was(string view)
    {
        await using var database = await TestDatabase.OpenAsync();
        await database.BuildAsync(Table, "SELECT 1 AS gone");
        database.Run(view);
        var request = await database.StageAsync(Table, "SELECT 2 AS other");

        var failure = await Assert.ThrowsAsync<EltException>(() => database.PublishAsync(request));

        Assert.Equal(EltErrorKind.PublishFailed, failure.Kind);
        Assert.Contains("v\"", failure.Message, StringComparison.Ordinal);
        Assert.Equal(1, database.Read("SELECT gone FROM analytics.t"));
        Assert.Equal(2, database.Read("SELECT other FROM analytics.temp_t"));
        await database.AssertNoOpenTransactionAsync();
    }

    [Fact]
    public async Task A_view_that_was_broken_before_does_not_keep_the_table_from_being_published()
    {
        await using var database = await TestDatabase.OpenAsync();
        await database.BuildAsync(Table, "SELECT 1 AS i");
        var file = database.Folder.File("gone.csv", "i\n1\n");
        database.Run(
            $"""
            CREATE TABLE analytics.u AS SELECT 1 AS i;
            CREATE VIEW analytics.no_table AS SELECT t.i FROM analytics.t JOIN analytics.u USING (i);
            CREATE VIEW analytics.no_file AS SELECT t.i FROM analytics.t JOIN read_csv('{file}') USING (i);
            CREATE VIEW analytics.sound AS SELECT i FROM analytics.t;
            DROP TABLE analytics.u;
            """);
        File.Delete(file);

        await database.BuildAsync(Table, "SELECT 2 AS i");

        Assert.Equal(2, database.Read("SELECT i FROM analytics.sound"));
    }

    [Fact]
    public async Task A_generation_is_published_once()
    {
        await using var database = await TestDatabase.OpenAsync();
        var request = await database.BuildAsync(Table, "SELECT 1 AS i");
        await AssertRefusedAsync(EltErrorKind.AlreadyPublished, database, request);
    }

    [Fact]
    public async Task A_staging_table_that_was_rebuilt_is_not_published()
    {
        await using var database = await TestDatabase.OpenAsync();
        var request = await database.StageAsync(Table, "SELECT 1 AS i");
        await database.StageAsync(Table, "SELECT 2 AS i");
        await AssertRefusedAsync(EltErrorKind.StagingChanged, database, request);
        Assert.Null(await database.FindAsync(Table));
    }

    [Fact]
    public async Task A_table_that_was_published_in_between_is_not_replaced()
    {
        await using var database = await TestDatabase.OpenAsync();
        var request = await database.StageAsync(Table, "SELECT 1 AS i");
        database.Run("CREATE TABLE analytics.t AS SELECT 7 AS i");
        await AssertRefusedAsync(EltErrorKind.PublishedChanged, database, request);
        Assert.Equal(7, database.Read("SELECT i FROM analytics.t"));
    }

    [Fact]
    public async Task An_undo_brings_the_previous_rows_back_and_an_undo_of_it_returns()
    {
        await using var database = await TestDatabase.OpenAsync();
        await database.BuildAsync(Table, "SELECT 1 AS i");
        await database.BuildAsync(Table, "SELECT 2 AS i");

        await database.UndoAsync(Table);
        Assert.Equal(1, database.Read("SELECT i FROM analytics.t"));

        await database.UndoAsync(Table);
        Assert.Equal(2, database.Read("SELECT i FROM analytics.t"));
    }

    [Fact]
    public async Task An_undo_is_refused_when_a_later_build_stands_at_the_staging_name()
    {
        await using var database = await TestDatabase.OpenAsync();
        await database.BuildAsync(Table, "SELECT 1 AS i");
        await database.BuildAsync(Table, "SELECT 2 AS i");
        await database.StageAsync(Table, "SELECT 3 AS i");

        var failure = await Assert.ThrowsAsync<EltException>(() => database.UndoAsync(Table));

        Assert.Equal(EltErrorKind.UndoRefused, failure.Kind);
        Assert.Equal(2, database.Read("SELECT i FROM analytics.t"));
        await database.AssertNoOpenTransactionAsync();
    }

    [Fact]
    public async Task An_undo_over_a_table_that_EltPs_did_not_build_brings_that_table_back()
    {
        await using var database = await TestDatabase.OpenAsync();
        database.Run("CREATE SCHEMA analytics; CREATE TABLE analytics.t AS SELECT 7 AS i; COMMENT ON TABLE analytics.t IS 'made by hand'");
        await database.BuildAsync(Table, "SELECT 1 AS i");
        Assert.StartsWith("made by hand [eltps ", (await database.FindAsync(Table))!.Comment, StringComparison.Ordinal);

        await database.UndoAsync(Table);

        Assert.Equal(7, database.Read("SELECT i FROM analytics.t"));
        Assert.StartsWith("made by hand", (await database.FindAsync(Table))!.Comment, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_staging_table_is_dropped_only_while_it_is_that_generation()
    {
        await using var database = await TestDatabase.OpenAsync();
        var first = await database.StageAsync(Table, "SELECT 1 AS i");
        var second = await database.StageAsync(Table, "SELECT 2 AS i");
        var token = TestContext.Current.CancellationToken;

        await database.Warehouse.DropStagingAsync(first.Target, first.Generation, database.Scope, token);
        Assert.NotNull(await database.FindAsync("analytics.temp_t"));

        await database.Warehouse.DropStagingAsync(second.Target, second.Generation, database.Scope, token);
        Assert.Null(await database.FindAsync("analytics.temp_t"));
        var reading = await database.Warehouse.MeasureAsync(second.Target, [database.Warehouse.Dialect.RowCount], database.Scope, token);
        Assert.Equal(new StagingReading(null, null, null), reading);
    }

    [Fact]
    public async Task A_staging_table_with_an_index_is_replaced_and_a_table_with_a_foreign_key_of_its_own_is_swapped()
    {
        await using var database = await TestDatabase.OpenAsync();
        await database.StageAsync(Table, "SELECT 1 AS i");
        database.Run("CREATE INDEX staged ON analytics.temp_t(i)");
        await database.BuildAsync(Table, "SELECT 2 AS i");
        Assert.Equal(2, database.Read("SELECT i FROM analytics.t"));

        database.Run(
            "CREATE TABLE analytics.parent(i INTEGER PRIMARY KEY); CREATE TABLE analytics.child(i INTEGER REFERENCES analytics.parent(i))");
        await database.BuildAsync("analytics.child", "SELECT 1 AS i");
        await database.BuildAsync("analytics.child", "SELECT 2 AS i");
        Assert.Equal(2, database.Read("SELECT i FROM analytics.child"));
    }

    [Fact]
    public async Task A_failed_query_leaves_what_was_staged_before_and_no_open_transaction()
    {
        await using var database = await TestDatabase.OpenAsync();
        await database.StageAsync(Table, "SELECT 1 AS i");

        var failure = await Assert.ThrowsAsync<EltException>(() =>
            database.StageAsync(Table, "SELECT CAST(x AS INTEGER) AS i FROM (VALUES ('1'), ('no')) AS v(x)"));

        Assert.Equal(EltErrorKind.StatementFailed, failure.Kind);
        Assert.Contains("CREATE OR REPLACE TABLE analytics.temp_t AS", failure.Statement, StringComparison.Ordinal);
        Assert.Contains("Could not convert string 'no' to INT32", failure.Message, StringComparison.Ordinal);
        Assert.Equal("Conversion", failure.VendorCode);
        Assert.Equal(1, database.Read("SELECT i FROM analytics.temp_t"));
        await database.AssertNoOpenTransactionAsync();
    }

    [Fact]
    public async Task An_error_of_the_query_shows_its_place()
    {
        await using var database = await TestDatabase.OpenAsync();
        var failure = await Assert.ThrowsAsync<EltException>(() => database.StageAsync(Table, "SELECT 1 AS i,\n    nothing AS j"));
        Assert.Equal("Binder", failure.VendorCode);
        Assert.Contains("LINE 3:     nothing AS j", failure.Message, StringComparison.Ordinal);
    }

    private static async Task AssertRefusedAsync(EltErrorKind kind, TestDatabase database, PublishRequest request)
    {
        var failure = await Assert.ThrowsAsync<EltException>(() => database.PublishAsync(request));
        Assert.Equal(kind, failure.Kind);
        await database.AssertNoOpenTransactionAsync();
    }
}
