using EltPs.Engine.Names;
using EltPs.Engine.Warehouses;

using Xunit;

namespace EltPs.Tests.DuckDb;

public sealed class LookUpTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task One_statement_tells_kind_comment_losses_references_and_indexes()
    {
        await using var database = await TestDatabase.OpenAsync();
        database.Run(
            """
            CREATE SCHEMA a;
            CREATE TABLE a."P"(id INTEGER PRIMARY KEY, n INTEGER NOT NULL DEFAULT 4, u INTEGER UNIQUE, CHECK (n > 0));
            CREATE TABLE a.child(id INTEGER REFERENCES a."P"(id));
            CREATE INDEX by_n ON a."P"(n);
            COMMENT ON TABLE a."P" IS 'the parent';
            CREATE VIEW a.v AS SELECT id FROM a."P";
            CREATE VIEW a.w AS SELECT id FROM a.v;
            CREATE VIEW a.other AS SELECT 1 AS p1;
            """);
        database.Trace.Clear();

        var catalog = await database.Warehouse.LookUpAsync(
            [TestDatabase.Name("a.p"), TestDatabase.Name("A.V"), TestDatabase.Name("a.nothing"), TestDatabase.Name("missing.t")],
            database.Scope,
            Token);

        Assert.Single(database.Trace.Statements);
        var parent = catalog.Find(TestDatabase.Name("a.p"))!;
        Assert.Equal(ObjectKind.Table, parent.Kind);
        Assert.Equal("the parent", parent.Comment);
        Assert.Equal(["a.child"], parent.ReferencedBy);
        Assert.Contains(parent.NotCarriedOver, loss => loss.StartsWith("PRIMARY KEY", StringComparison.Ordinal));
        Assert.Contains(parent.NotCarriedOver, loss => loss.StartsWith("UNIQUE", StringComparison.Ordinal));
        Assert.Contains(parent.NotCarriedOver, loss => loss.StartsWith("CHECK", StringComparison.Ordinal));
        Assert.Contains("n NOT NULL", parent.NotCarriedOver);
        Assert.Contains("n DEFAULT 4", parent.NotCarriedOver);
        Assert.Equal("CREATE INDEX by_n ON a.P(n)", Assert.Single(parent.Indexes).Sql);
        Assert.Equal(["\"a\".\"v\"", "\"a\".\"w\""], parent.DependentViews);
        Assert.Equal(ObjectKind.View, catalog.Find(TestDatabase.Name("a.v"))!.Kind);
        Assert.Null(catalog.Find(TestDatabase.Name("a.nothing")));
        Assert.False(catalog.IsSchemaMissing(TestDatabase.Name("a.nothing")));
        Assert.True(catalog.IsSchemaMissing(TestDatabase.Name("missing.t")));
    }

    [Fact]
    public async Task Two_thousand_names_are_one_statement()
    {
        await using var database = await TestDatabase.OpenAsync();
        database.Run("CREATE SCHEMA a; " + string.Concat(Enumerable.Range(0, 1000).Select(i => $"CREATE TABLE a.t{i}(i INTEGER);")));
        TableName[] names = [.. Enumerable.Range(0, 2000).Select(i => TestDatabase.Name($"a.t{i}"))];
        database.Trace.Clear();

        var catalog = await database.Warehouse.LookUpAsync(names, database.Scope, Token);

        Assert.Single(database.Trace.Statements);
        Assert.Equal(1000, names.Count(name => catalog.Find(name) is not null));
    }

    [Fact]
    public async Task The_database_may_be_named()
    {
        await using var database = await TestDatabase.OpenAsync();
        await database.BuildAsync("TEST.analytics.t", "SELECT 1 AS i");
        await database.BuildAsync("test.analytics.t", "SELECT 2 AS i");
        Assert.Equal(2, database.Read("SELECT i FROM analytics.t"));
    }
}
