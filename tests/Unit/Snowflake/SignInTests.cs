using System.Security.Cryptography;

using EltPs.Engine.Errors;
using EltPs.Tests.Snowflake.StandIn;
using EltPs.Tests.Support;
using EltPs.Warehouses.Secrets;
using EltPs.Warehouses.Snowflake;
using EltPs.Warehouses.Snowflake.SqlApi;

using Xunit;

namespace EltPs.Tests.Snowflake;

public sealed class SignInTests
{
    private const string First = "MARKER-token-1-5521";
    private const string Second = "MARKER-token-2-5522";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_key_that_is_not_the_users_is_told_with_its_fingerprint_and_how_to_set_it()
    {
        using var other = RSA.Create(2048);
        await using var test = new ClientTest(tokens: Tokens(new SkippingClock(), other));

        var failure = await Assert.ThrowsAsync<EltException>(() => test.ChangeAsync());

        Assert.Equal((EltErrorKind.SignInFailed, "390144"), (failure.Kind, failure.VendorCode));
        Assert.Contains(PublicKeyFingerprint.Of(other), failure.Message, StringComparison.Ordinal);
        Assert.Contains("RSA_PUBLIC_KEY_FP of DESC USER loader", failure.Message, StringComparison.Ordinal);
        Assert.Contains("ALTER USER loader SET RSA_PUBLIC_KEY", failure.Message, StringComparison.Ordinal);
        Assert.Equal(2, test.Server.Requests.Count);
        Assert.Empty(test.Server.Executions);
    }

