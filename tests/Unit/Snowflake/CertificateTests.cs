using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

using EltPs.Engine.Errors;
using EltPs.Engine.Warehouses;
using EltPs.Tests.DuckDb;
using EltPs.Warehouses.Snowflake;
using EltPs.Warehouses.Snowflake.SqlApi;
using Xunit;

namespace EltPs.Tests.Snowflake;

/// <summary>A host whose certificate nobody here trusts.</summary>
public sealed class CertificateTests
{
    [Fact]
    public async Task A_certificate_that_is_not_trusted_fails_at_once_and_names_the_way_out()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var serving = ServeAsync(listener);
        var options = ClientTest.CreateOptions(new Uri($"https://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/"));
        var tokens = new KeyPairTokens("xy12345", "loader", TestKey.Create(), TimeProvider.System);
        await using var client = new SqlApiClient(options, "UTC", tokens, TimeProvider.System, SqlApiLimits.Default);

        var failure = await Assert.ThrowsAsync<EltException>(() => client.ExecuteAsync(
            SnowflakeRequest.Change("CREATE TABLE t (i INT)"), new WorkScope(new TraceObserver()), TestContext.Current.CancellationToken));

        Assert.Equal(EltErrorKind.ConnectionFailed, failure.Kind);
        Assert.StartsWith("The certificate of 127.0.0.1 is not trusted", failure.Message, StringComparison.Ordinal);
        Assert.Contains("certificate store", failure.Message, StringComparison.Ordinal);
        Assert.False(failure.IsTransient);
        await serving;
    }

    private static async Task ServeAsync(TcpListener listener)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=somebody-else", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        using var connection = await listener.AcceptTcpClientAsync(TestContext.Current.CancellationToken);
        await using var stream = new SslStream(connection.GetStream());
        try
        {
            await stream.AuthenticateAsServerAsync(certificate);
            Assert.Equal(0, await stream.ReadAsync(new byte[1], TestContext.Current.CancellationToken));
        }
        catch (Exception exception) when (exception is IOException or AuthenticationException)
        {
            // The client hangs up in the middle of the handshake, as it should.
        }
    }
}
