using EltPs.Engine.Secrets;

namespace EltPs.Warehouses.Snowflake;

/// <summary>A Snowflake connection's values, read and checked. Holds references to secrets, never a secret.</summary>
internal sealed record SnowflakeOptions
{
    /// <summary>The connection's name, for messages.</summary>
    public required string Name { get; init; }

    /// <summary>What messages call it.</summary>
    public string Title => $"Connection '{Name}'";

    /// <summary>
    /// The account identifier as written: <c>org-account</c>, <c>locator</c>, <c>locator.region</c> or <c>locator.region.cloud</c>.
    /// </summary>
    public required string Account { get; init; }

    /// <summary>
    /// Where requests go, such as <c>https://org-account.snowflakecomputing.com/</c>; plain http to a loopback host only.
    /// </summary>
    public required Uri Endpoint { get; init; }

    /// <summary>How it signs in.</summary>
    public required SnowflakeAuthenticator Authenticator { get; init; }

    /// <summary>Whether it must go through the ADO.NET driver: because it says so, or because its authenticator needs it.</summary>
    public required bool UsesDriver { get; init; }

    /// <summary>The user's login name.</summary>
    public string? User { get; init; }

    /// <summary>The role, as Snowflake stores it (case-sensitive, without quotes); null for the user's default.</summary>
    public string? Role { get; init; }

    /// <summary>The compute warehouse, as Snowflake stores it (case-sensitive, without quotes); null for the user's default.</summary>
    public string? Warehouse { get; init; }

    /// <summary>The database, as Snowflake stores it (case-sensitive, without quotes); null for the user's default.</summary>
    public string? Database { get; init; }

    /// <summary>The schema, as Snowflake stores it (case-sensitive, without quotes); null for the user's default.</summary>
    public string? Schema { get; init; }

    /// <summary>The private key's file, as an absolute path; null for none.</summary>
    public string? PrivateKeyFile { get; init; }

    /// <summary>Where the private key's passphrase is; null for a key without one.</summary>
    public SecretReference? PrivateKeyPassphrase { get; init; }

    /// <summary>Where the token is (OAuth or programmatic access token), which covers a token file too; null for none.</summary>
    public SecretReference? Token { get; init; }

    /// <summary>Where the password is; null for none.</summary>
    public SecretReference? Password { get; init; }

    /// <summary>The folder that relative paths of secrets start from.</summary>
    public required string BaseFolder { get; init; }

    /// <summary>
    /// Keys that only the ADO.NET driver knows, by its own names; passed on to it. With <see cref="SnowflakeAuthenticator.Okta"/> Okta's
    /// address is here as <c>authenticator</c>.
    /// </summary>
    public IReadOnlyDictionary<string, string> DriverValues { get; init; } = new Dictionary<string, string>();

    /// <summary>Where the secrets are that only the ADO.NET driver knows, by its own names.</summary>
    public IReadOnlyDictionary<string, SecretReference> DriverSecrets { get; init; } = new Dictionary<string, SecretReference>();
}
