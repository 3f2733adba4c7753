using EltPs.Engine.Warehouses;
using EltPs.Warehouses.Snowflake;

using Xunit;

namespace EltPs.Tests.Snowflake.StandIn;

/// <summary>Names, kinds and comments in the stand-in, and what moves objects between names.</summary>
public sealed class CatalogueTests : IDisposable
{
    private static readonly string[] Copies = ["alike", "cloned", "queried"];

    private readonly Scene _scene = new();

    private StandInCatalogue Catalogue => _scene.Catalogue;

    public void Dispose() => _scene.Dispose();

    [Fact]
    public void An_unquoted_name_is_stored_in_upper_case_and_a_quoted_one_as_it_is()
    {
        _scene.Send("CREATE TABLE analytics.mau AS SELECT 1 AS i");
        _scene.Send("CREATE TABLE analytics.\"mau\" AS SELECT 2 AS i");

        Assert.Equal("1", _scene.Send("SELECT i FROM Analytics.MAU")[0][0]);
        Assert.Equal("1", _scene.Send("SELECT i FROM prod.\"ANALYTICS\".\"MAU\"")[0][0]);
        Assert.Equal("2", _scene.Send("SELECT i FROM analytics.\"mau\"")[0][0]);
        Assert.Equal("002003", _scene.Refused("SELECT i FROM \"analytics\".mau").Code);
    }

    [Fact]
    public void A_swap_exchanges_what_stands_at_two_names()
    {
        _scene.Send("CREATE TABLE analytics.a COMMENT = 'the first' AS SELECT 1 AS i");
        _scene.Send("CREATE TABLE analytics.b AS SELECT 2 AS i");
        var (a, b) = (Catalogue.Find("analytics.a")!, Catalogue.Find("analytics.b")!);

        _scene.Send("ALTER TABLE analytics.a SWAP WITH analytics.b");

        Assert.Equal((b.Id, a.Id), (Catalogue.Find("analytics.a")!.Id, Catalogue.Find("analytics.b")!.Id));
        Assert.Equal("the first", Catalogue.Find("analytics.b")!.Comment);
        Assert.Equal("1", _scene.Send("SELECT i FROM analytics.b")[0][0]);
    }

    [Fact]
    public void A_rename_moves_the_object_and_is_refused_if_the_name_is_taken()
    {
        _scene.Send("CREATE TABLE analytics.a COMMENT = 'moves along' AS SELECT 1 AS i");
        _scene.Send("CREATE TABLE analytics.b AS SELECT 2 AS i");

        Assert.Equal(("002002", "42710"), Codes(_scene.Refused("ALTER TABLE analytics.a RENAME TO analytics.b")));
        _scene.Send("ALTER TABLE analytics.a RENAME TO analytics.c");

        Assert.Null(Catalogue.Find("analytics.a"));
        Assert.Equal("moves along", Catalogue.Find("analytics.c")?.Comment);
    }

    [Theory]
    [InlineData("TRANSIENT TABLE", "TABLE")]
    [InlineData("TEMPORARY TABLE", "TABLE")]
    [InlineData("TEMPORARY TABLE", "TRANSIENT TABLE")]
    public void Tables_of_different_kinds_are_not_swapped(string one, string other)
    {
        _scene.Send($"CREATE {one} analytics.a (i INT)");
        _scene.Send($"CREATE {other} analytics.b (i INT)");

        _scene.Refused("ALTER TABLE analytics.a SWAP WITH analytics.b");
    }

    [Theory]
    [InlineData("TABLE", false)]
    [InlineData("TRANSIENT TABLE", true)]
    [InlineData("TEMPORARY TABLE", true)]
    public void A_transient_table_is_not_cloned_to_a_permanent_one(string kind, bool isCloned)
    {
        _scene.Send("CREATE TRANSIENT TABLE analytics.a (i INT)");

        Assert.Equal(
            isCloned,
            Catalogue
                .Execute($"CREATE {kind} analytics.b CLONE analytics.a", _scene.Context, TestContext.Current.CancellationToken)
                .IsSuccess);
        _scene.Send("CREATE TABLE analytics.c LIKE analytics.a");
    }

    [Fact]
    public void LIKE_and_CLONE_copy_comment_and_clustering_key_and_a_CTAS_does_not()
    {
        _scene.Send("CREATE TABLE analytics.a CLUSTER BY (i, j) COMMENT = 'it''s a\\\\b' AS SELECT 1 AS i, 2 AS j");
        _scene.Send("CREATE TABLE analytics.alike LIKE analytics.a");
        _scene.Send("CREATE TABLE analytics.cloned CLONE analytics.a");
        _scene.Send("CREATE TABLE analytics.queried AS SELECT * FROM analytics.a");

        Assert.Equal([("it's a\\b", "LINEAR(i, j)"), ("it's a\\b", "LINEAR(i, j)"), (null, null)], Copies.Select(Looks));
        Assert.Equal(["0", "1", "1"], Copies.Select(name => _scene.Send($"SELECT COUNT(*) FROM analytics.{name}")[0][0]));
    }

    [Fact]
    public void Clauses_in_another_order_than_the_documented_one_are_refused() =>
        Assert.Equal("001003", _scene.Refused("CREATE TABLE analytics.a COMMENT = 'x' COPY GRANTS AS SELECT 1 AS i").Code);

