using System.Security.Cryptography;
using System.Text;
using EltPs.Tests.Snowflake.Driver;
using EltPs.Tests.Snowflake.StandIn;
using EltPs.Tests.Soak;
using EltPs.Tests.Support;
using Xunit;
using ScriptRun = EltPs.Tests.Support.ScriptRun;

namespace EltPs.Tests.Snowflake;

/// <summary>Plants a secret in one of the places where one may be, and looks for it in all that is left and shown.</summary>
public abstract class PlantedConnection : IDisposable
{
    // What a connection string, JSON, a URL, a TOML text or PowerShell would have to escape, and yet a header can carry.
    internal const string Secret = "MARKER;s='q/7+=\\$x";

    internal const string Marker = "MARKER";

    internal const string Everything =
        """
        Get-EltConnection -Verbose -Debug
        Test-EltConnection $connection -Verbose -Debug
        Get-EltTable mau.psd1 -Connection $connection | Invoke-EltCtas -Verbose -Debug -OutVariable staged |
            Test-EltRowCount -Verbose -OutVariable verified | Switch-EltTable -Verbose -Debug
        $staged
        $verified
        Invoke-EltPipeline mau.psd1 -Connection $connection -Verbose -Debug -ResultPath results/elt.json -JUnitPath results/elt.xml
        Get-EltTable mau.psd1 -Connection $connection | Switch-EltTable -Undo -Verbose
        Invoke-EltPipeline mau.psd1 -Connection $connection -WhatIf
        """;

    internal const string Attempts =
        """
        try { Test-EltConnection $connection -Verbose -Debug } catch { $_ }
        try { Get-EltTable mau.psd1 -Connection $connection | Invoke-EltCtas -Verbose -Debug | Test-EltRowCount } catch { $_ }
        try { Switch-EltTable -Schema analytics -Table mau_summary -Connection $connection -Undo -Verbose } catch { $_ }
        try { Invoke-EltPipeline mau.psd1 -Connection $connection -Verbose -Debug -ResultPath results/elt.json -JUnitPath results/elt.xml } catch { $_ }
        try { Invoke-EltPipeline mau.psd1 -Connection $connection -WhatIf } catch { $_ }
        $error
        """;

    private readonly TemporaryFolder _home = new();

    /// <summary>The variable that has the secret; no other test has one of this name.</summary>
    protected string Variable { get; } = $"ELTPS_TEST_SECRET_{Guid.NewGuid():N}";

    internal ProcessEnvironment Environment { get; } = new();

    /// <summary>The folder of a connections.toml, if <c>SNOWFLAKE_HOME</c> says so.</summary>
    protected string Home => _home.Path;

