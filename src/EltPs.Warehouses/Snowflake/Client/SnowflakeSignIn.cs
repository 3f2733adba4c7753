using SignIn = EltPs.Warehouses.Snowflake.SnowflakeAuthenticator;

namespace EltPs.Warehouses.Snowflake;

/// <summary>Finds out how a connection signs in, and whether it has what that takes.</summary>
/// <remarks>
/// Source of the names: Snowflake documentation, "Python Connector API", authenticator; and the .NET driver's "Connecting" page.
/// </remarks>
internal static class SnowflakeSignIn
{
    /// <summary>The value of <c>Driver</c> that chooses the SQL REST API.</summary>
    public const string SqlApi = "SqlApi";

    /// <summary>The value of <c>Driver</c> that chooses the ADO.NET driver.</summary>
    public const string AdoNet = "Snowflake.Data";

    private static readonly Dictionary<string, SignIn> ByName = new(StringComparer.OrdinalIgnoreCase)
    {
        ["SNOWFLAKE_JWT"] = SignIn.KeyPair,
        ["OAUTH"] = SignIn.OAuth,
        ["PROGRAMMATIC_ACCESS_TOKEN"] = SignIn.ProgrammaticAccessToken,
        ["SNOWFLAKE"] = SignIn.Password,
        ["USERNAME_PASSWORD_MFA"] = SignIn.PasswordAndMfa,
        ["EXTERNALBROWSER"] = SignIn.ExternalBrowser,
        ["OAUTH_AUTHORIZATION_CODE"] = SignIn.OAuthAuthorizationCode,
        ["OAUTH_CLIENT_CREDENTIALS"] = SignIn.OAuthClientCredentials,
        ["WORKLOAD_IDENTITY"] = SignIn.WorkloadIdentity,
    };

    /// <summary>How the connection signs in; null, with a problem, if that cannot be told.</summary>
    public static SignIn? Read(IReadOnlyDictionary<string, string> values, ICollection<(string Key, string Message)> problems)
    {
        if (Find(values, out var problem) is { } found)
        {
            Require(values, found, problems);
            return found;
        }

        problems.Add((SnowflakeKeys.Authenticator, problem));
        return null;
    }

    /// <summary>
    /// Whether the connection must go through the ADO.NET driver: because it says so, or because its authenticator needs it.
    /// </summary>
    public static bool UsesDriver(IReadOnlyDictionary<string, string> values) =>
        string.Equals(values.GetValueOrDefault(SnowflakeKeys.Driver), AdoNet, StringComparison.OrdinalIgnoreCase)
        || (Find(values, out _) is { } found && NeedsDriver(found));

    /// <summary>Whether the SQL API does not have this sign-in.</summary>
    public static bool NeedsDriver(SignIn authenticator) =>
        authenticator is not (SignIn.KeyPair or SignIn.OAuth or SignIn.ProgrammaticAccessToken);

    /// <summary>How it signs in, for people.</summary>
    public static string InWords(this SignIn authenticator) => authenticator switch
    {
        SignIn.KeyPair => "key pair",
        SignIn.OAuth => "OAuth token",
        SignIn.ProgrammaticAccessToken => "programmatic access token",
        SignIn.Password => "password",
        SignIn.PasswordAndMfa => "password and second factor",
        SignIn.ExternalBrowser => "browser",
        SignIn.OAuthAuthorizationCode => "OAuth with a browser",
        SignIn.OAuthClientCredentials => "OAuth client credentials",
        SignIn.WorkloadIdentity => "workload identity",
        _ => "Okta",
    };

    private static SignIn? Find(IReadOnlyDictionary<string, string> values, out string problem)
    {
        problem = string.Empty;
        if (values.TryGetValue(SnowflakeKeys.Authenticator, out var written))
        {
            if (ByName.TryGetValue(written.Trim(), out var named))
            {
                return named;
            }

            if (Uri.TryCreate(written.Trim(), UriKind.Absolute, out var okta)
                && okta.Scheme == Uri.UriSchemeHttps
                && okta.UserInfo.Length == 0)
            {
                return SignIn.Okta;
            }

            problem =
                $"there is no such authenticator; write one of {string.Join(", ", ByName.Keys)}, or Okta's address (https://….okta.com).";
            return null;
        }

        return Imply(values, out problem);
    }

