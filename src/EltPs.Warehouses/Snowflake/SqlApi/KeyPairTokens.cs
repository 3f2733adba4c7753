using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace EltPs.Warehouses.Snowflake.SqlApi;

/// <summary>Signs in with a key pair: a token (JWT, RS256) that this side signs, valid for an hour at most.</summary>
/// <remarks>Snowflake: "Authenticating Snowflake REST APIs with Snowflake", using key-pair authentication.</remarks>
internal sealed class KeyPairTokens : ITokenSource
{
    /// <summary>How long a token is valid: Snowflake takes no longer than an hour, and the clocks may differ a little.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(59);

    /// <summary>
    /// The age from which a new one is made. A request is under way for some minutes at most, so that none is ever older than 55.
    /// </summary>
    public static readonly TimeSpan RenewalAge = TimeSpan.FromMinutes(50);

    private readonly RSA _key;
    private readonly TimeProvider _time;
    private readonly Lock _gate = new();
    private readonly string _user;
    private readonly string _subject;
    private readonly string _fingerprint;
    private string? _token;
    private DateTimeOffset _issued;

    /// <summary>Makes one; it owns the key.</summary>
    public KeyPairTokens(string account, string user, RSA key, TimeProvider time)
    {
        _key = key;
        _time = time;
        _user = user.Trim();
        _subject = $"{AccountName.ForToken(account)}.{_user.ToUpperInvariant()}";
        _fingerprint = PublicKeyFingerprint.Of(key);
    }

    /// <inheritdoc/>
    public string Type => "KEYPAIR_JWT";

    /// <inheritdoc/>
    public bool IsSignedHere => true;

    /// <inheritdoc/>
    public string Advice =>
        $"The token was signed for {_subject} with the key whose fingerprint is {_fingerprint}. Compare it with RSA_PUBLIC_KEY_FP of DESC "
            + $"USER {_user}; "
        + $"where it differs, set the public key with ALTER USER {_user} SET RSA_PUBLIC_KEY='…'. Where it is the same, check Account and "
        + "User of the connection.";

    /// <inheritdoc/>
    public ValueTask<string> GetAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            var now = _time.GetUtcNow();

            // Also where the clock was set back: a token from the future is refused.
            if (_token is null || now - _issued >= RenewalAge || now < _issued)
            {
                _token = Sign(now);
                _issued = now;
            }

            return ValueTask.FromResult(_token);
        }
    }

    /// <inheritdoc/>
    public ValueTask<bool> RenewAsync(string refused, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (_token == refused)
            {
                _token = null;
            }
        }

        return ValueTask.FromResult(true);
    }

    /// <inheritdoc/>
    public void Dispose() => _key.Dispose();

    private string Sign(DateTimeOffset now)
    {
        var issued = now.ToUnixTimeSeconds();
        var header = Encode("""{"alg":"RS256","typ":"JWT"}""");
        var issuer = Quote($"{_subject}.{_fingerprint}");
        var expires = issued + (long)Lifetime.TotalSeconds;
        var payload = Encode($$"""{"iss":{{issuer}},"sub":{{Quote(_subject)}},"iat":{{issued}},"exp":{{expires}}}""");
        var signed = $"{header}.{payload}";
        var signature = _key.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        return $"{signed}.{Base64Url.EncodeToString(signature)}";
    }

    private static string Encode(string json) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json));

    private static string Quote(string text) => $"\"{JsonEncodedText.Encode(text, JavaScriptEncoder.UnsafeRelaxedJsonEscaping)}\"";
}
