using EltPs.Engine.Errors;
using EltPs.Engine.Warehouses;
using EltPs.Tests.Support;
using EltPs.Warehouses.Snowflake;
using Xunit;

namespace EltPs.Tests.Connections;

public sealed class SnowflakeConnectionsTests : IDisposable
{
    private const string Marker = "marker-hunter2";
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private string Toml => _folder.File("connections.toml");

    [Theory]
    [InlineData("SNOWFLAKE_CONNECTIONS_PROD_USER", "prod", "User")]
    [InlineData("SNOWFLAKE_CONNECTIONS_MY_PROD_DB_USER", "my_prod_db", "User")]
    [InlineData("SNOWFLAKE_CONNECTIONS_MY_PROD_PRIVATE_KEY_FILE", "my_prod", "PrivateKeyFile")]
    [InlineData("SNOWFLAKE_CONNECTIONS_MY_PROD_TOKEN_FILE_PATH", "my_prod", "TokenFilePath")]
    [InlineData("SNOWFLAKE_CONNECTIONS_A__USER", "a_", "User")]
    public void The_longest_known_key_ends_a_variables_name(string variable, string name, string key)
    {
        var connection = Assert.Single(ConnectionVariables.Read([KeyValuePair.Create(variable, "x")]));

        Assert.Equal((name, key, "x"), (connection.Key, connection.Value.Single().Key, connection.Value.Single().Value));
    }

    [Theory]
    [InlineData("SNOWFLAKE_CONNECTIONS_USER", "x")]
    [InlineData("SNOWFLAKE_CONNECTIONS__USER", "x")]
    [InlineData("SNOWFLAKE_CONNECTIONS_PROD_COLOUR", "x")]
    [InlineData("SNOWFLAKE_CONNECTIONS_PROD_", "x")]
    [InlineData("SNOWFLAKE_USER", "x")]
    [InlineData("SNOWFLAKE_CONNECTIONS_PROD_USER", "")]
    public void Another_variable_is_none_of_a_connection(string variable, string value) =>
        Assert.Empty(ConnectionVariables.Read([KeyValuePair.Create(variable, value)]));

    [Fact]
    public void A_secret_of_a_variable_is_a_reference_to_it()
    {
        var values = ConnectionVariables.Read([KeyValuePair.Create("SNOWFLAKE_CONNECTIONS_PROD_PRIVATE_KEY_FILE_PWD", Marker)])["PROD"];

        Assert.Equal("env:SNOWFLAKE_CONNECTIONS_PROD_PRIVATE_KEY_FILE_PWD", values["PrivateKeyPassphrase"]);
    }

