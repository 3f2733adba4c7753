using System.Data.Common;
using System.Globalization;
using System.Text.RegularExpressions;

using EltPs.Engine.Errors;
using EltPs.Engine.Secrets;

namespace EltPs.Warehouses.Snowflake.Driver;

/// <summary>Writes the driver's connection string. It holds secrets: it goes to the driver and nowhere else.</summary>
/// <remarks>The keys are those of Core/Session/SFSessionProperty.cs of the driver.</remarks>
internal static partial class DriverConnectionString
{
    private const string Authenticator = "authenticator";

    /// <summary>Reads the secrets and writes the connection string.</summary>
    /// <exception cref="EltException">
    /// <see cref="EltErrorKind.SecretMissing"/>: a secret is not there. <see cref="EltErrorKind.InvalidConnection"/>: Okta's address is
    /// missing.
    /// </exception>
    public static async Task<string> BuildAsync(SnowflakeOptions options, ConnectionSecrets secrets, CancellationToken cancellationToken)
    {
        var builder = new DbConnectionStringBuilder
        {
            ["account"] = options.Account,
            ["host"] = options.Endpoint.IdnHost,
            ["port"] = options.Endpoint.Port.ToString(CultureInfo.InvariantCulture),
            ["scheme"] = options.Endpoint.Scheme,
            ["application"] = "EltPs",
        };
        Set(builder, "user", options.User);
        Set(builder, "private_key_file", options.PrivateKeyFile);
        foreach (var (key, value) in options.DriverValues)
        {
            builder[key] = value;
        }

        foreach (var (key, reference) in options.DriverSecrets)
        {
            builder[key] = await ReadAsync(key, reference);
        }

        if (Word(options.Authenticator) is { } word)
        {
            builder[Authenticator] = word;
        }
        else if (!builder.ContainsKey(Authenticator))
        {
            throw new EltException(
                EltErrorKind.InvalidConnection,
                $"{options.Title} signs in with Okta, but has no address of it: Authenticator = 'https://<name>.okta.com'.");
        }

        Set(builder, "private_key_pwd", await ReadAsync("PrivateKeyPassphrase", options.PrivateKeyPassphrase));
        Set(builder, "token", await ReadAsync("Token", options.Token));
        Set(builder, "password", await ReadAsync("Password", options.Password));

        // Not for anybody to choose. A pooled session keeps the time zone and the query tag of who had it before. Client telemetry sends
        // every statement's timing to Snowflake (doc/Client/Telemetry.md of the driver; an account can switch it on again). The driver's
        // log needs no switch: it writes one only where somebody has put a sf_client_config.json
        // (Configuration/EasyLoggingConfigFinder.cs).
        builder["poolingEnabled"] = "false";
        builder["client_telemetry_enabled"] = "false";
        return builder.ConnectionString
            + Name("db", options.Database)
            + Name("schema", options.Schema)
            + Name("warehouse", options.Warehouse)
            + Name("role", options.Role);

        async Task<string?> ReadAsync(string key, SecretReference? reference) => reference is null
            ? null
            : await secrets.ReadAsync(reference, key, options, cancellationToken);
    }

    private static void Set(DbConnectionStringBuilder builder, string key, string? value)
    {
        if (!string.IsNullOrEmpty(value))
        {
            builder[key] = value;
        }
    }

    // The options have names as they are stored; the driver passes on what it is given, and an unquoted name is folded to upper case. It
    // reads the text behind these four keys by itself (UpdatePropertiesForSpecialCases), quotes included, so that the builder's choice of
    // quotes must not be used.
    private static string Name(string key, string? name) => name switch
    {
        null or "" => string.Empty,
        _ when Plain().IsMatch(name) => $";{key}={name}",
        _ => $";{key}=\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"",
    };

    private static string? Word(SnowflakeAuthenticator authenticator) => authenticator switch
    {
        SnowflakeAuthenticator.KeyPair => "snowflake_jwt",
        SnowflakeAuthenticator.OAuth => "oauth",
        SnowflakeAuthenticator.ProgrammaticAccessToken => "programmatic_access_token",
        SnowflakeAuthenticator.Password => "snowflake",
        SnowflakeAuthenticator.PasswordAndMfa => "username_password_mfa",
        SnowflakeAuthenticator.ExternalBrowser => "externalbrowser",
        SnowflakeAuthenticator.OAuthAuthorizationCode => "oauth_authorization_code",
        SnowflakeAuthenticator.OAuthClientCredentials => "oauth_client_credentials",
        SnowflakeAuthenticator.WorkloadIdentity => "workload_identity",
        _ => null,
    };

    [GeneratedRegex(@"\A[A-Z_][A-Z0-9_$]*\z")]
    private static partial Regex Plain();
}
