using EltPs.Connections;
using EltPs.Engine.Definitions;
using EltPs.Engine.Errors;
using EltPs.Tests.Cmdlets;
using EltPs.Tests.Support;
using EltPs.Warehouses;
using Xunit;

namespace EltPs.Tests.Connections;

[Collection(Alone.Name)]
public sealed class LookupTests : IDisposable
{
    private readonly Job _job = new();
    private readonly TemporaryFolder _home = new();
    private readonly ProcessEnvironment _environment = new();

    public LookupTests()
    {
        _environment.Set("XDG_CONFIG_HOME", _home.Path);
        _environment.Set("SNOWFLAKE_HOME", _home.File("snowflake"));
        _environment.Set("SNOWFLAKE_CONNECTIONS_CI_ACCOUNT", "org-acc");
        _environment.Set("SNOWFLAKE_CONNECTIONS_CI_AUTHENTICATOR", "oauth");
        _environment.Set("SNOWFLAKE_CONNECTIONS_CI_TOKEN", "x");
    }

    public void Dispose()
    {
        _environment.Dispose();
        _job.Dispose();
        _home.Dispose();
    }

    [Fact]
    public void The_first_place_that_has_a_name_wins()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The user's folder is not to be moved there.");
        _job.WriteText(
            "job.psd1",
            "@{ Connections = @{ a = @{ Path = 'file.duckdb' } }; Tables = @( @{ Schema = 's'; Table = 't'; Sql = 'SELECT 1 AS n' } ) }");
        _job.WriteText("connections.psd1", "@{ a = @{ Path = 'beside.duckdb' }; b = @{ Path = 'beside.duckdb' } }");
        _home.File(
            "eltps/connections.psd1",
            "@{ a = @{ Path = 'user.duckdb' }; b = @{ Path = 'user.duckdb' }; c = @{ Path = 'user.duckdb' }; ci = @{ Path = 'user.duckdb' "
                + "} }");

