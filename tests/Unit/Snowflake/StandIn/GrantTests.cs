using Xunit;

namespace EltPs.Tests.Snowflake.StandIn;

/// <summary>Whom the stand-in lets read a table after each way of making and moving it.</summary>
/// <remarks>
/// Source: Snowflake documentation, "CREATE TABLE" (COPY GRANTS), "ALTER TABLE" (SWAP WITH), "GRANT &lt;privileges&gt;" (future grants).
/// </remarks>
public sealed class GrantTests : IDisposable
{
    private readonly Scene _scene = new();

    public void Dispose() => _scene.Dispose();

    [Theory]
    [InlineData("CREATE TABLE analytics.made (i INT)", "SELECT TO FUTURE")]
    [InlineData("CREATE TABLE analytics.made AS SELECT 1 AS i", "SELECT TO FUTURE")]
    [InlineData("CREATE TABLE analytics.made COPY GRANTS AS SELECT 1 AS i", "")]
    [InlineData("CREATE TABLE analytics.made LIKE analytics.source", "SELECT TO FUTURE")]
    [InlineData("CREATE TABLE analytics.made LIKE analytics.source COPY GRANTS", "SELECT TO SOURCE")]
    [InlineData("CREATE TABLE analytics.made CLONE analytics.source", "SELECT TO FUTURE")]
    [InlineData("CREATE TABLE analytics.made CLONE analytics.source COPY GRANTS", "SELECT TO SOURCE")]
    [InlineData("CREATE OR REPLACE TABLE analytics.made COPY GRANTS AS SELECT 1 AS i", "")]
    [InlineData("CREATE OR REPLACE TABLE analytics.made LIKE analytics.source COPY GRANTS", "SELECT TO SOURCE")]
    [InlineData("CREATE OR REPLACE TABLE analytics.made CLONE analytics.source COPY GRANTS", "SELECT TO SOURCE")]
    public void A_new_table_has_the_grants_of_its_source_with_COPY_GRANTS_and_the_future_ones_without(string statement, string grants)
    {
        Table("analytics.source", "source");
        _scene.Catalogue.Run("GRANT SELECT ON FUTURE TABLES IN SCHEMA analytics TO ROLE future");

        _scene.Send(statement);

        Assert.Equal(grants, string.Join(", ", _scene.Catalogue.Grants("analytics.made")));
    }

    [Theory]
    [InlineData("CREATE OR REPLACE TABLE analytics.made AS SELECT 1 AS i", "SELECT TO FUTURE")]
    [InlineData("CREATE OR REPLACE TABLE analytics.made COPY GRANTS AS SELECT 1 AS i", "SELECT TO REPLACED")]
    [InlineData("CREATE OR REPLACE TABLE analytics.made LIKE analytics.source", "SELECT TO FUTURE")]
    [InlineData("CREATE OR REPLACE TABLE analytics.made LIKE analytics.source COPY GRANTS", "SELECT TO REPLACED")]
    [InlineData("CREATE OR REPLACE TABLE analytics.made CLONE analytics.source", "SELECT TO FUTURE")]
    [InlineData("CREATE OR REPLACE TABLE analytics.made CLONE analytics.source COPY GRANTS", "SELECT TO REPLACED")]
    [InlineData("CREATE TABLE IF NOT EXISTS analytics.made AS SELECT * FROM analytics.source WHERE 1=0", "SELECT TO REPLACED")]
    public void A_table_that_replaces_another_has_the_grants_of_the_replaced_one_with_COPY_GRANTS(string statement, string grants)
    {
        Table("analytics.source", "source");
        Table("analytics.made", "replaced");
        _scene.Catalogue.Run("GRANT SELECT ON FUTURE TABLES IN SCHEMA analytics TO ROLE future");

        _scene.Send(statement);

        Assert.Equal(grants, string.Join(", ", _scene.Catalogue.Grants("analytics.made")));
    }

    [Fact]
    public void Ownership_is_not_copied()
    {
        Table("analytics.source", "source");
        _scene.Catalogue.Run("GRANT OWNERSHIP ON TABLE analytics.source TO ROLE other");
        _scene.Catalogue.Run("GRANT SELECT ON TABLE analytics.source TO ROLE elt");

        _scene.Send("CREATE TABLE analytics.made LIKE analytics.source COPY GRANTS");

        Assert.Equal(Scene.Role, _scene.Catalogue.Find("analytics.made")?.Owner);
    }

    [Fact]
    public void A_swap_and_a_rename_take_the_grants_along_with_the_object()
    {
        Table("analytics.a", "reader_of_a");
        Table("analytics.b", "reader_of_b");

        _scene.Send("ALTER TABLE analytics.a SWAP WITH analytics.b");
        Assert.Equal(["SELECT TO READER_OF_B"], _scene.Catalogue.Grants("analytics.a"));
        Assert.Equal(["SELECT TO READER_OF_A"], _scene.Catalogue.Grants("analytics.b"));

        _scene.Send("ALTER TABLE analytics.a RENAME TO analytics.c");
        Assert.Equal(["SELECT TO READER_OF_B"], _scene.Catalogue.Grants("analytics.c"));
    }

