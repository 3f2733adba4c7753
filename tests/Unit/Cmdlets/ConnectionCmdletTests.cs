using EltPs.Connections;
using EltPs.Engine.Warehouses;
using EltPs.Tests.Support;
using Xunit;

namespace EltPs.Tests.Cmdlets;

[Collection(Alone.Name)]
public sealed class ConnectionCmdletTests : IDisposable
{
    private const string Marker = "marker-hunter2";
    private const string Get = "EltPs.Commands.GetEltConnectionCommand";
    private const string Test = "EltPs.Commands.TestEltConnectionCommand";

    private readonly Job _job = new(("t", "SELECT 1 AS n"));
    private readonly TemporaryFolder _home = new();
    private readonly ProcessEnvironment _environment = new();

    public ConnectionCmdletTests() => _environment.Set("SNOWFLAKE_HOME", _home.Path);

    public void Dispose()
    {
        _environment.Dispose();
        _job.Dispose();
        _home.Dispose();
    }

    [Fact]
    public void Get_lists_each_name_once_with_its_origin_and_its_problem()
    {
        _job.WriteText("job.psd1", "@{ Connections = @{ a = @{ Path = 'a.duckdb' } }; Tables = 'mistakes do not matter' }");
        _job.WriteText("connections.psd1", "@{ A = @{ Path = 'hidden.duckdb' }; bad = @{ Account = 'o-a' } }");
        Toml("[prod]\naccount = \"o-a\"\nuser = \"u\"\npassword = \"x\"\n");

        var run = _job.Run("Get-EltConnection -Config job.psd1 -Verbose").Succeeded();

        var known = run.Output.Cast<KnownConnection>().ToArray();
        var beside = Path.Combine(_job.Folder, "connections.psd1");
        Assert.Equal(
            [
                ("duckdb", "DuckDb", "built in"),
                ("a", "DuckDb", "job.psd1"),
                ("bad", "Snowflake", beside),
                ("prod", "Snowflake", _home.File("connections.toml")),
            ],
            known.Select(connection => (connection.Name, connection.Type, connection.Origin)));
        Assert.Contains("connections.psd1(1,43): Authenticator: nothing says how to sign in", known[2].Problem, StringComparison.Ordinal);
        Assert.All(known, connection => Assert.Equal(connection.Problem is null, connection.Definition is not null));
        Assert.Contains($"'A' of {beside} is hidden by that of job.psd1.", run.Verbose);
    }

