using System.Text;
using EltPs.Tests.Support;
using EltPs.Warehouses.Snowflake;
using EltPs.Warehouses.Snowflake.SqlApi;
using Xunit;

namespace EltPs.Tests.Snowflake;

public sealed class KeyPairTokenTests
{
    // Each made with OpenSSL: openssl dgst -sha256 -sign, for 2026-11-24T03:00:00Z.
    private const string GoldenLocator =
        "eyJhbGciOiJSUzI1NiIsInR5cCI6IkpXVCJ9.eyJpc3MiOiJYWTEyMzQ1LkxPQURFUi5TSEEyNTY6akZ0dU5TM01JczJLMDYzSkxZbEhZY3d5d"
        + "U1jZHRGTWZBTDl2ZFkyY2tSMD0iLCJzdWIiOiJYWTEyMzQ1LkxPQURFUiIsImlhdCI6MTc5NTQ4OTIwMCwiZXhwIjoxNzk1NDkyNzQwfQ.dTi0"
        + "tYrAqmhmPLVScu8HvbAC555H_ku0T9UjodTAxRDa-6ZLift6_UdmoaZxuBQm01FwuXFIkuF1VSA9y5O6wCiBHyaveAQfi6ZKpSzEYotpIof-0x"
        + "tvjbc2VXqAbBfmd6UB1e4j5KbqR061SUTpm2LxlK23_m4yLoZnK-HANWs87rjeanDVPo_u-d3efazFPqSJMYI1z95CLPVJlia2q6K227FFunh7"
        + "arbpmOqMeknq8iOvr4IAV7C0be9pinMGrJdBZuYanixJrZKjN2MbAa9pNQ9GbRRgjhjOI9m2CbUos6oMSFDdq0Qnp8WWDnLILhIxslJX2ORLSh"
        + "BeZI4UYg";

    private const string GoldenOrganisation =
        "eyJhbGciOiJSUzI1NiIsInR5cCI6IkpXVCJ9.eyJpc3MiOiJPUkctQUNDT1VOVC5MT0FERVIuU0hBMjU2OmpGdHVOUzNNSXMySzA2M0pMWWxIW"
        + "WN3eXVNY2R0Rk1mQUw5dmRZMmNrUjA9Iiwic3ViIjoiT1JHLUFDQ09VTlQuTE9BREVSIiwiaWF0IjoxNzk1NDg5MjAwLCJleHAiOjE3OTU0OTI"
        + "3NDB9.odcvOg6qKaxwc_FMRsUQp5BKIebJVmtWM3xVkzaph2fH9L-nDdZkwREAIqTp0soHCDx8j6eLls2kHs0tcj5mVaT8T_6j0FbMeONxHOBA"
        + "1e5zS4qGmYf-Nog5NioJTPVuvRHwTobxHBBVQNj7Gz6dbDt5rB714VT9eoHBUcushqyJz_kuj2rxkGWHOM3ol00mYqKadAw7syXI5-Ff8IntZJ"
        + "qEUgUYXIorooUtzEMNY07QPPXQy-45qxzu4GdnDZDVLF29hb7FUvMtggddf5apVk0D_hNsNyv34RlEkb8_8TJQDhf34pnxUOUTZrja5Yes9mVj"
        + "6_13L5t2rSf-XF0qtw";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("xy12345", GoldenLocator)]
    [InlineData("xy12345.eu-central-1", GoldenLocator)]
    [InlineData("xy12345.east-us-2.azure", GoldenLocator)]
    [InlineData("org-account", GoldenOrganisation)]
    [InlineData("org.account", GoldenOrganisation)]
    public async Task A_token_is_byte_for_byte_what_another_tool_signs(string account, string golden)
    {
        using var tokens = new KeyPairTokens(account, "loader", TestKey.Create(), new SkippingClock());

        Assert.Equal(golden, await tokens.GetAsync(Token));
    }

    [Fact]
    public async Task A_token_names_account_user_fingerprint_and_expires_within_the_hour()
    {
        using var tokens = new KeyPairTokens("xy12345.eu-central-1", "loader", TestKey.Create(), new SkippingClock());

        var payload = Payload(await tokens.GetAsync(Token));

        Assert.Equal(
            $$"""{"iss":"XY12345.LOADER.{{TestKey.Fingerprint}}","sub":"XY12345.LOADER","iat":1795489200,"exp":1795492740}""",
            payload);
    }

    [Theory]
    [InlineData("xy12345", "XY12345")]
    [InlineData(" Xy12345 ", "XY12345")]
    [InlineData("xy12345.eu-central-1", "XY12345")]
    [InlineData("xy12345.us-gov-west-1.aws", "XY12345")]
    [InlineData("xy12345.us-central1.gcp", "XY12345")]
    [InlineData("xy12345.east-us-2.azure", "XY12345")]
    [InlineData("xy12345.eu-central-1.privatelink", "XY12345")]
    [InlineData("org-account", "ORG-ACCOUNT")]
    [InlineData("org.account", "ORG-ACCOUNT")]
    [InlineData("org-account.privatelink", "ORG-ACCOUNT")]
    [InlineData("org-my_account", "ORG-MY_ACCOUNT")]
    [InlineData("xy12345-abc.global", "XY12345")]
    public void An_account_is_written_as_tokens_name_it(string account, string expected) =>
        Assert.Equal(expected, AccountName.ForToken(account));

    [Fact]
    public void A_fingerprint_is_what_another_tool_computes()
    {
        using var key = TestKey.Create();

        Assert.Equal(TestKey.Fingerprint, PublicKeyFingerprint.Of(key));
    }

    [Fact]
    public async Task A_token_is_kept_for_50_minutes_and_then_made_anew()
    {
        var clock = new SkippingClock();
        using var tokens = new KeyPairTokens("xy12345", "loader", TestKey.Create(), clock);
        var first = await tokens.GetAsync(Token);

        clock.Advance(TimeSpan.FromMinutes(49));
        Assert.Equal(first, await tokens.GetAsync(Token));
        clock.Advance(TimeSpan.FromMinutes(1));
        var second = await tokens.GetAsync(Token);
        Assert.Contains("\"iat\":1795492200", Payload(second), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refused_token_is_made_anew_once_even_if_two_requests_were_refused_with_it()
    {
        var clock = new SkippingClock();
        using var tokens = new KeyPairTokens("xy12345", "loader", TestKey.Create(), clock);
        var first = await tokens.GetAsync(Token);
        clock.Advance(TimeSpan.FromSeconds(10));

        Assert.True(await tokens.RenewAsync(first, Token));
        var second = await tokens.GetAsync(Token);
        clock.Advance(TimeSpan.FromSeconds(10));
        Assert.True(await tokens.RenewAsync(first, Token));

        Assert.NotEqual(first, second);
        Assert.Equal(second, await tokens.GetAsync(Token));
    }

    private static string Payload(string token) =>
        Encoding.UTF8.GetString(System.Buffers.Text.Base64Url.DecodeFromChars(token.Split('.')[1]));
}
