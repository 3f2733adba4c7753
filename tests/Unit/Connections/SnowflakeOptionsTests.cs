using EltPs.Engine.Definitions;
using EltPs.Engine.Secrets;
using EltPs.Warehouses;
using EltPs.Warehouses.Snowflake;
using Xunit;

namespace EltPs.Tests.Connections;

public sealed class SnowflakeOptionsTests
{
    private const string Base = "/base";

    [Theory]
    [InlineData("private_key_file", "PrivateKeyFile")]
    [InlineData("private_key_path", "PrivateKeyFile")]
    [InlineData("PRIVATEKEYFILE", "PrivateKeyFile")]
    [InlineData("private_key_file_pwd", "PrivateKeyPassphrase")]
    [InlineData("private_key_passphrase", "PrivateKeyPassphrase")]
    [InlineData("private_key_pwd", "PrivateKeyPassphrase")]
    [InlineData("db", "Database")]
    [InlineData("DATABASE", "Database")]
    [InlineData("scheme", "Protocol")]
    [InlineData("protocol", "Protocol")]
    [InlineData("username", "User")]
    [InlineData("token_file_path", "TokenFilePath")]
    [InlineData("oauth_client_id", "OAuthClientId")]
    [InlineData("oauthClientId", "OAuthClientId")]
    [InlineData("workload_identity_provider", "WorkloadIdentityProvider")]
    public void A_key_is_found_in_every_spelling_of_Snowflakes_tools(string written, string key) =>
        Assert.Equal(key, new WarehouseRegistry().Providers[1].FindKey(written));

    [Theory]
    [InlineData("private_key")]
    [InlineData("Path")]
    [InlineData("region")]
    public void A_key_that_no_code_honours_is_unknown(string written) => Assert.Null(new WarehouseRegistry().Providers[1].FindKey(written));

    [Fact]
    public void A_connection_is_read_with_its_paths_names_and_references()
    {
        var options = SnowflakeOptionsReader.Read(Connection(
            ("account", "my_org-main"), ("username", "loader"), ("private_key_path", "keys/rsa.p8"), ("private_key_pwd", "env:PASS"),
            ("role", "loader_role"), ("warehouse", "\"My \"\"WH\"\"\""), ("db", "Analytics"), ("schema", "my-schema")));

        Assert.Equal("https://my-org-main.snowflakecomputing.com/", options.Endpoint.ToString());
        Assert.Equal("my_org-main", options.Account);
        Assert.Equal(SnowflakeAuthenticator.KeyPair, options.Authenticator);
        Assert.False(options.UsesDriver);
        Assert.Equal(Path.GetFullPath("keys/rsa.p8", Base), options.PrivateKeyFile);
        Assert.Equal(new SecretReference(SecretKind.Environment, "PASS"), options.PrivateKeyPassphrase);
        Assert.Equal(
            ("LOADER_ROLE", "My \"WH\"", "ANALYTICS", "my-schema"),
            (options.Role, options.Warehouse, options.Database, options.Schema));
        Assert.Empty(options.DriverValues);
    }

    [Fact]
    public void A_token_file_is_a_reference_to_it_and_a_tilde_is_the_home_folder()
    {
        var options = SnowflakeOptionsReader.Read(
            Connection(("Account", "a-b"), ("Authenticator", "programmatic_access_token"), ("token_file_path", "~/token")));

        Assert.Equal(new SecretReference(SecretKind.File, Path.Combine(LocalPath.Home, "token")), options.Token);
    }

    [Theory]
    [InlineData("xy12345", "https://xy12345.snowflakecomputing.com/")]
    [InlineData("XY12345.eu-central-1", "https://xy12345.eu-central-1.snowflakecomputing.com/")]
    [InlineData("xy12345.us-east-2.aws", "https://xy12345.us-east-2.aws.snowflakecomputing.com/")]
    [InlineData("my_org-my_account", "https://my-org-my-account.snowflakecomputing.com/")]
    [InlineData("MYORG.MYACCOUNT", "https://myorg-myaccount.snowflakecomputing.com/")]
    [InlineData("MYORG.MY_ACCOUNT", "https://myorg-my-account.snowflakecomputing.com/")]
    [InlineData("xy12345-abc.global", "https://xy12345-abc.global.snowflakecomputing.com/")]
    [InlineData("xy12345.cn-northwest-1", "https://xy12345.cn-northwest-1.snowflakecomputing.cn/")]
    [InlineData("org-acc.privatelink", "https://org-acc.privatelink.snowflakecomputing.com/")]
    public void Every_form_of_an_account_has_its_endpoint(string account, string endpoint) =>
        Assert.Equal(endpoint, SnowflakeOptionsReader.Read(Token(("Account", account))).Endpoint.ToString());