        Assert.Equal("file.duckdb", PathOf("a"));
        Assert.Equal("beside.duckdb", PathOf("b"));
        Assert.Equal("user.duckdb", PathOf("C"));
        Assert.Equal("user.duckdb", PathOf("ci"));
        Assert.Equal(_home.File("eltps"), Definition("c").BaseFolder);
        Assert.Equal(_job.Folder, Definition("b").BaseFolder);
    }

    [Fact]
    public void The_file_names_a_connection_of_connections_psd1_and_another_machine_need_not_know_it()
    {
        _job.WriteText("job.psd1", "@{ Connection = 'reports'; Tables = @( @{ Schema = 's'; Table = 't'; Sql = 'SELECT 1 AS n' } ) }");

        var error = _job.Run("Get-EltTable job.psd1").FailedWith("EltInvalidPipelineFile,EltPs.Commands.GetEltTableCommand");
        Assert.Contains(
            "job.psd1(1,17): There is no connection 'reports'; known are 'duckdb', 'ci'. Looked in job.psd1, ",
            error.ToString(),
            StringComparison.Ordinal);
        Assert.Equal("job.duckdb", PathOf("duckdb"));

        _job.WriteText("connections.psd1", "@{ Reports = @{ Type = 'DuckDb'; path = 'r.duckdb' } }");
        var table = _job.Run("Get-EltTable job.psd1").Single<TableDefinition>();
        Assert.Equal("r.duckdb", table.Session.Connection.Values["Path"]);
    }

    [Fact]
    public void A_table_that_is_named_by_parameters_finds_names_from_the_current_folder_on()
    {
        _job.WriteText("connections.psd1", "@{ reports = @{ Path = 'job.duckdb' } }");

        _job.Run("Invoke-EltCtas -Schema analytics -Table t -Sql 'SELECT 7 AS n' -Connection Reports | Test-EltRowCount | Switch-EltTable")
            .Succeeded();
        Assert.Equal(["7"], _job.Database.Rows("SELECT n FROM analytics.t"));

        var error = _job.Run("Invoke-EltCtas -Schema a -Table t -Sql 'SELECT 1 AS n' -Connection nowhere")
            .FailedWith("EltUnknownConnection,EltPs.Commands.InvokeEltCtasCommand");
        Assert.Contains(
            "There is no connection 'nowhere'; known are 'reports', 'ci'. Looked in ",
            error.ToString(),
            StringComparison.Ordinal);
        Assert.Contains(Path.Combine(_job.Folder, "connections.psd1"), error.ToString(), StringComparison.Ordinal);
        Assert.Contains("connections.toml, the SNOWFLAKE_CONNECTIONS_* variables", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_broken_place_breaks_no_name_that_is_found_before_it_and_no_embedded_run()
    {
        _job.WriteText("connections.psd1", "@{ good = @{ Path = 'good.duckdb' }; bad = @{ Path = 5.5 } }");
        _home.File("snowflake/connections.toml", "[broken");
        _job.Write(("t", "SELECT 1 AS n"));

        _job.Run("Invoke-EltPipeline job.psd1").Succeeded();
        Assert.Equal("good.duckdb", PathOf("good"));

        // Its own mistake is told, not that of a later place; and an unknown name may be what the broken one defines.
        Assert.Contains("connections.psd1(1,54): Path is a number with a fraction", Refusal("bad"), StringComparison.Ordinal);
        Assert.Contains("connections.toml(1,", Refusal("unheard-of"), StringComparison.Ordinal);
        Assert.Contains("connections.toml(1,", Refusal("ci"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("@{ a = 'x' }", "(1,8): The connection 'a' is text")]
    [InlineData("@{ a = @{ Path = 'x' }; A = @{ Path = 'y' } }", "(1,25): The connection 'A' is here twice")]
    [InlineData("@{ a = @{ Typ = 'DuckDb' } }", "(1,4): The connection 'a' has no Type")]
    [InlineData(
        "@{ a = @{ Account = 'o-a'; Acount = 'x'; Authenticator = 'OAUTH'; Token = 'env:T' } }",
        "(1,28): Unknown key 'Acount'; did you mean Account?")]
    [InlineData(
        "@{ a = @{ Account = 'o-a'; db = 'x'; DATABASE = 'y'; Authenticator = 'OAUTH'; Token = 'env:T' } }",
        "(1,38): The key DATABASE is here twice")]
    [InlineData("@{ a = @{ account = 'o-a'; user = 'u'; password = 'hunter2' } }", "(1,40): Password: a secret must not be here itself")]
    [InlineData("@{ a = @{ Account = 'o-a'; private_key_path = $true; Port = 'x' } }", "(1,54): Port: write a number")]
    [InlineData("@( 'a' )", "(1,1): The file must begin with its table")]
    [InlineData("@{ a = $env:HOME }", "(1,8): The variable")]
    public void A_mistake_in_connections_psd1_has_its_place(string text, string complaint)
    {
        _job.WriteText("connections.psd1", text);

        var refusal = Refusal("a");

        Assert.Contains($"{Path.Combine(_job.Folder, "connections.psd1")}{complaint}", refusal, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", refusal, StringComparison.Ordinal);
    }

    [Fact]
    public void Numbers_and_truth_values_may_be_written_as_such()
    {
        _job.WriteText(
            "connections.psd1",
            "@{ a = @{ Account = 'o-a'; Port = 8080; Authenticator = 'EXTERNALBROWSER'; client_store_temporary_credential = $true } }");

        var values = new ConnectionLookup(_job.Folder, new WarehouseRegistry()).Find("a")!.Usable().Values;

        Assert.Equal(("8080", "true"), (values["Port"], values["ClientStoreTemporaryCredential"]));
    }

    [Theory]
    [InlineData("@{ Account = 'o-a'; Authenticator = 'OAUTH'; Token = 'hunter2' }")]
    [InlineData("@{ Account = 'o-a'; User = 'u'; PASSWORD = (ConvertTo-SecureStringOf 'hunter2') }")]
    [InlineData("([EltPs.Engine.Definitions.ConnectionDefinition]::new('c', 'Snowflake', $values, '/'))")]
    [InlineData("@{ Account = 'o-a'; db = 'a'; Database = 'b' }")]
    [InlineData("@{ Account = $null }")]
    [InlineData("@{ Account = @('hunter2') }")]
    public void A_plain_secret_or_another_mistake_on_the_command_line_is_refused_without_showing_it(string connection)
    {
        var run = _job.Run(
            $$"""
            function ConvertTo-SecureStringOf($text) { $secure = [securestring]::new(); foreach ($c in [char[]] $text) { $secure.AppendChar($c) }; $secure }
            $values = [System.Collections.Generic.Dictionary[string, string]]::new()
            $values['account'] = 'o-a'; $values['user'] = 'u'; $values['password'] = 'hunter2'
            Invoke-EltCtas -Schema a -Table t -Sql 'SELECT 1 AS n' -Connection {{connection}}
            """);

        var error = run.FailedWith("EltInvalidConnection,EltPs.Commands.InvokeEltCtasCommand");
        Assert.DoesNotContain("hunter2", error.Exception.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_users_files_are_where_the_platform_has_them()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Each platform has its own places.");
        _environment.Set("SNOWFLAKE_HOME", null);
        _environment.Set("HOME", _home.File("me"));
        Directory.CreateDirectory(_home.File("me"));
        Assert.Equal(_home.File("snowflake/connections.toml"), Warehouses.Snowflake.ConnectionsToml.Locate());

        Directory.CreateDirectory(_home.File("me/.snowflake"));
        Assert.Equal(_home.File("me/.snowflake/connections.toml"), Warehouses.Snowflake.ConnectionsToml.Locate());

        _environment.Set("SNOWFLAKE_HOME", "~/elsewhere");
        Assert.Equal(_home.File("me/elsewhere/connections.toml"), Warehouses.Snowflake.ConnectionsToml.Locate());
    }

    private ConnectionDefinition Definition(string name) =>
        _job.Run($"Get-EltTable job.psd1 -Connection {name}").Single<TableDefinition>().Session.Connection;

    private string PathOf(string name) => Definition(name).Values["Path"];

    private string Refusal(string name)
    {
        _job.Write(("t", "SELECT 1 AS n"));
        var error = _job.Run($"Get-EltTable job.psd1 -Connection {name}")
            .FailedWith("EltInvalidConnection,EltPs.Commands.GetEltTableCommand");
        Assert.Equal(EltErrorKind.InvalidConnection, Assert.IsType<EltException>(error.Exception).Kind);
        return error.ToString();
    }
}