    // As the drivers do it, a private key implies a key pair, and a password the sign-in with one. Of a token none of them says which kind
    // it is, and one kind sent as the other is refused by Snowflake in words that do not help; so that has to be written.
    private static SignIn? Imply(IReadOnlyDictionary<string, string> values, out string problem)
    {
        problem = string.Empty;
        var hasKey = values.ContainsKey(SnowflakeKeys.PrivateKeyFile);
        var hasToken = values.ContainsKey(SnowflakeKeys.Token) || values.ContainsKey(SnowflakeKeys.TokenFilePath);
        var hasPassword = values.ContainsKey(SnowflakeKeys.Password);
        switch (hasKey, hasToken, hasPassword)
        {
            case (true, false, false):
                return SignIn.KeyPair;
            case (false, false, true):
                return SignIn.Password;
            case (false, false, false):
                problem =
                    "nothing says how to sign in; add PrivateKeyFile (key pair), Token with Authenticator = 'PROGRAMMATIC_ACCESS_TOKEN' or "
                        + "'OAUTH', or another Authenticator.";
                return null;
            case (false, true, false):
                problem = "a token is given, but not of which kind; add Authenticator = 'PROGRAMMATIC_ACCESS_TOKEN' or 'OAUTH'.";
                return null;
            default:
                problem =
                    "there is more than one way to sign in; add Authenticator = 'SNOWFLAKE_JWT', 'PROGRAMMATIC_ACCESS_TOKEN', 'OAUTH' or "
                        + "'SNOWFLAKE', or remove the others.";
                return null;
        }
    }

    private static void Require(
        IReadOnlyDictionary<string, string> values,
        SignIn authenticator,
        ICollection<(string Key, string Message)> problems)
    {
        var (what, keys) = authenticator switch
        {
            SignIn.KeyPair => ("a key pair", [SnowflakeKeys.User, SnowflakeKeys.PrivateKeyFile]),
            SignIn.OAuth => ("OAUTH", [SnowflakeKeys.Token]),
            SignIn.ProgrammaticAccessToken => ("PROGRAMMATIC_ACCESS_TOKEN", [SnowflakeKeys.Token]),
            SignIn.Password or SignIn.PasswordAndMfa or SignIn.Okta => ("a password", [SnowflakeKeys.User, SnowflakeKeys.Password]),
            SignIn.OAuthClientCredentials => (
                "OAUTH_CLIENT_CREDENTIALS",
                [SnowflakeKeys.OAuthClientId, SnowflakeKeys.OAuthClientSecret, SnowflakeKeys.OAuthTokenRequestUrl]),
            SignIn.WorkloadIdentity => ("WORKLOAD_IDENTITY", [SnowflakeKeys.WorkloadIdentityProvider]),
            _ => ("", (string[])[]),
        };
        foreach (var key in keys)
        {
            var isThere = values.ContainsKey(key) || (key == SnowflakeKeys.Token && values.ContainsKey(SnowflakeKeys.TokenFilePath));
            if (!isThere)
            {
                problems.Add((key, $"it is missing, and {what} needs it; add {Example(key)}."));
            }
        }
    }

    private static string Example(string key) => key switch
    {
        SnowflakeKeys.User => "User = 'the login name'",
        SnowflakeKeys.PrivateKeyFile => "PrivateKeyFile = 'path/of/rsa_key.p8'",
        SnowflakeKeys.Token => "Token = 'env:NAME', or TokenFilePath = 'path/of/token'",
        _ when SnowflakeKeys.Find(key) is { IsSecret: true } => $"{key} = 'env:NAME'",
        _ => $"{key} = '…'",
    };
}