    [Theory]
    [InlineData("https://org-acc.snowflakecomputing.com/console", "write Account = 'org-acc'")]
    [InlineData("org-acc.eu-central-1.snowflakecomputing.com", "write Account = 'org-acc.eu-central-1'")]
    [InlineData("https://app.example.com/x", "Another host goes to Host")]
    [InlineData("org acc", "letters, digits")]
    [InlineData("org..acc", "letters, digits")]
    [InlineData("evil.example.com@x", "letters, digits")]
    public void What_is_no_account_is_explained(string account, string advice) =>
        Assert.Contains(advice, Problem(Token(("Account", account)), "Account"), StringComparison.Ordinal);

    [Theory]
    [InlineData("localhost", "http://localhost:8080/")]
    [InlineData("127.0.0.1", "http://127.0.0.1:8080/")]
    [InlineData("127.9.9.9", "http://127.9.9.9:8080/")]
    [InlineData("::1", "http://[::1]:8080/")]
    public void Plain_http_goes_to_a_loopback_host(string host, string endpoint) =>
        Assert.Equal(
            endpoint,
            SnowflakeOptionsReader.Read(Token(("Account", "a"), ("Host", host), ("Port", "8080"), ("Protocol", "HTTP"))).Endpoint.ToString()
        );

    [Theory]
    [InlineData(null)]
    [InlineData("example.com")]
    [InlineData("localhost.example.com")]
    [InlineData("10.0.0.1")]
    [InlineData("0.0.0.0")]
    public void Plain_http_goes_nowhere_else(string? host)
    {
        (string, string)[] more = host is null ? [] : [("Host", host)];

        Assert.Contains("loopback", Problem(Token([("Account", "a"), ("scheme", "http"), .. more]), "Protocol"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Host", "https://example.com")]
    [InlineData("Host", "example.com/path")]
    [InlineData("Host", "user@example.com")]
    [InlineData("Port", "0")]
    [InlineData("Port", "https")]
    [InlineData("Protocol", "ftp")]
    [InlineData("Driver", "ODBC")]
    [InlineData("Authenticator", "KERBEROS")]
    [InlineData("Authenticator", "http://acme.okta.com")]
    [InlineData("Authenticator", "https://user:word@acme.okta.com")]
    [InlineData("PrivateKeyFile", "-----BEGIN PRIVATE KEY-----")]
    [InlineData("PrivateKeyFile", "env:KEY")]
    [InlineData("TokenFilePath", "a\nb")]
    public void A_value_that_cannot_be_is_refused_and_not_shown(string key, string value) =>
        Assert.DoesNotContain(value, Problem(Token(("Account", "a"), (key, value)), key), StringComparison.Ordinal);

    [Theory]
    [InlineData("SNOWFLAKE_JWT", "KeyPair", false)]
    [InlineData("oauth", "OAuth", false)]
    [InlineData("Programmatic_Access_Token", "ProgrammaticAccessToken", false)]
    [InlineData("snowflake", "Password", true)]
    [InlineData("username_password_mfa", "PasswordAndMfa", true)]
    [InlineData("externalbrowser", "ExternalBrowser", true)]
    [InlineData("oauth_authorization_code", "OAuthAuthorizationCode", true)]
    [InlineData("oauth_client_credentials", "OAuthClientCredentials", true)]
    [InlineData("workload_identity", "WorkloadIdentity", true)]
    [InlineData("https://acme.okta.com", "Okta", true)]
    public void An_authenticator_has_Snowflakes_name_and_says_whether_it_needs_the_driver(string written, string expected, bool usesDriver)
    {
        var options = SnowflakeOptionsReader.Read(Everything(written));

        Assert.Equal((expected, usesDriver), (options.Authenticator.ToString(), options.UsesDriver));
    }

    [Fact]
    public void What_only_the_driver_knows_is_passed_on_by_its_own_names()
    {
        var options = SnowflakeOptionsReader.Read(Everything("https://acme.okta.com"));

        Assert.Equal("id", options.DriverValues["oauthClientId"]);
        Assert.Equal("AWS", options.DriverValues["workload_identity_provider"]);
        Assert.Equal("https://acme.okta.com", options.DriverValues["authenticator"]);
        Assert.DoesNotContain("oauthClientSecret", options.DriverValues.Keys);
        Assert.Equal(new SecretReference(SecretKind.Environment, "CLIENT"), options.DriverSecrets["oauthClientSecret"]);
    }

    [Theory]
    [InlineData("User=u PrivateKeyFile=k", "KeyPair")]
    [InlineData("User=u Password=env:P", "Password")]
    public void Without_an_authenticator_what_is_given_implies_it(string values, string expected) =>
        Assert.Equal(expected, SnowflakeOptionsReader.Read(Parse($"Account=a {values}")).Authenticator.ToString());

    [Theory]
    [InlineData("", "nothing says how to sign in")]
    [InlineData("User=u", "nothing says how to sign in")]
    [InlineData("Token=env:T", "not of which kind")]
    [InlineData("TokenFilePath=t", "not of which kind")]
    [InlineData("User=u PrivateKeyFile=k Password=env:P", "more than one way")]
    [InlineData("Token=env:T Password=env:P", "more than one way")]
    public void Where_nothing_or_several_things_imply_it_it_has_to_be_written(string values, string message) =>
        Assert.Contains(message, Problem(Parse($"Account=a {values}"), "Authenticator"), StringComparison.Ordinal);

    [Theory]
    [InlineData("Authenticator=SNOWFLAKE_JWT", "User")]
    [InlineData("Authenticator=SNOWFLAKE_JWT", "PrivateKeyFile")]
    [InlineData("Authenticator=OAUTH", "Token")]
    [InlineData("Authenticator=PROGRAMMATIC_ACCESS_TOKEN", "Token")]
    [InlineData("Password=env:P", "User")]
    [InlineData("Authenticator=USERNAME_PASSWORD_MFA User=u", "Password")]
    [InlineData("Authenticator=OAUTH_CLIENT_CREDENTIALS", "OAuthClientSecret")]
    [InlineData("Authenticator=WORKLOAD_IDENTITY", "WorkloadIdentityProvider")]
    public void What_an_authenticator_needs_is_asked_for(string values, string key) =>
        Assert.Contains($"add {key} = '", Problem(Parse($"Account=a {values}"), key), StringComparison.Ordinal);

    [Theory]
    [InlineData("Authenticator=EXTERNALBROWSER Driver=SqlApi", "Driver", "key pair or a token")]
    [InlineData("Authenticator=OAUTH Token=env:T ProxyHost=p", "ProxyHost", "Driver = 'Snowflake.Data'")]
    [InlineData("Authenticator=OAUTH Token=env:T TokenFilePath=t", "TokenFilePath", "remove one")]
    [InlineData("Authenticator=OAUTH Token=env:T Passphrase=x", "Passphrase", "no such key")]
    [InlineData("Authenticator=OAUTH Token=env:T db=x Database=y", "Database", "two spellings")]
    public void What_does_not_go_together_is_refused(string values, string key, string message) =>
        Assert.Contains(message, Problem(Parse($"Account=a {values}"), key), StringComparison.Ordinal);

    [Theory]
    [InlineData("Password")]
    [InlineData("Token")]
    [InlineData("PrivateKeyPassphrase")]
    [InlineData("OAuthClientSecret")]
    [InlineData("ProxyPassword")]
    [InlineData("Passcode")]
    public void A_plain_secret_is_refused_without_showing_it(string key)
    {
        var problem = Problem(Parse($"Account=a User=u Driver=Snowflake.Data Authenticator=OAUTH_AUTHORIZATION_CODE {key}=hunter2"), key);

        Assert.Contains("'env:NAME', 'file:PATH' or 'secret:VAULT/NAME'", problem, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", problem, StringComparison.Ordinal);
    }

    private static ConnectionDefinition Connection(params (string Key, string Value)[] values) =>
        new("c", "Snowflake", values.ToDictionary(pair => pair.Key, pair => pair.Value, StringComparer.OrdinalIgnoreCase), Base);

    private static ConnectionDefinition Token(params (string Key, string Value)[] values)
    {
        var given = values.Select(pair => pair.Key).ToHashSet();
        (string, string)[] signIn = given.Contains("TokenFilePath") ? [] : [("Token", "env:T")];
        return Connection([
            .. values,
            .. signIn,
            .. given.Contains("Authenticator") ? Array.Empty<(string, string)>() : [("Authenticator", "OAUTH")],
        ]);
    }

    private static ConnectionDefinition Everything(string authenticator)
    {
        var values = "Account=a User=u PrivateKeyFile=k Token=env:T Password=env:P";
        var isOfApi = authenticator.ToUpperInvariant() is "SNOWFLAKE_JWT" or "OAUTH" or "PROGRAMMATIC_ACCESS_TOKEN";
        return Parse(isOfApi
            ? $"{values} Authenticator={authenticator}"
                : $"{values} Authenticator={authenticator} OAuthClientId=id OAuthClientSecret=env:CLIENT OAuthTokenRequestUrl=https://idp "
                    + "OAuthScope=s WorkloadIdentityProvider=AWS");
    }

    private static ConnectionDefinition Parse(string values) =>
        Connection([
            .. values
                .Split(' ', StringSplitOptions.RemoveEmptyEntries)
                .Select(pair => pair.Split('=', 2))
                .Select(pair => (pair[0], pair[1])),
        ]);

    private static string Problem(ConnectionDefinition connection, string key)
    {
        Assert.Null(SnowflakeOptionsReader.Read(connection, out var problems));
        return Assert.Single(problems, problem => problem.Key == key).Message;
    }
}