    public void Dispose()
    {
        Environment.Dispose();
        _home.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Normally a third of the places: the three matrices have others each.</summary>
    protected static TheoryData<string> Third(string[] places, int which) =>
        [.. places.Where((_, place) => Rounds.IsFull || place % 3 == which)];

    protected async Task EnsureItIsNowhereWhenAllGoesWellAsync(string plant)
    {
        await using var account = Plant(plant);

        var run = Run(account, Everything).Succeeded();

        Assert.Equal(12, account.Rows("analytics.mau_summary"));
        Assert.Contains(run.Output, item => item.ToString() == "RunELT_Alert Succeeded");
        AssertClean(account, run);
    }

    protected async Task EnsureItIsNowhereWhenItIsRefusedAsync(string plant)
    {
        await using var account = Plant(plant);
        var isSent = !plant.Contains("passphrase", StringComparison.Ordinal) && plant != "key text";
        var words = isSent ? Secret : "what was sent";
        var refusal = new Fault.Status(401);
        account.Server.Faults.On(
            _ => refusal.Code != 0,
            new Fault.Status(401) { VendorCode = "390303", Message = $"Invalid token: {words}" },
            times: FaultRules.Forever);
        AssertClean(account, Run(account, Attempts), "SignInFailed");

        refusal = refusal with { Code = 0 };
        account.Server.Faults.On(
            statement => statement.Contains("temp_mau_summary", StringComparison.OrdinalIgnoreCase),
            new Fault.Status(422) { VendorCode = "001003", SqlState = "42000", Message = $"SQL compilation error near {words}" },
            times: FaultRules.Forever);
        AssertClean(account, Run(account, Attempts), "StatementFailed");
    }

    protected async Task EnsureItIsNowhereWhenTheNetworkIsDownAsync(string plant)
    {
        await using var account = Plant(plant);
        account.Replace("Tags        = @('ELT')", "Timeout = 1");
        account.Server.Faults.On(_ => true, new Fault.ResetBefore(), times: FaultRules.Forever);

        AssertClean(account, Run(account, "Invoke-EltPipeline mau.psd1 -Connection $connection -Verbose -Debug; $error"), "mau");
    }

    protected async Task EnsureItIsNowhereWhenTheSignInIsWrongAsync(string plant)
    {
        await using var account = Plant(plant);
        if (plant.Contains("passphrase", StringComparison.Ordinal))
        {
            account.Folder.File("eltps.p8", Encrypted(account.Key, "another passphrase"));
        }
        else if (plant == "key text")
        {
            account.Folder.File(
                "eltps.p8",
                $"-----BEGIN PRIVATE KEY-----\n{Marker}{Convert.ToBase64String(Encoding.UTF8.GetBytes(Marker))}\n-----END PRIVATE "
                    + $"KEY-----\n"
            );
        }
        else
        {
            account.Server.SignIn.Expire("OAUTH", Secret);
            account.Server.SignIn.Expire("PROGRAMMATIC_ACCESS_TOKEN", Secret);
        }

        AssertClean(account, Run(account, Attempts), "Connection '");
    }

    private protected static ScriptRun Run(SnowflakeAccount account, string script) =>
        account.SignIn.StartsWith('\'')
            ? ScriptExecutor.RunIn(account.Folder.Path, $"$connection = {account.SignIn}\n{script}", account.Module)
            : account.Run(script);

    private protected static void AssertClean(SnowflakeAccount account, ScriptRun run, string? said = null)
    {
        var texts = ObjectWalk.Texts(run);
        Assert.True(
            said is null || texts.Any(text => text.Contains(said, StringComparison.Ordinal)),
            $"Nothing says {said}: {string.Join('\n', texts)}");
        var hidden = Convert.ToBase64String(Encoding.UTF8.GetBytes(Secret));
        Assert.All(
            [
                .. texts,
                .. account.Server.Requests.SelectMany(request =>
                    request.Headers.Select(header => $"{header}").Append($"{request.Path} {request.Body} {request.QueryTag}")),
                .. account.Catalogue.Effects,
                account.Catalogue.Find("analytics.mau_summary")?.Comment ?? string.Empty,
                .. Directory.EnumerateFiles(account.Folder.Path, "*", SearchOption.AllDirectories)
                    .Where(file => Path.GetFileName(file) is not ("secret.txt" or "eltps.p8"))
                    .Select(File.ReadAllText),
            ],
            text =>
                Assert.False(
                    text.Contains(Marker, StringComparison.OrdinalIgnoreCase) || text.Contains(hidden, StringComparison.Ordinal),
                    $"It is in: {text}"));
    }

    private protected static string Encrypted(RSA key, string passphrase) =>
        key.ExportEncryptedPkcs8PrivateKeyPem(
            passphrase,
            new PbeParameters(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 1000));

    // Puts the secret where the plant says, and the connection that refers to it.
    private protected SnowflakeAccount Plant(string plant)
    {
        var words = plant.Split(' ');
        var isDriver = words[0] == "driver";
        var (what, place) = isDriver
            ? (words[1], plant["driver ".Length..][(words[1].Length + 1)..])
            : (words[0], plant[(words[0].Length + 1)..]);
        var account = new SnowflakeAccount { Module = isDriver ? ModuleWithDriver.Cmdlets : null };
        account.Server.SignIn.Accept("OAUTH", Secret);
        account.Server.SignIn.Accept("PROGRAMMATIC_ACCESS_TOKEN", Secret);
        Environment.Set(Variable, Secret);
        account.Folder.File("secret.txt", Secret + "\n");
        if (what == "passphrase")
        {
            account.Folder.File("eltps.p8", Encrypted(account.Key, Secret));
        }
        else if (what == "key")
        {
            account.Folder.File("eltps.p8", $"The {Marker} key\n{account.Key.ExportPkcs8PrivateKeyPem()}");
        }

        var (authenticator, key) = what switch
        {
            "OAuth" => ("OAUTH", "token"),
            "PAT" => ("PROGRAMMATIC_ACCESS_TOKEN", "token"),
            "password" => ("SNOWFLAKE", "password"),
            _ => ("SNOWFLAKE_JWT", what == "passphrase" ? "private_key_passphrase" : "role"),
        };
        var values = new Dictionary<string, string>
        {
            ["user"] = "eltps",
            ["authenticator"] = authenticator,
        };
        if (authenticator == "SNOWFLAKE_JWT")
        {
            values["private_key_file"] = account.Folder.File("eltps.p8");
        }

        if (isDriver)
        {
            values["driver"] = "Snowflake.Data";
        }

        var (name, value) = place switch
        {
            "env" => (key, $"env:{Variable}"),
            "file" => (key, "file:secret.txt"),
            "token file" => ("token_file_path", account.Folder.File("secret.txt")),
            "text" => ("role", SnowflakeAccount.Role),
            _ => (key, Secret),
        };
        values[name] = value;
        if (place is not ("toml" or "variables"))
        {
            values.Remove("role");
            account.SignIn = string.Join(
                "; ",
                values.Select(pair => $"{pair.Key} = '{pair.Value.Replace("'", "''", StringComparison.Ordinal)}'"));
            return account;
        }

        values["account"] = "myorg-test";
        values["role"] = SnowflakeAccount.Role;
        values["warehouse"] = "COMPUTE_WH";
        values["database"] = StandInCatalogue.Database;
        values["protocol"] = "http";
        values["host"] = "127.0.0.1";
        values["port"] = account.Server.Endpoint.Port.ToString(System.Globalization.CultureInfo.InvariantCulture);
        Write(values, isToml: place == "toml");
        account.SignIn = "'prod'";
        return account;
    }

    private void Write(Dictionary<string, string> values, bool isToml)
    {
        foreach (var (key, value) in isToml ? [] : values)
        {
            Environment.Set($"SNOWFLAKE_CONNECTIONS_PROD_{key.ToUpperInvariant()}", value);
        }

        if (isToml)
        {
            var lines = values.Select(pair => $"{pair.Key} = '''{pair.Value}'''");
            var path = _home.File("connections.toml", $"[prod]\n{string.Join('\n', lines)}\n");
            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
            }
        }
    }
}