    [Fact]
    public void Get_without_a_file_knows_no_embedded_one_and_takes_wildcards()
    {
        _job.WriteText(
            "connections.psd1",
            "@{ one = @{ Path = 'a.duckdb' }; two = @{ Path = 'b.duckdb' }; three = @{ Path = 'c.duckdb' } }");

        Assert.Equal(["two", "three"], _job.Run("Get-EltConnection T*").Succeeded().Output.Select(item => item.ToString()));
        Assert.Empty(_job.Run("Get-EltConnection x*").Succeeded().Output);
        var error = _job.Run("Get-EltConnection four").FailedWith($"EltUnknownConnection,{Get}");
        Assert.Contains("known are 'one', 'two', 'three'. Looked in ", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_cannot_be_read_is_an_error_and_the_others_are_listed()
    {
        _job.WriteText("connections.psd1", "@{ a = ");
        Toml("[broken");
        _environment.Set("SNOWFLAKE_CONNECTIONS_CI_ACCOUNT", "o-a");

        var run = _job.Run("Get-EltConnection -Config job.psd1");

        Assert.Null(run.Terminating);
        Assert.Equal(
            [$"EltInvalidConnection,{Get}", $"EltInvalidConnection,{Get}"],
            run.Errors.Select(error => error.FullyQualifiedErrorId));
        Assert.Equal(["duckdb", "ci"], run.Output.Select(item => item.ToString()));
    }

    [Theory]
    [InlineData("Test-EltConnection job.duckdb", "job.duckdb")]
    [InlineData("Test-EltConnection -Config job.psd1", "duckdb")]
    [InlineData("Test-EltConnection duckdb -Config job.psd1", "duckdb")]
    [InlineData("Test-EltConnection @{ Path = 'job.duckdb' }", "duckdb")]
    [InlineData("'job.duckdb' | Test-EltConnection", "job.duckdb")]
    [InlineData("Test-EltConnection ([ordered] @{ type = 'duckdb'; path = 'job.duckdb' })", "duckdb")]
    [InlineData("Get-EltConnection duckdb -Config job.psd1 | Test-EltConnection", "duckdb")]
    [InlineData("Test-EltConnection (Get-EltConnection duckdb -Config job.psd1)", "duckdb")]
    public void Test_tells_what_the_warehouse_says(string script, string name)
    {
        _job.Run("Invoke-EltPipeline job.psd1").Succeeded();
        var before = _job.Snapshot();

        var result = _job.Run(script).Single<ConnectionTestResult>();

        Assert.Equal(
            (name, "DuckDb", "embedded", Path.Combine(_job.Folder, "job.duckdb")),
            (result.Name, result.Type, result.SignIn, result.Account));
        Assert.Equal(("job", "main"), (result.Database, result.Schema));
        Assert.StartsWith("v", result.Version, StringComparison.Ordinal);
        Assert.True(result.Latency > 0);
        Assert.Equal(before, _job.Snapshot());
    }

    [Fact]
    public void Test_makes_no_database_file_and_says_that_the_first_run_does()
    {
        var before = _job.Snapshot();

        var run = _job.Run("Test-EltConnection -Config job.psd1");

        Assert.Equal("job", run.Single<ConnectionTestResult>().Database);
        Assert.Equal($"{Path.Combine(_job.Folder, "job.duckdb")} does not exist; the first run creates it.", Assert.Single(run.Warnings));
        Assert.Equal(before, _job.Snapshot());
    }

    [Theory]
    [InlineData("Test-EltConnection", "EltInvalidConnection")]
    [InlineData("Test-EltConnection nowhere", "EltUnknownConnection")]
    [InlineData("Test-EltConnection duckdb", "EltUnknownConnection")]
    [InlineData("Test-EltConnection no/such/folder/x.duckdb", "EltInvalidConnection")]
    [InlineData("Test-EltConnection -Config none.psd1", "EltPipelineFileMissing")]
    [InlineData("Test-EltConnection -Config nodrive:/none.psd1", "EltPipelineFileMissing")]
    [InlineData("Test-EltConnection @{ Account = 'o-a' }", "EltInvalidConnection")]
    [InlineData("Get-EltConnection bad | Test-EltConnection", "EltInvalidConnection")]
    public void A_test_that_cannot_be_made_ends_with_the_error_of_its_kind(string script, string id)
    {
        _job.WriteText("connections.psd1", "@{ bad = @{ Account = 'o-a' } }");

        _job.Run(script).FailedWith($"{id},{Test}");
    }

    [Fact]
    public void A_test_of_several_goes_on_after_a_bad_one()
    {
        _job.WriteText("connections.psd1", "@{ bad = @{ Account = 'o-a' } }");

        var run = _job.Run("'bad', 'nowhere', 'job.duckdb' | Test-EltConnection");

        Assert.Null(run.Terminating);
        Assert.Equal(
            [$"EltInvalidConnection,{Test}", $"EltUnknownConnection,{Test}"],
            run.Errors.Select(error => error.FullyQualifiedErrorId));
        Assert.Equal("job.duckdb", Assert.IsType<ConnectionTestResult>(Assert.Single(run.Output)).Name);
    }

    [Theory]
    [InlineData("Test-EltConnection")]
    [InlineData("Get-EltConnection")]
    [InlineData("Get-EltTable job.psd1 -Connection")]
    [InlineData("Invoke-EltPipeline job.psd1 -Connection")]
    [InlineData("Invoke-EltCtas -Schema a -Table t -Sql 'SELECT 1 AS n' -Connection")]
    public void A_connection_string_in_the_place_of_a_name_is_explained_and_not_shown(string script)
    {
        foreach (var text in (string[])[$"account=a;user=b;password={Marker}", $"password={Marker};path=x.duckdb"])
        {
            var run = _job.Run($"{script} '{text}'");
            var error = Assert.Single(run.Terminating is null ? run.Errors : [.. run.Errors, run.Terminating]);

            Assert.StartsWith("EltInvalidConnection,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
            Assert.Contains("This is a connection string", error.Exception.Message, StringComparison.Ordinal);
            Assert.DoesNotContain(Marker, $"{error} {error.TargetObject} {error.CategoryInfo}", StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Completion_offers_all_known_names_and_is_silent_about_what_cannot_be_read()
    {
        _job.WriteText("job.psd1", "@{ Connections = @{ 'of file' = @{ Path = 'a.duckdb' } }; Tables = 'x' }");
        _job.WriteText("connections.psd1", "@{ beside = @{ Path = 'b.duckdb' }; bad = @{ } }");
        Toml("[prod]\naccount = \"o-a\"\n");
        using var session = _job.Session();

        Assert.Equal(["duckdb", "'of file'", "beside", "bad", "prod"], session.Complete("Invoke-EltPipeline job.psd1 -Connection "));
        Assert.Equal(["beside", "bad"], session.Complete("Switch-EltTable -Schema a -Table t -Connection b"));
        Assert.Equal(["prod"], session.Complete("Test-EltConnection p"));
        Assert.Equal(["prod"], session.Complete("Get-EltConnection -Name pr"));

        _job.WriteText("connections.psd1", "@{");
        Toml("[");
        Assert.Equal(["duckdb"], session.Complete("Invoke-EltPipeline nodrive:\\none.psd1 -Connection "));
    }

    [Fact]
    public void A_planted_secret_is_in_no_stream_property_or_error()
    {
        _job.WriteText(
            "connections.psd1",
            $"@{{ a = @{{ Account = 'o-a'; User = 'u'; Password = '{Marker}' }}; b = @{{ Account = 'o-a'; Token = '{Marker}'; "
                + $"PrivateKeyFile = '-----{Marker}'; Host = '{Marker}/'; Port = '{Marker}' }} }}");
        Toml(
            $"[c]\naccount = \"o-a\"\nuser = \"u\"\npassword = \"{Marker}\"\n[d]\nauthenticator = \"{Marker}\"\nprivate_key_file_pwd = "
                + $"\"{Marker}\"\n");
        _environment.Set("SNOWFLAKE_CONNECTIONS_C_PASSWORD", Marker);
        _environment.Set("SNOWFLAKE_CONNECTIONS_E_TOKEN", Marker);

        var run = _job.Run(
            """
            Get-EltConnection -Config job.psd1 -Verbose
            foreach ($name in 'a', 'b', 'd', 'e') { try { Test-EltConnection $name } catch { $_ } }
            try { Get-EltTable job.psd1 -Connection a } catch { $_ }
            $error
            """);

        Assert.Equal(6, run.Output.OfType<KnownConnection>().Count());
        Assert.True(run.Output.OfType<System.Management.Automation.ErrorRecord>().Count() >= 5);
        Assert.DoesNotContain(ObjectWalk.Texts(run), text => text.Contains(Marker, StringComparison.Ordinal));

        // The walk does find what is there.
        Assert.Contains(ObjectWalk.Texts(run), text => text.Contains("env:SNOWFLAKE_CONNECTIONS_C_PASSWORD", StringComparison.Ordinal));

        Toml($"[c]\npassword = \"{Marker}\n");
        Assert.DoesNotContain(ObjectWalk.Texts(_job.Run("Get-EltConnection; $error")), text =>
            text.Contains(Marker, StringComparison.Ordinal));
    }

    private void Toml(string text)
    {
        var path = _home.File("connections.toml", text);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
    }
}
