namespace EltPs.Warehouses.Snowflake;

/// <summary>The keys of a Snowflake connection, and how Snowflake's own tools spell them.</summary>
/// <remarks>
/// Source: Snowflake documentation, "Python Connector API" (private_key_file, private_key_file_pwd, token_file_path, protocol, database),
/// "Configuring Snowflake CLI" (private_key_path), and the .NET driver's "Connecting" page (private_key_pwd, db, scheme, oauthClientId …).
/// </remarks>
internal static class SnowflakeKeys
{
    public const string Account = "Account";
    public const string User = "User";
    public const string Role = "Role";
    public const string Warehouse = "Warehouse";
    public const string Database = "Database";
    public const string Schema = "Schema";
    public const string Authenticator = "Authenticator";
    public const string PrivateKeyFile = "PrivateKeyFile";
    public const string PrivateKeyPassphrase = "PrivateKeyPassphrase";
    public const string Token = "Token";
    public const string TokenFilePath = "TokenFilePath";
    public const string Password = "Password";
    public const string Host = "Host";
    public const string Port = "Port";
    public const string Protocol = "Protocol";
    public const string Driver = "Driver";
    public const string OAuthClientId = "OAuthClientId";
    public const string OAuthClientSecret = "OAuthClientSecret";
    public const string OAuthTokenRequestUrl = "OAuthTokenRequestUrl";
    public const string WorkloadIdentityProvider = "WorkloadIdentityProvider";

    private static readonly Dictionary<string, SnowflakeKey> BySpelling = [];

    static SnowflakeKeys()
    {
        foreach (var key in All)
        {
            foreach (var spelling in key.OtherNames.Prepend(key.Name))
            {
                BySpelling.Add(Fold(spelling), key);
            }
        }
    }

    /// <summary>All keys, in the order in which messages list them.</summary>
    public static IReadOnlyList<SnowflakeKey> All { get; } =
    [
        new(Account),
        new(User, "username"),
        new(Role),
        new(Warehouse),
        new(Database, "db"),
        new(Schema),
        new(Authenticator),
        new(PrivateKeyFile, "private_key_path"),
        new(PrivateKeyPassphrase, "private_key_file_pwd", "private_key_pwd") { IsSecret = true },
        new(Token) { IsSecret = true },
        new(TokenFilePath),
        new(Password) { IsSecret = true },
        new(Host),
        new(Port),
        new(Protocol, "scheme"),
        new(Driver),
        new(OAuthClientId) { DriverName = "oauthClientId" },
        new(OAuthClientSecret) { DriverName = "oauthClientSecret", IsSecret = true },
        new("OAuthScope") { DriverName = "oauthScope" },
        new("OAuthRedirectUri") { DriverName = "oauthRedirectUri" },
        new("OAuthAuthorizationUrl") { DriverName = "oauthAuthorizationUrl" },
        new(OAuthTokenRequestUrl) { DriverName = "oauthTokenRequestUrl" },
        new(WorkloadIdentityProvider) { DriverName = "workload_identity_provider" },
        new("WorkloadIdentityEntraResource") { DriverName = "workload_identity_entra_resource" },
        new("ClientStoreTemporaryCredential") { DriverName = "client_store_temporary_credential" },
        new("Passcode") { DriverName = "passcode", IsSecret = true },
        new("UseProxy") { DriverName = "useProxy" },
        new("ProxyHost") { DriverName = "proxyHost" },
        new("ProxyPort") { DriverName = "proxyPort" },
        new("ProxyUser") { DriverName = "proxyUser" },
        new("ProxyPassword") { DriverName = "proxyPassword", IsSecret = true },
        new("NonProxyHosts") { DriverName = "nonProxyHosts" },
    ];

    /// <summary>The key that was meant; null if there is none.</summary>
    public static SnowflakeKey? Find(string written) => BySpelling.GetValueOrDefault(Fold(written));

    private static string Fold(string name) => name.Replace("_", string.Empty, StringComparison.Ordinal).ToUpperInvariant();
}
