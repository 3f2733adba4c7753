using System.Security.Cryptography;

using EltPs.Engine.Errors;
using EltPs.Tests.Support;
using EltPs.Warehouses.Snowflake.SqlApi;

using Xunit;

namespace EltPs.Tests.Snowflake;

public sealed class PrivateKeyTests : IDisposable
{
    private const string Passphrase = "MARKER-passphrase-9417";

    private readonly TemporaryFolder _folder = new();
    private readonly RSA _key = TestKey.Create();

    private static PbeParameters Encryption => new(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 2048);

    [Theory]
    [InlineData("PKCS#8")]
    [InlineData("PKCS#8, encrypted")]
    [InlineData("PKCS#1")]
    [InlineData("PKCS#8 behind OpenSSL's bag attributes")]
    public async Task Each_form_of_a_private_key_is_read(string form)
    {
        var text = form switch
        {
            "PKCS#8" => TestKey.Pem,
            "PKCS#8, encrypted" => _key.ExportEncryptedPkcs8PrivateKeyPem(Passphrase, Encryption),
            "PKCS#1" => _key.ExportRSAPrivateKeyPem(),
            _ => $"Bag Attributes\r\n    friendlyName: key\r\n{TestKey.Pem}".ReplaceLineEndings("\r\n"),
        };

        using var key = await ReadAsync(text);

        Assert.Equal(TestKey.Fingerprint, PublicKeyFingerprint.Of(key));
    }

    [Fact]
    public async Task A_key_in_OpenSSLs_old_encrypted_form_is_refused_with_the_command_that_converts_it()
    {
        var text = _key.ExportRSAPrivateKeyPem()
            .Replace("KEY-----\n", "KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-256-CBC,00\n\n", StringComparison.Ordinal);

        await AssertRefusedAsync(text, EltErrorKind.InvalidConnection, $"openssl pkcs8 -topk8 -v2 aes256 -in '{_folder.File("key.p8")}'");
    }

    [Fact]
    public async Task A_wrong_passphrase_is_told() => await AssertRefusedAsync(
        _key.ExportEncryptedPkcs8PrivateKeyPem("another one", Encryption), EltErrorKind.InvalidConnection, "passphrase does not open");

    [Fact]
    public async Task A_missing_passphrase_is_told()
    {
        var path = _folder.File("key.p8", _key.ExportEncryptedPkcs8PrivateKeyPem(Passphrase, Encryption));

        var failure = await Assert.ThrowsAsync<EltException>(() =>
            PrivateKeyReader.ReadAsync(path, null, "Connection 'prod'", TestContext.Current.CancellationToken));

        Assert.Equal(EltErrorKind.SecretMissing, failure.Kind);
        Assert.Contains("PrivateKeyPassphrase = 'env:NAME'", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_public_key_is_told() =>
        await AssertRefusedAsync(_key.ExportSubjectPublicKeyInfoPem(), EltErrorKind.InvalidConnection, "is the public key");

    [Fact]
    public async Task A_key_of_another_kind_is_told()
    {
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        await AssertRefusedAsync(other.ExportPkcs8PrivateKeyPem(), EltErrorKind.InvalidConnection, "no RSA key");
        await AssertRefusedAsync(other.ExportECPrivateKeyPem(), EltErrorKind.InvalidConnection, "holds a key of the kind EC PRIVATE KEY");
    }

    [Fact]
    public async Task A_short_key_is_told()
    {
        using var weak = RSA.Create(1024);
        await AssertRefusedAsync(weak.ExportPkcs8PrivateKeyPem(), EltErrorKind.InvalidConnection, "has 1024 bits");
    }

    [Theory]
    [InlineData("")]
    [InlineData("MARKER-no-key-at-all")]
    public async Task What_is_no_key_is_told(string text) =>
        await AssertRefusedAsync(text, EltErrorKind.InvalidConnection, "is no PEM file");

    [Fact]
    public async Task A_damaged_key_is_told_without_its_text()
    {
        await AssertRefusedAsync(TestKey.Pem.Remove(300, 63), EltErrorKind.InvalidConnection, "is damaged");
        await AssertRefusedAsync(TestKey.Pem.Remove(300, 65), EltErrorKind.InvalidConnection, "no RSA key that can be read");
    }

    [Fact]
    public async Task A_missing_or_unreadable_file_is_told()
    {
        foreach (var path in (string[])[_folder.File("none.p8"), _folder.Path])
        {
            var failure = await Assert.ThrowsAsync<EltException>(() =>
                PrivateKeyReader.ReadAsync(path, null, "Connection 'prod'", TestContext.Current.CancellationToken));

            Assert.Equal(EltErrorKind.SecretMissing, failure.Kind);
            Assert.Contains(path, failure.Message, StringComparison.Ordinal);
        }
    }

    public void Dispose()
    {
        _folder.Dispose();
        _key.Dispose();
    }

    private Task<RSA> ReadAsync(string text) => PrivateKeyReader.ReadAsync(
        _folder.File("key.p8", text), _ => Task.FromResult(Passphrase), "Connection 'prod'", TestContext.Current.CancellationToken);

    private async Task AssertRefusedAsync(string text, EltErrorKind kind, string part)
    {
        var failure = await Assert.ThrowsAsync<EltException>(() => ReadAsync(text));

        Assert.Equal(kind, failure.Kind);
        Assert.StartsWith("Connection 'prod'", failure.Message, StringComparison.Ordinal);
        Assert.Contains(part, failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("MARKER", failure.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("MII", failure.ToString(), StringComparison.Ordinal);
    }
}