    [Theory]
    [InlineData(-2, "ahead of")]
    [InlineData(2, "behind")]
    public async Task A_clock_that_is_off_is_told_apart_from_a_bad_key(int hours, string direction)
    {
        await using var test = new ClientTest();
        test.Server.ClockOffset = TimeSpan.FromHours(hours);

        var failure = await Assert.ThrowsAsync<EltException>(() => test.ChangeAsync());

        Assert.Equal(EltErrorKind.SignInFailed, failure.Kind);
        Assert.Contains($"clock is 02:00:00 {direction} Snowflake's", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("SHA256:", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_token_that_was_replaced_while_a_statement_runs_is_read_again(bool isOAuth)
    {
        var current = First;
        await using var test = new ClientTest(
            tokens: new FixedToken(isOAuth, _ => Task.FromResult(current), "Connection 'snowflake_conn'"));
        var type = isOAuth ? "OAUTH" : "PROGRAMMATIC_ACCESS_TOKEN";
        test.Server.SignIn.Accept(type, First);
        test.Server.SignIn.Accept(type, Second);
        test.Server.Faults.On("temp_t", new Fault.Slow(TimeSpan.FromMinutes(5)));
        test.Server.Received = request =>
        {
            if (request.IsPoll && current == First)
            {
                current = Second;
                test.Server.SignIn.Expire(type, First);
            }
        };

        await test.ChangeAsync();

        Assert.Equal(1, test.Server.TimesExecuted("temp_t"));
        Assert.All(test.Server.Requests, request => Assert.Equal(type, request.Headers["X-Snowflake-Authorization-Token-Type"]));
    }

    [Fact]
    public async Task A_token_that_expires_while_polling_does_not_end_the_statement()
    {
        await using var test = new ClientTest();
        test.Server.Faults.ExpireTokenWhilePolling(
            statement => statement.Contains("temp_t", StringComparison.Ordinal),
            TimeSpan.FromMinutes(5));

        await test.ChangeAsync();

        Assert.Single(test.Submits);
        Assert.Equal(1, test.Server.TimesExecuted("temp_t"));
    }

    [Fact]
    public async Task A_change_whose_token_cannot_be_renewed_while_it_runs_is_unknown()
    {
        await using var test = new ClientTest(
            tokens: new FixedToken(isOAuth: true, _ => Task.FromResult(First), "Connection 'snowflake_conn'"));
        test.Server.SignIn.Accept("OAUTH", First);
        test.Server.Faults.ExpireTokenWhilePolling(
            statement => statement.Contains("temp_t", StringComparison.Ordinal),
            TimeSpan.FromMinutes(5));

        var failure = await Assert.ThrowsAsync<EltException>(() => test.ChangeAsync());

        Assert.Equal(EltErrorKind.Unknown, failure.Kind);
        Assert.Contains("did not accept the sign-in", failure.Message, StringComparison.Ordinal);
        Assert.Contains("query id is", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(403, EltErrorKind.SignInFailed, "network policy")]
    [InlineData(404, EltErrorKind.ConnectionFailed, "No Snowflake account answers at 127.0.0.1")]
    [InlineData(302, EltErrorKind.ConnectionFailed, "a token is sent nowhere but")]
    [InlineData(407, EltErrorKind.ConnectionFailed, "HTTPS_PROXY")]
    [InlineData(400, EltErrorKind.ConnectionFailed, "HTTP 400")]
    public async Task Another_refusal_is_told_with_what_to_do_and_not_tried_again(int status, EltErrorKind kind, string part)
    {
        await using var test = new ClientTest();
        test.Server.Faults.On("temp_t", new Fault.Status(status));

        var failure = await Assert.ThrowsAsync<EltException>(() => test.ChangeAsync());

        Assert.Equal(kind, failure.Kind);
        Assert.Contains(part, failure.Message, StringComparison.Ordinal);
        Assert.Single(test.Server.Requests);
    }

    [Fact]
    public async Task No_token_is_in_any_error_event_or_request_log()
    {
        string[] faults = ["503", "401", "403", "422", "500", "reset", "cut"];
        foreach (var fault in faults)
        {
            await using var test = new ClientTest(
                tokens: new FixedToken(isOAuth: true, _ => Task.FromResult(First), "Connection 'snowflake_conn'"));
            test.Server.SignIn.Accept("OAUTH", First);
            test.Server.Faults.On(
                "temp_t",
                fault switch
                {
                    "reset" => new Fault.ResetBefore(),
                    "cut" => new Fault.TruncatedAnswer(),
                    _ => new Fault.Status(int.Parse(fault, null)) { VendorCode = "390318" },
                },
                times: FaultRules.Forever);

            var failure = await Assert.ThrowsAsync<EltException>(() => test.ChangeAsync());

            Assert.DoesNotContain("MARKER", failure.ToString(), StringComparison.Ordinal);
            Assert.DoesNotContain(
                "MARKER",
                string.Join('\n', test.Trace.Events.Select(runEvent => runEvent.ToString())),
                StringComparison.Ordinal);
            Assert.DoesNotContain(
                "MARKER",
                string.Join(
                    '\n',
                    test.Server.Requests.Select(request => $"{request.Path} {request.Body} {string.Join(' ', request.Headers)}")),
                StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("MARKER token")]
    [InlineData("MARKER\ntoken")]
    [InlineData("MARKER-tökén")]
    [InlineData("")]
    public async Task A_token_that_no_header_can_hold_is_refused_without_showing_it(string token)
    {
        await using var test = new ClientTest(
            tokens: new FixedToken(isOAuth: false, _ => Task.FromResult(token), "Connection 'snowflake_conn'"));

        var failure = await Assert.ThrowsAsync<EltException>(() => test.ChangeAsync());

        Assert.Equal(EltErrorKind.InvalidConnection, failure.Kind);
        Assert.DoesNotContain("MARKER", failure.ToString(), StringComparison.Ordinal);
        Assert.Empty(test.Server.Requests);
    }

    [Fact]
    public async Task A_client_is_made_from_a_connection_without_a_request()
    {
        using var folder = new TemporaryFolder();
        await using var test = new ClientTest();
        var options = test.Options with { PrivateKeyFile = folder.File("key.p8", TestKey.Pem) };

        await using var client = await SqlApiClient.CreateAsync(options, "UTC", new ConnectionSecrets(new SecretReader(null)), test.Clock, Token);

        Assert.Equal("key pair, SQL API", client.SignIn);
        Assert.Empty(test.Server.Requests);
        await client.ExecuteAsync(SnowflakeRequest.Query("SELECT 1"), test.Scope(), Token);
        Assert.Single(test.Server.Requests);
    }

    [Fact]
    public async Task What_a_connection_lacks_is_told()
    {
        var options = ClientTest.CreateOptions(new Uri("http://127.0.0.1:1/"));
        foreach (var (broken, part) in ((SnowflakeOptions, string)[])
            [
                (options, "lacks PrivateKeyFile"),
                (options with { User = null }, "lacks User"),
                (options with { Authenticator = SnowflakeAuthenticator.OAuth }, "lacks Token"),
                (options with { Authenticator = SnowflakeAuthenticator.ExternalBrowser }, "ADO.NET driver"),
            ])
        {
            var failure = await Assert.ThrowsAsync<EltException>(() =>
                SqlApiClient.CreateAsync(broken, "UTC", new ConnectionSecrets(new SecretReader(null)), new SkippingClock(), Token));

            Assert.Equal(EltErrorKind.InvalidConnection, failure.Kind);
            Assert.Contains(part, failure.Message, StringComparison.Ordinal);
        }
    }

    private static KeyPairTokens Tokens(TimeProvider time, RSA key)
    {
        var copy = RSA.Create();
        copy.ImportParameters(key.ExportParameters(includePrivateParameters: true));
        return new KeyPairTokens("xy12345", "loader", copy, time);
    }
}
