using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace EltPs.Tests.Snowflake.StandIn;

/// <summary>
/// Checks tokens as Snowflake documents it: a signed one really against the user's registered public key, others by comparing.
/// </summary>
internal sealed class StandInSignIn(Func<DateTimeOffset> clock)
{
    private readonly ConcurrentDictionary<string, RSA> _users = new();
    private readonly ConcurrentDictionary<(string Type, string Token), bool> _tokens = new();

    /// <summary>Registers a user's public key: ALTER USER … SET RSA_PUBLIC_KEY.</summary>
    /// <param name="subject"><c>ACCOUNT.USER</c>, as a token must name it.</param>
    /// <param name="key">The key; only its public part is kept.</param>
    public void Register(string subject, RSA key)
    {
        var copy = RSA.Create();
        copy.ImportSubjectPublicKeyInfo(key.ExportSubjectPublicKeyInfo(), out _);
        _users[subject] = copy;
    }

    /// <summary>Takes a token.</summary>
    /// <param name="type"><c>OAUTH</c> or <c>PROGRAMMATIC_ACCESS_TOKEN</c>.</param>
    /// <param name="token">The token.</param>
    public void Accept(string type, string token) => _tokens[(type, token)] = true;

    /// <summary>A token that was good has expired.</summary>
    public void Expire(string type, string token) => _tokens[(type, token)] = false;

    /// <summary>Checks a request.</summary>
    /// <returns>The refusal, or null; and how old the token is, if that can be told.</returns>
    public (HttpAnswer? Refusal, TimeSpan? Age) Check(HttpMessage message)
    {
        var type = message.Headers.GetValueOrDefault("X-Snowflake-Authorization-Token-Type", "");
        var bearer = message.Headers.GetValueOrDefault("Authorization", "").Split(' ', 2);
        if (bearer.Length != 2 || bearer[0] != "Bearer" || !message.Headers.ContainsKey("User-Agent"))
        {
            return (Refuse("390101", "Authorization header is missing or not valid."), null);
        }

        if (type == "KEYPAIR_JWT")
        {
            var (problem, age) = CheckSigned(bearer[1]);
            return (problem ? Refuse("390144", "JWT token is invalid.") : null, age);
        }

        return _tokens.TryGetValue((type, bearer[1]), out var isGood)
            ? (isGood ? null : Refuse("390318", "OAuth access token expired."), null)
            : (Refuse("390303", "Invalid OAuth access token."), null);
    }

    private (bool Problem, TimeSpan? Age) CheckSigned(string token)
    {
        var parts = token.Split('.');
        if (parts.Length != 3)
        {
            return (true, null);
        }

        using var header = JsonDocument.Parse(Base64Url.DecodeFromChars(parts[0]));
        using var payload = JsonDocument.Parse(Base64Url.DecodeFromChars(parts[1]));
        var subject = payload.RootElement.GetProperty("sub").GetString()!;
        var issued = payload.RootElement.GetProperty("iat").GetInt64();
        var expires = payload.RootElement.GetProperty("exp").GetInt64();
        var now = clock().ToUnixTimeSeconds();
        var age = TimeSpan.FromSeconds(now - issued);
        if (!_users.TryGetValue(subject, out var key) || header.RootElement.GetProperty("alg").GetString() != "RS256")
        {
            return (true, age);
        }

        var fingerprint = Convert.ToBase64String(SHA256.HashData(key.ExportSubjectPublicKeyInfo()));
        var isGood = payload.RootElement.GetProperty("iss").GetString() == $"{subject}.SHA256:{fingerprint}"
            && issued <= now + 60 && now < expires && expires - issued <= 3600
            && key.VerifyData(
                Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}"),
                Base64Url.DecodeFromChars(parts[2]),
                HashAlgorithmName.SHA256,
                RSASignaturePadding.Pkcs1);
        return (!isGood, age);
    }

    private static HttpAnswer Refuse(string code, string message) => HttpAnswer.Of(401, code, "08001", message);
}
