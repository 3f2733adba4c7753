using System.Data.Common;

using EltPs.Engine.Errors;
using EltPs.Engine.Secrets;
using EltPs.Tests.Snowflake.Driver;
using EltPs.Warehouses.Secrets;
using EltPs.Warehouses.Snowflake;
using EltPs.Warehouses.Snowflake.Driver;

using Xunit;

namespace EltPs.Tests.Snowflake;

public sealed class DriverConnectionStringTests
{
    private static readonly SnowflakeOptions Options = StandInDriver.Options(new Uri("https://org-account.snowflakecomputing.com/"));

    [Fact]
    public async Task It_says_where_and_who_in_the_drivers_own_keys()
    {
        var values = await BuildAsync(Options with { Database = "ELT", Schema = "ANALYTICS", Warehouse = "WH" });

        Assert.Equal("org-account", values["account"]);
        Assert.Equal("org-account.snowflakecomputing.com", values["host"]);
        Assert.Equal("443", values["port"]);
        Assert.Equal("https", values["scheme"]);
        Assert.Equal("JOB", values["user"]);
        Assert.Equal("oauth", values["authenticator"]);
        Assert.Equal(StandInDriver.Token, values["token"]);
        Assert.Equal(("ELT", "ANALYTICS", "WH", "TRANSFORMER"), (values["db"], values["schema"], values["warehouse"], values["role"]));
    }

    [Fact]
    public async Task Pooling_and_telemetry_are_off_whatever_the_connection_says()
    {
        var values = await BuildAsync(Options with
        {
            DriverValues = new Dictionary<string, string>
            {
                ["POOLINGENABLED"] = "true",
                ["client_telemetry_enabled"] = "true",
                ["retry_timeout"] = "60",
            },
        });

        Assert.Equal("false", values["poolingEnabled"]);
        Assert.Equal("false", values["client_telemetry_enabled"]);
        Assert.Equal("60", values["retry_timeout"]);
    }

    [Theory]
    [InlineData("TRANSFORMER", ";role=TRANSFORMER")]
    [InlineData("Transformer", ";role=\"Transformer\"")]
    [InlineData("my role", ";role=\"my role\"")]
    [InlineData("my \"role\"", ";role=\"my \"\"role\"\"\"")]
    public async Task A_name_that_an_unquoted_one_would_not_mean_is_quoted(string role, string expected)
    {
        var text = await DriverConnectionString.BuildAsync(
            Options with
            {
                Role = role,
            },
            StandInDriver.Secrets,
            TestContext.Current.CancellationToken);

        Assert.EndsWith(expected, text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_secret_among_the_drivers_own_keys_is_read_from_where_it_is()
    {
        var secrets = new ConnectionSecrets(new SecretReader(new MemoryVault(("token", "t"), ("client", "MARKER"))));

        var values = await BuildAsync(
            Options with
            {
                DriverSecrets = new Dictionary<string, SecretReference> { ["oauthClientSecret"] = new(SecretKind.Vault, "client") },
            },
            secrets);

        Assert.Equal("MARKER", values["oauthclientsecret"]);
    }

    [Fact]
    public async Task Okta_needs_its_address()
    {
        var okta = Options with { Authenticator = SnowflakeAuthenticator.Okta, Token = null };

        var error = await Assert.ThrowsAsync<EltException>(() => BuildAsync(okta));
        var values = await BuildAsync(
            okta with
            {
                DriverValues = new Dictionary<string, string> { ["AUTHENTICATOR"] = "https://me.okta.com" },
            });

        Assert.Equal(EltErrorKind.InvalidConnection, error.Kind);
        Assert.Equal("https://me.okta.com", values["authenticator"]);
    }

    private static async Task<DbConnectionStringBuilder> BuildAsync(SnowflakeOptions options, ConnectionSecrets? secrets = null) => new()
    {
        ConnectionString = await DriverConnectionString.BuildAsync(
                options,
                secrets ?? StandInDriver.Secrets,
                TestContext.Current.CancellationToken),
    };
}
