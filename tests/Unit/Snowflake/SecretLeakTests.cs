using EltPs.Tests.Support;
using Xunit;

namespace EltPs.Tests.Snowflake;

/// <summary>A secret that is planted in each place where one may be comes out nowhere but in the header that signs in.</summary>
public sealed class SecretLeakTests : PlantedConnection
{
    private static readonly string[] Places =
    [
        "OAuth env", "OAuth file", "PAT env", "PAT token file", "passphrase env", "passphrase file", "key text",
        "driver OAuth env", "driver OAuth file", "driver PAT token file", "driver password env", "driver password file",
    ];

    public static TheoryData<string> First => Third(Places, 0);

    public static TheoryData<string> Second => Third(Places, 1);

    public static TheoryData<string> Last => Third(Places, 2);

    [Theory]
    [MemberData(nameof(First))]
    public Task It_comes_out_nowhere_when_all_goes_well(string plant) => EnsureItIsNowhereWhenAllGoesWellAsync(plant);

    [Theory]
    [MemberData(nameof(Second))]
    public Task It_comes_out_nowhere_when_Snowflake_refuses_and_repeats_what_it_was_sent(string plant) =>
        EnsureItIsNowhereWhenItIsRefusedAsync(plant);

    [Theory]
    [InlineData("OAuth env")]
    [InlineData("PAT token file")]
    [InlineData("passphrase env")]
    [InlineData("driver OAuth env")]
    public Task It_comes_out_nowhere_when_the_network_is_down(string plant) => EnsureItIsNowhereWhenTheNetworkIsDownAsync(plant);

    [Theory]
    [MemberData(nameof(Last))]
    public Task It_comes_out_nowhere_when_what_signs_in_is_not_what_it_should_be(string plant) =>
        EnsureItIsNowhereWhenTheSignInIsWrongAsync(plant);

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
        Environment.Set(Variable, null);
        File.Delete(account.Folder.File("secret.txt"));
        File.Delete(account.Folder.File("eltps.p8"));
        if (plant.StartsWith("passphrase", StringComparison.Ordinal))
        {
            account.Folder.File("eltps.p8", Encrypted(account.Key, Secret));
        }

        AssertClean(account, Run(account, Attempts), kind);
    }

    [Theory]
    [InlineData("Tokn = $env:ELTPS_SECRET")]
    [InlineData("Token = $env:ELTPS_SECRET")]
    [InlineData("Password = $env:ELTPS_SECRET")]
    [InlineData("PrivateKeyPassphrase = $env:ELTPS_SECRET; PrivateKeyFile = 'eltps.p8'")]
    [InlineData("Account = $env:ELTPS_SECRET")]
    [InlineData("Host = $env:ELTPS_SECRET")]
    [InlineData("Port = $env:ELTPS_SECRET")]
    [InlineData("Protocol = $env:ELTPS_SECRET")]
    [InlineData("Driver = $env:ELTPS_SECRET")]
    [InlineData("Authenticator = $env:ELTPS_SECRET")]
    [InlineData("PrivateKeyFile = \"-----BEGIN PRIVATE KEY-----`n$env:ELTPS_SECRET\"")]
    [InlineData("TokenFilePath = \"file:$env:ELTPS_SECRET\"")]
    [InlineData("Type = $env:ELTPS_SECRET")]
    public async Task It_comes_out_nowhere_when_somebody_writes_it_at_a_key_of_a_connection(string keys)
    {
        keys = keys.Replace("ELTPS_SECRET", Variable, StringComparison.Ordinal);
        await using var account = new SnowflakeAccount();
        Environment.Set(Variable, Secret);
        var connection = keys.StartsWith("Account", StringComparison.Ordinal)
            ? $"@{{ User = 'u'; {keys} }}"
            : $"@{{ Account = 'o-a'; User = 'u'; {keys} }}";

        var run = ScriptExecutor.RunIn(account.Folder.Path, $"$connection = {connection}\n{Attempts}");

        AssertClean(account, run, "InvalidConnection");
    }
}