    [Fact]
    public void A_replaced_and_a_dropped_table_come_back_with_UNDROP()
    {
        _scene.Send("CREATE TABLE analytics.a AS SELECT 1 AS i");
        _scene.Send("CREATE OR REPLACE TABLE analytics.a AS SELECT 2 AS i");
        Assert.Equal("002002", _scene.Refused("UNDROP TABLE analytics.a").Code);

        _scene.Send("DROP TABLE analytics.a");
        _scene.Send("UNDROP TABLE analytics.a");
        Assert.Equal("2", _scene.Send("SELECT i FROM analytics.a")[0][0]);

        _scene.Send("ALTER TABLE analytics.a RENAME TO analytics.b");
        _scene.Send("UNDROP TABLE analytics.a");
        Assert.Equal("1", _scene.Send("SELECT i FROM analytics.a")[0][0]);
    }

    [Fact]
    public void EltPs_look_up_tells_kinds_comments_and_missing_schemas()
    {
        _scene.Send("CREATE TRANSIENT TABLE analytics.a CLUSTER BY (i) COMMENT = 'mine' AS SELECT 1 AS i");
        _scene.Send("CREATE VIEW analytics.v AS SELECT i FROM analytics.a");
        _scene.Send("CREATE TABLE analytics.dynamic (i INT)");
        Catalogue.Change("analytics.dynamic", table => table.IsDynamic = true);

        var table = _scene.LookUp(Scene.Name("analytics.a"))!;
        Assert.Equal((ObjectKind.Table, true, "LINEAR(i)", "mine"), (table.Kind, table.IsTransient, table.ClusteringKey, table.Comment));
        Assert.Equal("a view", _scene.LookUp(Scene.Name("analytics.v"))?.Description);
        Assert.Equal("a dynamic table", _scene.LookUp(Scene.Name("analytics.dynamic"))?.Description);
        Assert.Null(_scene.LookUp(Scene.Name("analytics.nothing")));

        var rows = _scene.Send(
            SnowflakeCatalog.LookUp([Scene.Name("missing.t"), Scene.Name("analytics.t"), Scene.Name("prod.public.t")], out _));
        Assert.Equal([("0", "ANALYTICS"), ("1", "PUBLIC")], rows.Select(row => (row[0], row[1])));
    }

    [Fact]
    public void A_role_finds_only_what_it_owns_or_has_a_grant_on()
    {
        _scene.Send("CREATE TABLE analytics.a (i INT)");
        var reporter = StandInCatalogue.As("REPORTER");
        var hidden = _scene.Refused("SELECT COUNT(1) FROM analytics.a", reporter);
        Assert.Equal(("002003", "42S02"), Codes(hidden));
        Assert.Contains("Object 'PROD.ANALYTICS.A' does not exist or not authorized.", hidden.Message, StringComparison.Ordinal);

        Catalogue.Run("GRANT INSERT ON TABLE analytics.a TO ROLE reporter");
        Assert.Equal(("003001", "42501"), Codes(_scene.Refused("SELECT COUNT(1) FROM analytics.a", reporter)));

        Catalogue.Run("GRANT SELECT ON TABLE analytics.a TO ROLE reporter");
        Assert.Equal("0", Catalogue.Run("SELECT COUNT(1) FROM analytics.a", reporter)[0][0]);
        Assert.Equal("A", Catalogue.Run("SELECT table_name FROM information_schema.tables", reporter)[0][0]);
        Assert.Equal("003001", _scene.Refused("DROP TABLE IF EXISTS analytics.a", reporter).Code);
        Assert.Equal("003001", _scene.Refused("CREATE OR REPLACE TABLE analytics.a AS SELECT 1 AS i", reporter).Code);
        Assert.Equal("002002", _scene.Refused("CREATE TABLE analytics.a (i INT)", StandInCatalogue.As("STRANGER")).Code);
    }

    [Fact]
    public void A_schema_with_grants_lets_a_role_create_only_with_CREATE_TABLE()
    {
        Catalogue.Run("GRANT USAGE ON SCHEMA analytics TO ROLE elt");
        Assert.Equal("003001", _scene.Refused("CREATE TABLE analytics.a (i INT)").Code);
        Assert.Equal(("002003", "02000"), Codes(_scene.Refused("CREATE TABLE analytics.a (i INT)", StandInCatalogue.As("STRANGER"))));

        Catalogue.Run("GRANT CREATE TABLE ON SCHEMA analytics TO ROLE elt");
        _scene.Send("CREATE TABLE analytics.a (i INT)");
    }

    [Fact]
    public void Policies_are_found_and_a_CTAS_has_none()
    {
        _scene.Build("analytics.a");
        _scene.Build("analytics.b");
        Catalogue.Change("analytics.b", table => table.Policies.Add(new Policy("MASKING_POLICY", "HIDE", "I")));
        var policies = SnowflakeCatalog.Policies([Scene.Name("analytics.a"), Scene.Name("prod.analytics.b")]);

        Assert.Equal(["1", "MASKING_POLICY", "HIDE", "I"], Assert.Single(_scene.Send(policies)));
        _scene.Build("analytics.b");
        Assert.Empty(_scene.Send(policies));
    }

    [Fact]
    public void A_table_does_not_take_the_place_of_a_view()
    {
        _scene.Send("CREATE VIEW analytics.v AS SELECT 1 AS i");

        Assert.Equal("001998", _scene.Refused("CREATE OR REPLACE TABLE analytics.v AS SELECT 1 AS i").Code);
        Assert.Equal("002203", _scene.Refused("DROP TABLE IF EXISTS analytics.v").Code);
        Assert.Equal("002203", _scene.Refused("ALTER TABLE analytics.v SWAP WITH analytics.v").Code);
    }

    private static (string Code, string SqlState) Codes(StatementOutcome outcome) => (outcome.Code, outcome.SqlState);

    private (string? Comment, string? ClusteringKey) Looks(string table)
    {
        var found = Catalogue.Find($"analytics.{table}")!;
        return (found.Comment, found.ClusteringKey);
    }
}
