using EltPs.Engine.Errors;
using EltPs.Engine.Warehouses;
using EltPs.Tests.DuckDb;
using EltPs.Tests.Snowflake.Driver;
using EltPs.Warehouses.Snowflake;
using EltPs.Warehouses.Snowflake.Driver;

using Xunit;

namespace EltPs.Tests.Snowflake;

public sealed class DriverSecretTests
{
    private const string Withheld = "(the driver's message is not shown, because a secret is in it)";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_sign_in_error_that_quotes_the_token_is_not_shown_with_it()
    {
        await using var api = new LoopbackSqlApi
        {
            SignIn = LoopbackAnswer.Error(401, "390303", "08004", $"Invalid token {StandInDriver.Token}."),
        };

        var error = await Assert.ThrowsAsync<EltException>(() => StandInDriver.OpenAsync(api, Token));

        Assert.EndsWith(Withheld, error.Message, StringComparison.Ordinal);
        Assert.Equal("390303", error.VendorCode);
        AssertNoMarker(error);
    }

    [Fact]
    public async Task A_statement_error_that_quotes_the_token_is_not_shown_with_it()
    {
        await using var api = new LoopbackSqlApi
        {
            Answer = _ => LoopbackAnswer.Error(422, "001003", "42000", $"near {StandInDriver.Token}"),
        };
        await using var client = await StandInDriver.OpenAsync(api, Token);
        var trace = new TraceObserver();

        var error = await Assert.ThrowsAsync<EltException>(
            () => client.ExecuteAsync(SnowflakeRequest.Query("SELECT oops"), new WorkScope(trace), Token));

        Assert.Equal($"{Withheld} (query {LoopbackAnswer.Handle})", error.Message);
        AssertNoMarker(error);
        Assert.DoesNotContain("MARKER", string.Concat(trace.Events), StringComparison.Ordinal);
        Assert.DoesNotContain("MARKER", string.Concat(api.Calls), StringComparison.Ordinal);
        Assert.DoesNotContain("MARKER", $"{client} {client.SignIn} {StandInDriver.Options(api.Endpoint)}", StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("token MARKER a+b is bad")]
    [InlineData("GET /login?token%3DMARKER%20a%2Bb")]
    [InlineData("{\"t\":\"MARKER a\\u002Bb\"}")]
    [InlineData("Invalid connection string: account=x;Password = y")]
    public void A_text_with_a_secret_in_any_form_is_withheld(string text) =>
        Assert.Equal(Withheld, new SecretMask("account=x;token=\"MARKER a+b\"").Clean(text));

    [Fact]
    public void One_line_of_a_key_is_a_secret_too() => Assert.Equal(
        Withheld,
            new SecretMask("private_key=\"-----BEGIN PRIVATE KEY-----\nMIIEvMARKERMARKERMARKER\n-----END PRIVATE KEY-----\"").Clean(
                "cannot read MIIEvMARKERMARKERMARKER"));

    [Fact]
    public void Any_other_text_stays() =>
        Assert.Equal("Object 'T' does not exist.", new SecretMask("account=x;token=MARKER").Clean("Object 'T' does not exist."));

    private static void AssertNoMarker(EltException error) => Assert.DoesNotContain("MARKER", error.ToString(), StringComparison.Ordinal);
}
