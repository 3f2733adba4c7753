using Xunit;

namespace EltPs.Tests.Snowflake;

public sealed class GrantsOfRunsTests : IAsyncDisposable
{
    private const string Table = "analytics.mau_summary";
    private readonly SnowflakeAccount _account = new();

    public ValueTask DisposeAsync() => _account.DisposeAsync();

    [Fact]
    public void Over_five_runs_the_published_table_has_the_grants_that_were_given_and_not_those_that_were_taken()
    {
        Publish();
        Grant("SELECT", "reporting");
        Publish();
        Assert.Equal(["SELECT TO REPORTING"], _account.Catalogue.Grants(Table));

        Grant("SELECT", "finance");
        Grant("REFERENCES", "finance");
        Publish();
        Assert.Equal(["REFERENCES TO FINANCE", "SELECT TO FINANCE", "SELECT TO REPORTING"], _account.Catalogue.Grants(Table));

        _account.Catalogue.Run($"REVOKE SELECT ON TABLE {Table} FROM ROLE reporting");
        Publish();
        Publish();
        Assert.Equal(["REFERENCES TO FINANCE", "SELECT TO FINANCE"], _account.Catalogue.Grants(Table));
    }

    [Fact]
    public void A_clone_keeps_them_too()
    {
        File.WriteAllText(
            _account.Folder.File("mau.psd1"),
            File.ReadAllText(_account.Folder.File("mau.psd1")).Replace("MinimumRows = 1", "Publish = 'Clone'", StringComparison.Ordinal));
        Publish();
        Grant("SELECT", "reporting");

        Publish();
        Publish();

        Assert.Equal(["SELECT TO REPORTING"], _account.Catalogue.Grants(Table));
    }

    [Fact]
    public void A_first_publish_takes_the_schemas_future_grants()
    {
        _account.Catalogue.Run("GRANT SELECT ON FUTURE TABLES IN SCHEMA analytics TO ROLE reporting");

        Publish();

        Assert.Equal(["SELECT TO REPORTING"], _account.Catalogue.Grants(Table));
    }

    [Fact]
    public void The_order_of_the_original_job_loses_them()
    {
        Publish();
        Grant("SELECT", "reporting");

        _account.Catalogue.Run("CREATE OR REPLACE TABLE analytics.temp_mau_summary AS SELECT '2025-01' AS month, 1 AS mau");
        _account.Catalogue.Run($"ALTER TABLE {Table} SWAP WITH analytics.temp_mau_summary");

        Assert.Empty(_account.Catalogue.Grants(Table));
    }

    [Fact]
    public void Without_the_drop_a_revoked_grant_comes_back()
    {
        Publish();
        Grant("SELECT", "reporting");
        Publish();
        _account.Catalogue.Run($"REVOKE SELECT ON TABLE {Table} FROM ROLE reporting");

        // The staging table is the generation before, with the grants that it had then.
        _account.Catalogue.Run($"CREATE OR REPLACE TABLE analytics.temp_mau_summary LIKE {Table} COPY GRANTS");
        _account.Catalogue.Run("CREATE OR REPLACE TABLE analytics.temp_mau_summary COPY GRANTS AS SELECT '2025-01' AS month, 1 AS mau");
        _account.Catalogue.Run($"ALTER TABLE {Table} SWAP WITH analytics.temp_mau_summary");

        Assert.Equal(["SELECT TO REPORTING"], _account.Catalogue.Grants(Table));
    }

    private void Publish() => _account.Run("Invoke-EltPipeline -Config mau.psd1 -Connection $connection").Succeeded();

    private void Grant(string privilege, string role) => _account.Catalogue.Run($"GRANT {privilege} ON TABLE {Table} TO ROLE {role}");
}
