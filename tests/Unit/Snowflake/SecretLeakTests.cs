using System.Security.Cryptography;
using System.Text;
using EltPs.Tests.Snowflake.Driver;
using EltPs.Tests.Snowflake.StandIn;
using EltPs.Tests.Support;
using Xunit;
using ScriptRun = EltPs.Tests.Support.ScriptRun;

namespace EltPs.Tests.Snowflake;

/// <summary>A secret that is planted in each place where one may be comes out nowhere but in the header that signs in.</summary>
[Collection(Alone.Name)]
public sealed class SecretLeakTests : IDisposable
{
    private const string Marker = "MARKER";

    // What a connection string, JSON, a URL, a TOML text or PowerShell would have to escape, and yet a header can carry.
    private const string Secret = "MARKER;s='q/7+=\\$x";
    private const string Variable = "ELTPS_TEST_SECRET";

    private const string Everything =
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

    private const string Attempts =
        """
        try { Test-EltConnection $connection -Verbose -Debug } catch { $_ }
        try { Get-EltTable mau.psd1 -Connection $connection | Invoke-EltCtas -Verbose -Debug | Test-EltRowCount } catch { $_ }
        try { Switch-EltTable -Schema analytics -Table mau_summary -Connection $connection -Undo -Verbose } catch { $_ }
        try { Invoke-EltPipeline mau.psd1 -Connection $connection -Verbose -Debug -ResultPath results/elt.json -JUnitPath results/elt.xml } catch { $_ }
        try { Invoke-EltPipeline mau.psd1 -Connection $connection -WhatIf } catch { $_ }
        $error
        """;

    private readonly TemporaryFolder _home = new();
    private readonly ProcessEnvironment _environment = new();

    public SecretLeakTests() => _environment.Set("SNOWFLAKE_HOME", _home.Path);

    public static TheoryData<string> SqlApi =>
    [
        "OAuth env", "OAuth file", "PAT env", "PAT token file", "OAuth toml", "PAT toml", "OAuth variables", "PAT variables",
        "passphrase env", "passphrase file", "passphrase toml", "passphrase variables", "key text",
    ];

    public static TheoryData<string> Driver =>
    [
            "driver OAuth env",
            "driver OAuth file",
            "driver PAT token file",
            "driver password env",
            "driver password file",
            "driver password toml",
            "driver password variables",
            "driver OAuth toml",
    ];

    public void Dispose()
    {
        _environment.Dispose();
        _home.Dispose();
    }

    [Theory]
    [MemberData(nameof(SqlApi))]
    [MemberData(nameof(Driver))]
    public async Task It_comes_out_nowhere_when_all_goes_well(string plant)
    {
        await using var account = Plant(plant);

        var run = Run(account, Everything).Succeeded();

        Assert.Equal(12, account.Rows("analytics.mau_summary"));
        Assert.Contains(run.Output, item => item.ToString() == "RunELT_Alert Succeeded");
        AssertClean(account, run);
    }

    [Theory]
    [MemberData(nameof(SqlApi))]
    [MemberData(nameof(Driver))]
    public async Task It_comes_out_nowhere_when_Snowflake_refuses_and_repeats_what_it_was_sent(string plant)
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

    [Theory]
    [InlineData("OAuth env")]
    [InlineData("PAT token file")]
    [InlineData("passphrase env")]
    [InlineData("driver OAuth env")]
    [InlineData("driver password toml")]
    public async Task It_comes_out_nowhere_when_the_network_is_down(string plant)
    {
        await using var account = Plant(plant);
        account.Replace("Tags        = @('ELT')", "Timeout = 1");
        account.Server.Faults.On(_ => true, new Fault.ResetBefore(), times: FaultRules.Forever);

        AssertClean(account, Run(account, "Invoke-EltPipeline mau.psd1 -Connection $connection -Verbose -Debug; $error"), "mau");
    }