    [Fact]
    public void The_original_job_loses_the_grants()
    {
        string[] job =
        [
            "CREATE OR REPLACE TABLE analytics.temp_mau AS SELECT 1 AS i",
            "SELECT COUNT(1) FROM analytics.temp_mau",
            "CREATE TABLE IF NOT EXISTS analytics.mau AS SELECT * FROM analytics.temp_mau WHERE 1=0",
            "ALTER TABLE analytics.mau SWAP WITH analytics.temp_mau",
        ];
        Send(job);
        Grant("reporter");

        Send(job);

        Assert.Empty(_scene.Catalogue.Grants("analytics.mau"));
        Assert.Equal("002003", _scene.Refused("SELECT * FROM analytics.mau", StandInCatalogue.As("REPORTER")).Code);
    }

    [Fact]
    public void The_published_table_keeps_what_was_granted_and_revoked_between_five_runs()
    {
        _scene.Build("analytics.mau");
        Assert.Empty(_scene.Catalogue.Grants("analytics.mau"));

        Grant("reporter");
        _scene.Build("analytics.mau");
        Assert.Equal(["SELECT TO REPORTER"], _scene.Catalogue.Grants("analytics.mau"));

        Grant("analyst");
        _scene.Build("analytics.mau");
        Assert.Equal(["SELECT TO ANALYST", "SELECT TO REPORTER"], _scene.Catalogue.Grants("analytics.mau"));

        _scene.Catalogue.Run("REVOKE SELECT ON TABLE analytics.mau FROM ROLE reporter");
        _scene.Build("analytics.mau");
        _scene.Build("analytics.mau");
        Assert.Equal(["SELECT TO ANALYST"], _scene.Catalogue.Grants("analytics.mau"));
    }

    [Fact]
    public void Leaving_out_the_DROP_brings_back_what_was_revoked_and_loses_what_was_granted()
    {
        _scene.Build("analytics.mau");
        Grant("reporter");
        _scene.Build("analytics.mau");
        _scene.Build("analytics.mau");
        _scene.Catalogue.Run("REVOKE SELECT ON TABLE analytics.mau FROM ROLE reporter");
        Grant("analyst");

        Send(
            "CREATE OR REPLACE TABLE analytics.temp_mau LIKE analytics.mau COPY GRANTS",
            "CREATE OR REPLACE TABLE analytics.temp_mau COPY GRANTS AS SELECT 1 AS i",
            "ALTER TABLE analytics.mau SWAP WITH analytics.temp_mau");

        Assert.Equal(["SELECT TO REPORTER"], _scene.Catalogue.Grants("analytics.mau"));
    }

    [Fact]
    public void A_clone_keeps_the_published_tables_grants()
    {
        _scene.Build("analytics.mau", change: Scene.ForClone);
        Grant("reporter");

        _scene.Build("analytics.mau", change: Scene.ForClone);

        Assert.Equal(["SELECT TO REPORTER"], _scene.Catalogue.Grants("analytics.mau"));
        Assert.Null(_scene.Catalogue.Find("analytics.temp_mau"));
    }

    [Fact]
    public void A_first_build_has_the_schemas_future_grants_and_the_next_one_those_of_the_published_table()
    {
        _scene.Catalogue.Run("GRANT SELECT ON FUTURE TABLES IN SCHEMA analytics TO ROLE future");
        _scene.Build("analytics.mau");
        Assert.Equal(["SELECT TO FUTURE"], _scene.Catalogue.Grants("analytics.mau"));

        _scene.Catalogue.Run("REVOKE SELECT ON TABLE analytics.mau FROM ROLE future");
        _scene.Build("analytics.mau");

        Assert.Empty(_scene.Catalogue.Grants("analytics.mau"));
    }

    [Fact]
    public void A_swap_back_brings_back_the_grants_that_the_previous_table_had_when_it_was_replaced()
    {
        _scene.Build("analytics.mau");
        Grant("reporter");
        _scene.Build("analytics.mau");
        _scene.Catalogue.Run("REVOKE SELECT ON TABLE analytics.mau FROM ROLE reporter");
        Grant("analyst");

        _scene.Send("ALTER TABLE analytics.mau SWAP WITH analytics.temp_mau");

        Assert.Equal(["SELECT TO REPORTER"], _scene.Catalogue.Grants("analytics.mau"));
    }

    private void Send(params string[] statements)
    {
        foreach (var statement in statements)
        {
            _scene.Send(statement);
        }
    }

    private void Grant(string role) => _scene.Catalogue.Run($"GRANT SELECT ON TABLE analytics.mau TO ROLE {role}");

    private void Table(string name, string reader)
    {
        _scene.Send($"CREATE TABLE {name} (i INT)");
        _scene.Catalogue.Run($"GRANT SELECT ON TABLE {name} TO ROLE {reader}");
    }
}
