using EltPs.Tests.Support;
using Xunit;

namespace EltPs.Tests.Snowflake;

/// <summary>The same of a secret in a connection that Snowflake's own files and variables have: they are found by fixed names.</summary>
[Collection(Alone.Name)]
public sealed class NamedSecretLeakTests : PlantedConnection
{
    private static readonly string[] Places =
    [
        "OAuth toml", "PAT toml", "OAuth variables", "PAT variables", "passphrase toml", "passphrase variables",
        "driver password variables", "driver password toml", "driver OAuth toml",
    ];

    public NamedSecretLeakTests() => Environment.Set("SNOWFLAKE_HOME", Home);

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
    [InlineData("driver password toml")]
    public Task It_comes_out_nowhere_when_the_network_is_down(string plant) => EnsureItIsNowhereWhenTheNetworkIsDownAsync(plant);

    [Theory]
    [MemberData(nameof(Last))]
    public Task It_comes_out_nowhere_when_what_signs_in_is_not_what_it_should_be(string plant) =>
        EnsureItIsNowhereWhenTheSignInIsWrongAsync(plant);
}