    [Fact]
    public void The_file_is_read_with_its_other_keys_left_alone_and_its_secrets_as_references()
    {
        Write(
            $"""
            title = "not a connection"
            [prod]
            account = "org-acc"
            user = "loader"
            authenticator = "SNOWFLAKE_JWT"
            private_key_path = "rsa.p8"
            private_key_file_pwd = "{Marker}"
            port = 443
            client_store_temporary_credential = true
            paramstyle = "qmark"
            [prod.session_parameters]
            QUERY_TAG = "x"
            """);

        var found = Read();

        var definition = Assert.Single(found.Connections).Definition!;
        Assert.Equal($"toml:{Toml}#prod.private_key_file_pwd", definition.Values["PrivateKeyPassphrase"]);
        Assert.Equal(
            ["Account", "Authenticator", "Port", "PrivateKeyFile", "PrivateKeyPassphrase", "User"],
            definition.Values.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(_folder.File("rsa.p8"), SnowflakeOptionsReader.Read(definition).PrivateKeyFile);
        Assert.Equal(Toml, found.Connections[0].Origin);
        Assert.Empty(found.Problems);
    }

    [Fact]
    public void A_variable_overrides_the_file_key_by_key_whatever_the_case_of_the_name()
    {
        Write(
            "[Prod]\naccount = \"org-acc\"\nuser = \"of_file\"\nrole = \"of_file\"\nauthenticator = \"OAUTH\"\ntoken_file_path = \"t\"\n");

        var found = Read(("SNOWFLAKE_CONNECTIONS_PROD_USERNAME", "of_variable"), ("SNOWFLAKE_CONNECTIONS_PROD_TOKEN", Marker));

        var connection = Assert.Single(found.Connections);
        Assert.Equal(("Prod", null), (connection.Name, connection.Problem));
        Assert.Equal("of_variable", connection.Definition!.Values["User"]);
        Assert.Equal("of_file", connection.Definition.Values["Role"]);
        Assert.Equal("env:SNOWFLAKE_CONNECTIONS_PROD_TOKEN", connection.Definition.Values["Token"]);
        Assert.DoesNotContain("TokenFilePath", connection.Definition.Values.Keys);
        Assert.Equal($"{Toml}, SNOWFLAKE_CONNECTIONS_PROD_* variables", connection.Origin);
    }

    [Fact]
    public void Variables_alone_make_a_connection_and_a_half_one_says_what_it_lacks()
    {
        var found = Read(
            ("SNOWFLAKE_CONNECTIONS_CI_ACCOUNT", "org-acc"),
            ("SNOWFLAKE_CONNECTIONS_CI_AUTHENTICATOR", "oauth"),
            ("SNOWFLAKE_CONNECTIONS_CI_TOKEN", "x"),
            ("SNOWFLAKE_CONNECTIONS_HALF_PASSWORD", Marker));

        Assert.Equal(["ci", "half"], found.Connections.Select(connection => connection.Name));
        Assert.Null(found.Connections[0].Problem);
        Assert.Null(found.Connections[1].Definition);
        Assert.Contains("Account: it is missing", found.Connections[1].Problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[prod\naccount = 1", "(1,")]
    [InlineData("[prod]\naccount = \"a\"\npassword = \"marker-hunter2\" trailing", "(3,")]
    [InlineData("[prod]\npassword = \"marker-hunter2", "(2,")]
    public void A_broken_file_is_told_by_its_place_and_leaves_the_variables(string text, string place)
    {
        Write(text);

        var found = Read(("SNOWFLAKE_CONNECTIONS_CI_ACCOUNT", "org-acc"));

        var problem = Assert.Single(found.Problems);
        Assert.Equal(EltErrorKind.InvalidConnection, problem.Kind);
        Assert.Contains($"connections.toml{place}", problem.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(Marker, problem.ToString(), StringComparison.Ordinal);
        Assert.Equal("ci", Assert.Single(found.Connections).Name);
    }

    [Theory]
    [InlineData(UnixFileMode.GroupWrite)]
    [InlineData(UnixFileMode.OtherWrite)]
    public void A_file_that_others_can_write_is_refused_with_the_chmod_that_mends_it(UnixFileMode more)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no such modes.");
        Write("[prod]\naccount = \"a\"\n");
        var link = _folder.File("link.toml");
        File.CreateSymbolicLink(link, Toml);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(Toml, UnixFileMode.UserRead | UnixFileMode.UserWrite | more);
        }

        foreach (var path in new[] { Toml, link })
        {
            var problem = Assert.Single(
                new SnowflakeConnections(path, new Dictionary<string, Dictionary<string, string>>()).Read().Problems);
            Assert.StartsWith($"{path} cannot be used", problem.Message, StringComparison.Ordinal);
            Assert.EndsWith($"chmod go-w {Toml}.", problem.Message, StringComparison.Ordinal);
        }
    }

    private FoundConnections Read(params (string Name, string Value)[] variables) =>
        new SnowflakeConnections(
            Toml,
            ConnectionVariables.Read(variables.Select(pair => KeyValuePair.Create(pair.Name, pair.Value)))).Read();

    private void Write(string text)
    {
        File.WriteAllText(Toml, text);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(Toml, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
    }
}