    [Theory]
    [MemberData(nameof(SqlApi))]
    [MemberData(nameof(Driver))]
    public async Task It_comes_out_nowhere_when_what_signs_in_is_not_what_it_should_be(string plant)
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
                    + $"KEY-----\n");
        }
        else
        {
            account.Server.SignIn.Expire("OAUTH", Secret);
            account.Server.SignIn.Expire("PROGRAMMATIC_ACCESS_TOKEN", Secret);
        }

        AssertClean(account, Run(account, Attempts), "Connection '");
    }

    [Theory]
    [InlineData("OAuth env", "SecretMissing")]
    [InlineData("OAuth file", "SecretMissing")]
    [InlineData("PAT token file", "SecretMissing")]
    [InlineData("passphrase env", "SecretMissing")]
    [InlineData("driver OAuth env", "SecretMissing")]
    [InlineData("driver password file", "SecretMissing")]
    [InlineData("key text", "SecretMissing")]
    public async Task It_comes_out_nowhere_when_a_part_is_missing(string plant, string kind)
    {
        await using var account = Plant(plant);
        _environment.Set(Variable, null);
        File.Delete(account.Folder.File("secret.txt"));
        File.Delete(account.Folder.File("eltps.p8"));
        if (plant.StartsWith("passphrase", StringComparison.Ordinal))
        {
            account.Folder.File("eltps.p8", Encrypted(account.Key, Secret));
        }

        AssertClean(account, Run(account, Attempts), kind);
    }

    [Theory]
    [InlineData("Tokn = $env:ELTPS_TEST_SECRET")]
    [InlineData("Token = $env:ELTPS_TEST_SECRET")]
    [InlineData("Password = $env:ELTPS_TEST_SECRET")]
    [InlineData("PrivateKeyPassphrase = $env:ELTPS_TEST_SECRET; PrivateKeyFile = 'eltps.p8'")]
    [InlineData("Account = $env:ELTPS_TEST_SECRET")]
    [InlineData("Host = $env:ELTPS_TEST_SECRET")]
    [InlineData("Port = $env:ELTPS_TEST_SECRET")]
    [InlineData("Protocol = $env:ELTPS_TEST_SECRET")]
    [InlineData("Driver = $env:ELTPS_TEST_SECRET")]
    [InlineData("Authenticator = $env:ELTPS_TEST_SECRET")]
    [InlineData("PrivateKeyFile = \"-----BEGIN PRIVATE KEY-----`n$env:ELTPS_TEST_SECRET\"")]
    [InlineData("TokenFilePath = \"file:$env:ELTPS_TEST_SECRET\"")]
    [InlineData("Type = $env:ELTPS_TEST_SECRET")]
    public async Task It_comes_out_nowhere_when_somebody_writes_it_at_a_key_of_a_connection(string keys)
    {
        await using var account = new SnowflakeAccount();
        _environment.Set(Variable, Secret);
        var connection = keys.StartsWith("Account", StringComparison.Ordinal)
            ? $"@{{ User = 'u'; {keys} }}"
            : $"@{{ Account = 'o-a'; User = 'u'; {keys} }}";

        var run = ScriptExecutor.RunIn(account.Folder.Path, $"$connection = {connection}\n{Attempts}");

        AssertClean(account, run, "InvalidConnection");
    }

    private static ScriptRun Run(SnowflakeAccount account, string script) =>
        account.SignIn.StartsWith('\'')
            ? ScriptExecutor.RunIn(account.Folder.Path, $"$connection = {account.SignIn}\n{script}", account.Module)
            : account.Run(script);

    private static void AssertClean(SnowflakeAccount account, ScriptRun run, string? said = null)
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

    private static string Encrypted(RSA key, string passphrase) =>
        key.ExportEncryptedPkcs8PrivateKeyPem(
            passphrase,
            new PbeParameters(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 1000));

    // Puts the secret where the plant says, and the connection that refers to it.
    private SnowflakeAccount Plant(string plant)
    {
        var words = plant.Split(' ');
        var isDriver = words[0] == "driver";
        var (what, place) = isDriver
            ? (words[1], plant["driver ".Length..][(words[1].Length + 1)..])
            : (words[0], plant[(words[0].Length + 1)..]);
        var account = new SnowflakeAccount { Module = isDriver ? ModuleWithDriver.Cmdlets : null };
        account.Server.SignIn.Accept("OAUTH", Secret);
        account.Server.SignIn.Accept("PROGRAMMATIC_ACCESS_TOKEN", Secret);
        _environment.Set(Variable, Secret);
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
            _environment.Set($"SNOWFLAKE_CONNECTIONS_PROD_{key.ToUpperInvariant()}", value);
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
