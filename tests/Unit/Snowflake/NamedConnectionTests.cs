using EltPs.Engine.Events;
using EltPs.Engine.Runs;
using EltPs.Tests.Snowflake.StandIn;
using EltPs.Tests.Support;
using Xunit;

namespace EltPs.Tests.Snowflake;

/// <summary>A name on the command line leads to an account, wherever the connection is written.</summary>
[Collection(Alone.Name)]
public sealed class NamedConnectionTests : IAsyncDisposable
{
    private readonly SnowflakeAccount _account = new();
    private readonly TemporaryFolder _home = new();
    private readonly ProcessEnvironment _environment = new();

    public async ValueTask DisposeAsync()
    {
        _environment.Dispose();
        _home.Dispose();
        await _account.DisposeAsync();
    }

    [Fact]
    public void A_connection_of_the_file_beside_the_pipeline_is_used()
    {
        _account.Folder.File("connections.psd1", $"@{{ prod = {_account.Connection} }}");

        AssertRunsOn("prod");
    }

    [Fact]
    public void A_connection_of_the_pipeline_file_is_used_without_being_named()
    {
        _account.Replace("Tags        = @('ELT')", $"Connection = 'prod'; Connections = @{{ prod = {_account.Connection} }}");

        Assert.Equal(RunStatus.Succeeded, _account.Run("Invoke-EltPipeline mau.psd1").Single<RunResult>().Status);
        Assert.Equal(12, _account.Rows("analytics.mau_summary"));
    }

    [Fact]
    public void A_connection_of_Snowflakes_own_file_is_used_and_a_variable_overrides_it()
    {
        _environment.Set("SNOWFLAKE_HOME", _home.Path);
        _environment.Set("SNOWFLAKE_CONNECTIONS_PROD_PRIVATE_KEY_FILE", _account.Folder.File("eltps.p8"));
        var path = _home.File(
            "connections.toml",
            $"""
            [prod]
            account = "myorg-test"
            user = "eltps"
            authenticator = "SNOWFLAKE_JWT"
            private_key_file = "elsewhere.p8"
            role = "{SnowflakeAccount.Role}"
            warehouse = "COMPUTE_WH"
            database = "{StandInCatalogue.Database}"
            protocol = "http"
            host = "127.0.0.1"
            port = {_account.Server.Endpoint.Port}
            client_session_keep_alive = true
            """);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        AssertRunsOn("prod");
    }

    [Fact]
    public void Variables_alone_are_a_connection()
    {
        foreach (var (key, value) in new Dictionary<string, string>
        {
            ["ACCOUNT"] = "myorg-test",
            ["USER"] = "eltps",
            ["PRIVATE_KEY_FILE"] = _account.Folder.File("eltps.p8"),
            ["ROLE"] = SnowflakeAccount.Role,
            ["WAREHOUSE"] = "COMPUTE_WH",
            ["DATABASE"] = StandInCatalogue.Database,
            ["PROTOCOL"] = "http",
            ["HOST"] = "127.0.0.1",
            ["PORT"] = $"{_account.Server.Endpoint.Port}",
        })
        {
            _environment.Set($"SNOWFLAKE_CONNECTIONS_MY_PROD_{key}", value);
        }

        AssertRunsOn("my_prod");
    }

    private void AssertRunsOn(string name)
    {
        var run = _account.Run($"Invoke-EltPipeline mau.psd1 -Connection {name}").Single<RunResult>();

        Assert.Equal((RunStatus.Succeeded, $"{name} (Snowflake)"), (run.Status, run.Connection));
        Assert.Equal(12, _account.Rows("analytics.mau_summary"));
        Assert.Equal(name, _account.Run($"(Test-EltConnection {name}).Name").Succeeded().Output.Single());
    }
}
