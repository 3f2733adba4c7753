using System.Security.Cryptography;

using EltPs.Engine.Errors;

namespace EltPs.Warehouses.Snowflake.SqlApi;

/// <summary>Reads a private key's file: PKCS#8, plain or encrypted, or PKCS#1, in PEM.</summary>
/// <remarks>
/// Snowflake: "Key-pair authentication and key-pair rotation". No message has a word of the key or of its passphrase in it.
/// </remarks>
internal static class PrivateKeyReader
{
    // Snowflake takes no shorter key.
    private const int FewestBits = 2048;

    /// <summary>Reads a key.</summary>
    /// <param name="path">Its file's absolute path.</param>
    /// <param name="passphrase">Gives the passphrase, asked only if the key is encrypted; null where the connection has none.</param>
    /// <param name="what">Whose key it is, for messages: <c>Connection 'prod'</c>.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <exception cref="EltException">
    /// SecretMissing: the file or the passphrase is not there or cannot be read. InvalidConnection: it is no key that can sign in, or the
    /// passphrase is another key's.
    /// </exception>
    public static async Task<RSA> ReadAsync(
        string path, Func<CancellationToken, Task<string>>? passphrase, string what, CancellationToken cancellationToken)
    {
        var text = await ReadTextAsync(path, what, cancellationToken);
        if (text.Contains("Proc-Type: 4,ENCRYPTED", StringComparison.Ordinal))
        {
            throw Invalid(
                $"{what}: {path} is encrypted in OpenSSL's old form, which Snowflake's key pairs do not use. "
                + $"Convert it with: openssl pkcs8 -topk8 -v2 aes256 -in '{path}' -out '{path}.p8'");
        }

        var label = FindLabel(text);
        var key = label switch
        {
            "PRIVATE KEY" or "RSA PRIVATE KEY" => Import(
                key => key.ImportFromPem(text),
                $"{what}: {path} holds no RSA key that can be read."),
            "ENCRYPTED PRIVATE KEY" => await DecryptAsync(text, path, passphrase, what, cancellationToken),
            "PUBLIC KEY" or "RSA PUBLIC KEY" => throw Invalid(
                $"{what}: {path} is the public key; PrivateKeyFile must name the private one (rsa_key.p8, not rsa_key.pub)."),
            null when text.Contains("-----BEGIN ", StringComparison.Ordinal) => throw Invalid(
                $"{what}: {path} is damaged: a part of it is missing, or its lines were changed."),
            null => throw Invalid(
                $"{what}: {path} is no PEM file. A private key's begins with '-----BEGIN PRIVATE KEY-----' or '-----BEGIN ENCRYPTED "
                    + "PRIVATE KEY-----'."),
            _ => throw Invalid(
                $"{what}: {path} holds a key of the kind {label}, but an RSA private key in PKCS#8 is needed: "
                + "openssl genrsa 2048 | openssl pkcs8 -topk8 -v2 aes256 -out rsa_key.p8"),
        };
        if (key.KeySize >= FewestBits)
        {
            return key;
        }

        var bits = key.KeySize;
        key.Dispose();
        throw Invalid($"{what}: the key in {path} has {bits} bits, but Snowflake needs at least {FewestBits}. Make another one.");
    }

    private static async Task<string> ReadTextAsync(string path, string what, CancellationToken cancellationToken)
    {
        try
        {
            return await File.ReadAllTextAsync(path, cancellationToken);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new EltException(EltErrorKind.SecretMissing, $"{what}: there is no private key file {path}.", exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new EltException(
                EltErrorKind.SecretMissing,
                $"{what}: the private key file {path} cannot be read: {exception.Message}",
                exception);
        }
    }

    private static async Task<RSA> DecryptAsync(
        string text, string path, Func<CancellationToken, Task<string>>? passphrase, string what, CancellationToken cancellationToken)
    {
        if (passphrase is null)
        {
            throw new EltException(
                EltErrorKind.SecretMissing,
                $"{what}: the key in {path} is encrypted. Say where its passphrase is: PrivateKeyPassphrase = 'env:NAME'.");
        }

        var secret = await passphrase(cancellationToken);
        return Import(
            key => key.ImportFromEncryptedPem(text, secret),
            $"{what}: the passphrase does not open the key in {path}; it belongs to another key, or the file is damaged.");
    }

    // What the import throws is dropped on purpose: its text is about bytes of the key.
    private static RSA Import(Action<RSA> import, string problem)
    {
        var key = RSA.Create();
        try
        {
            import(key);
            return key;
        }
        catch (Exception exception) when (exception is CryptographicException or ArgumentException)
        {
            key.Dispose();
            throw Invalid(problem);
        }
    }

    // The first that is a key: OpenSSL may put other sections, such as "Bag Attributes", before it.
    private static string? FindLabel(ReadOnlySpan<char> text)
    {
        string? first = null;
        while (PemEncoding.TryFind(text, out var fields))
        {
            var label = text[fields.Label].ToString();
            if (label.EndsWith("PRIVATE KEY", StringComparison.Ordinal))
            {
                return label;
            }

            first ??= label;
            text = text[fields.Location.End..];
        }

        return first;
    }

    private static EltException Invalid(string message) => new(EltErrorKind.InvalidConnection, message);
}
