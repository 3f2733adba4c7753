using System.Globalization;
using System.Reflection;
using System.Security.Cryptography;
using EltPs.Tests.Samples;
using EltPs.Tests.Snowflake.StandIn;
using EltPs.Tests.Support;
using Xunit;
using ScriptRun = EltPs.Tests.Support.ScriptRun;

namespace EltPs.Tests.Snowflake;

/// <summary>
/// An account with the sample's raw tables, a role that may do what the documentation says that it needs, and a folder with the pipeline
/// and the key.
/// </summary>
internal sealed class SnowflakeAccount : IAsyncDisposable
{
    public const string Role = "ELT";

    public SnowflakeAccount(TimeProvider? time = null, bool withSample = true)
    {
        Server = SqlApiServer.Start(Catalogue, time);
        Server.SignIn.Register("MYORG-TEST.ELTPS", Key);
        Folder.File("eltps.p8", Key.ExportPkcs8PrivateKeyPem());
        if (withSample)
        {
            Catalogue.LoadSample();
            Catalogue.Run($"GRANT USAGE ON SCHEMA raw_data TO ROLE {Role}");
            Catalogue.Run($"GRANT SELECT ON TABLE raw_data.session_timestamp TO ROLE {Role}");
            Catalogue.Run($"GRANT SELECT ON TABLE raw_data.user_session_channel TO ROLE {Role}");
        }
        else
        {
            Catalogue.Run("CREATE SCHEMA analytics");
        }

        Catalogue.Run($"GRANT USAGE, CREATE TABLE ON SCHEMA analytics TO ROLE {Role}");
        File.Copy(Path.Combine(MauSample.Folder, "mau.psd1"), Folder.File("mau.psd1"));
    }

    public TemporaryFolder Folder { get; } = new("it's a [job]");

    public StandInCatalogue Catalogue { get; } = new();

    public SqlApiServer Server { get; }

    /// <summary>The key of the user ELTPS.</summary>
    public RSA Key { get; } = TestKey.Create();

    /// <summary>How the connection signs in.</summary>
    public string SignIn { get; set; } = "User = 'eltps'; PrivateKeyFile = 'eltps.p8'";

    /// <summary>The cmdlets' assembly that scripts import; null for the built module.</summary>
    public Assembly? Module { get; init; }

    /// <summary>The connection as a user writes it on the command line.</summary>
    public string Connection => ConnectionWith(SignIn);

    /// <summary>A connection that signs in in another way.</summary>
    public string ConnectionWith(string signIn) =>
        $$"""
        @{ Account = 'myorg-test'; {{signIn}}; Role = '{{Role}}'; Warehouse = 'COMPUTE_WH'; Database = '{{StandInCatalogue.Database}}'
           Protocol = 'http'; Host = '127.0.0.1'; Port = {{Server.Endpoint.Port}} }
        """;

    /// <summary>The requests that carried statements, in order.</summary>
    public IReadOnlyList<LoggedRequest> Submits => [.. Server.Requests.Where(request => request.IsSubmit)];

    /// <summary>The number of rows of a table.</summary>
    public int Rows(string table) => int.Parse(Catalogue.Run($"SELECT COUNT(*) FROM {table}")[0][0]!, CultureInfo.InvariantCulture);

    /// <summary>Runs a script in the folder, in which <c>$connection</c> is the account's.</summary>
    public ScriptRun Run(string script) => ScriptExecutor.RunIn(Folder.Path, Script(script), Module);

    /// <summary>The script that <see cref="Run"/> runs.</summary>
    public string Script(string script) => $"$connection = {Connection}\n{script}";

    /// <summary>Writes something else into the pipeline file.</summary>
    public void Replace(string text, string instead)
    {
        var before = File.ReadAllText(Folder.File("mau.psd1"));
        Assert.Contains(text, before, StringComparison.Ordinal);
        Folder.File("mau.psd1", before.Replace(text, instead, StringComparison.Ordinal));
    }

    /// <summary>The text of all requests that the script made.</summary>
    public string Trace(Action work)
    {
        var before = Server.Requests.Count;
        work();
        return Approved.Text(Server.Requests.Skip(before));
    }

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        Catalogue.Dispose();
        Key.Dispose();
        Folder.Dispose();
    }
}
