using System.Globalization;
using System.Management.Automation;
using System.Security.Cryptography;
using EltPs.Connections;
using EltPs.Engine.Errors;
using EltPs.Tests.Snowflake.StandIn;
using EltPs.Warehouses.Snowflake.SqlApi;
using Xunit;

namespace EltPs.Tests.Snowflake;

/// <summary>Test-EltConnection against an account: what it tells, and what it advises.</summary>
public sealed class TestConnectionTests : IAsyncDisposable
{
    private const string Test = "Test-EltConnection $connection";

    private readonly SnowflakeAccount _account = new();

    public ValueTask DisposeAsync() => _account.DisposeAsync();

    [Fact]
    public void It_tells_who_signed_in_how_and_where_in_one_request()
    {
        var result = _account.Run(Test).Single<ConnectionTestResult>();

        Assert.Equal(("snowflake", "Snowflake", "key pair, SQL API"), (result.Name, result.Type, result.SignIn));
        Assert.Equal(
            ("MYORG-MYACCOUNT", "ELT_USER", SnowflakeAccount.Role, "COMPUTE_WH"),
            (result.Account, result.User, result.Role, result.Warehouse));
        Assert.Equal((StandInCatalogue.Database, null, "10.2.1"), (result.Database, result.Schema, result.Version));
        Assert.True(result.Latency > 0);
        Assert.Single(_account.Server.Requests);
    }

    [Fact]
    public void A_key_that_is_not_the_users_is_told_with_its_fingerprint()
    {
        using var other = RSA.Create(2048);
        _account.Folder.File("eltps.p8", other.ExportPkcs8PrivateKeyPem());

        var error = Fail("EltSignInFailed");

        Assert.Equal(ErrorCategory.AuthenticationError, error.CategoryInfo.Category);
        Assert.Contains(PublicKeyFingerprint.Of(other), error.Exception.Message, StringComparison.Ordinal);
        Assert.Contains("DESC USER eltps", error.Exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_clock_that_is_wrong_is_told_apart_from_a_wrong_key()
    {
        _account.Server.ClockOffset = TimeSpan.FromHours(-2);

        var message = Fail("EltSignInFailed").Exception.Message;

        Assert.Contains("ahead of Snowflake's", message, StringComparison.Ordinal);
        Assert.DoesNotContain("SHA256:", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_host_that_nobody_answers_at_is_told_soon()
    {
        var port = _account.Server.Endpoint.Port.ToString(CultureInfo.InvariantCulture);

        // Nobody listens at port 1.
        var error = _account
            .Run(
                $"{Test.Replace("$connection", _account.Connection.Replace(port, "1", StringComparison.Ordinal), StringComparison.Ordinal)}"
            )
            .FailedWith("EltConnectionFailed,EltPs.Commands.TestEltConnectionCommand");

        Assert.Contains("gave no usable answer for 00:00:10", error.Exception.Message, StringComparison.Ordinal);
        Assert.Contains("Check the network", error.Exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_account_that_is_not_there_is_told()
    {
        _account.Server.Faults.On(_ => true, new Fault.Status(404));

        Assert.Contains("Check Account and Host", Fail("EltConnectionFailed").Exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_session_without_a_warehouse_signs_in_with_a_warning_because_no_run_will_do()
    {
        var connection = _account.Connection.Replace("Warehouse = 'COMPUTE_WH'; ", string.Empty, StringComparison.Ordinal);

        var run = _account.Run($"Test-EltConnection {connection}");

        Assert.Null(run.Single<ConnectionTestResult>().Warehouse);
        Assert.Contains("Add Warehouse = '…' to the connection", Assert.Single(run.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_without_a_warehouse_says_where_to_write_one()
    {
        _account.Catalogue.Refuse(
            statement => statement.StartsWith("CREATE OR REPLACE", StringComparison.Ordinal),
            "000606",
            "57P03",
            "No active warehouse selected in the current session. Select an active warehouse with the 'use warehouse' command.");

        var error = _account
            .Run("Invoke-EltPipeline mau.psd1 -Connection $connection")
            .FailedWith("EltStatementFailed,EltPs.Commands.InvokeEltPipelineCommand");

        Assert.Contains("Add Warehouse = '…' to the connection", error.Exception.Message, StringComparison.Ordinal);
        Assert.Equal("57P03", Assert.IsType<EltException>(error.Exception).SqlState);
    }

    private ErrorRecord Fail(string id) => _account.Run(Test).FailedWith($"{id},EltPs.Commands.TestEltConnectionCommand");
}
