using EltPs.Engine.Names;
using EltPs.Engine.Warehouses;

using Xunit;

namespace EltPs.Tests.DuckDb;

public sealed class DialectTests
{
    private const string Generation = "0193f0aa-0000-7000-8000-000000000001";
    private static readonly TableName Mau = TestDatabase.Name("analytics.mau");
    private static readonly IDialect Dialect = TestDatabase.Provider.Dialect;

    private static readonly CatalogEntry Published = new(Mau, ObjectKind.Table, "old")
    {
        Indexes = [new IndexDefinition("analytics.\"by month\"", "CREATE INDEX \"by month\" ON analytics.mau(\"month\")")],
        DependentViews = ["\"analytics\".\"v\""],
    };

    [Fact]
    public void Staging_is_one_transaction_of_table_and_comment() => AssertSql(
        """
        BEGIN TRANSACTION;
        CREATE OR REPLACE TABLE analytics.temp_mau AS
        SELECT 1 AS i -- one
        ;
        COMMENT ON TABLE analytics.temp_mau IS 'it''s new';
        COMMIT;
        """,
        Dialect.Stage(new StageRequest(Mau, "SELECT 1 AS i -- one", "it's new", Published, CreateSchema: false)));

    [Fact]
    public void Staging_makes_a_schema_that_is_missing() => Assert.Equal(
        "CREATE SCHEMA IF NOT EXISTS analytics",
        Dialect.Stage(new StageRequest(Mau, "SELECT 1", "", null, CreateSchema: true))
            .Single(statement => statement.Role == StatementRole.Schema)
            .Sql);

    [Fact]
    public void A_first_publish_is_a_rename() => AssertSql(
        """
        BEGIN TRANSACTION;
        ALTER TABLE analytics.temp_mau RENAME TO "mau";
        COMMIT;
        """,
        Dialect.Publish(new PublishRequest(Mau, Generation, "first", KeepPrevious: true), null));

    [Fact]
    public void A_publish_takes_indexes_along_and_binds_views() => AssertSql(
        """
        BEGIN TRANSACTION;
        DROP INDEX analytics."by month";
        ALTER TABLE analytics.mau RENAME TO "eltps_0193f0aa-0000-7000-8000-000000000001";
        ALTER TABLE analytics.temp_mau RENAME TO "mau";
        ALTER TABLE analytics."eltps_0193f0aa-0000-7000-8000-000000000001" RENAME TO "temp_mau";
        CREATE INDEX "by month" ON analytics.mau("month");
        EXPLAIN SELECT * FROM "analytics"."v";
        COMMIT;
        """,
        Dialect.Publish(new PublishRequest(Mau, Generation, "none", KeepPrevious: true), Published));

    [Fact]
    public void A_publish_that_keeps_nothing_drops_the_previous_table_last() => AssertSql(
        """
        BEGIN TRANSACTION;
        ALTER TABLE analytics.mau RENAME TO "eltps_0193f0aa-0000-7000-8000-000000000001";
        ALTER TABLE analytics.temp_mau RENAME TO "mau";
        ALTER TABLE analytics."eltps_0193f0aa-0000-7000-8000-000000000001" RENAME TO "temp_mau";
        DROP TABLE analytics.temp_mau;
        COMMIT;
        """,
        Dialect.Publish(new PublishRequest(Mau, Generation, "none", KeepPrevious: false), new CatalogEntry(Mau, ObjectKind.Table, null)));

    [Fact]
    public void An_undo_is_the_same_swap_and_a_comment() => AssertSql(
        """
        BEGIN TRANSACTION;
        DROP INDEX analytics."by month";
        ALTER TABLE analytics.mau RENAME TO "eltps_0193f0aa-0000-7000-8000-000000000001";
        ALTER TABLE analytics.temp_mau RENAME TO "mau";
        ALTER TABLE analytics."eltps_0193f0aa-0000-7000-8000-000000000001" RENAME TO "temp_mau";
        CREATE INDEX "by month" ON analytics.mau("month");
        EXPLAIN SELECT * FROM "analytics"."v";
        COMMENT ON TABLE analytics.mau IS 'restored';
        COMMIT;
        """,
        Dialect.Undo(new UndoRequest(Mau, null), new UndoPlan(Generation, "other", "restored"), Published));

    [Fact]
    public void Counting_marking_and_dropping_speak_of_the_staging_table()
    {
        Assert.Equal("SELECT count(*) FROM analytics.temp_mau", Dialect.Count(Mau).Sql);
        Assert.Equal("COMMENT ON TABLE analytics.temp_mau IS 'c'", Dialect.MarkStaging(Mau, "c").Sql);
        Assert.Equal("DROP TABLE analytics.temp_mau", Dialect.DropStaging(Mau).Sql);
    }

    [Theory]
    [InlineData("a.t", "A.T", true)]
    [InlineData("a.\"T\"", "a.t", true)]
    [InlineData("a.t", "a.u", false)]
    public void Names_are_compared_without_case_quoted_or_not(string one, string other, bool same) =>
        Assert.Equal(same, Dialect.Identifiers.Key(TestDatabase.Name(one)) == Dialect.Identifiers.Key(TestDatabase.Name(other)));

    private static void AssertSql(string expected, IReadOnlyList<Statement> statements) =>
        Assert.Equal(expected.ReplaceLineEndings("\n"), string.Join("\n", statements.Select(statement => $"{statement.Sql};")));
}
